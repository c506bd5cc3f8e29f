"""When a club meets: wall-clock time in an IANA zone, never an offset to UTC."""

from bot.domain.schedule.series import (
    Break,
    Change,
    Moved,
    Occurrence,
    Recurrence,
    Remark,
    Series,
    Skipped,
)

__all__ = [
    "Break",
    "Change",
    "Moved",
    "Occurrence",
    "Recurrence",
    "Remark",
    "Series",
    "Skipped",
]
