"""When a club meets: wall-clock time in an IANA zone, never an offset to UTC."""

from bot.domain.schedule.dates import FIRST_DAY, LAST_DAY, dates, has_date
from bot.domain.schedule.following import Following, continued, following, next_original
from bot.domain.schedule.instants import instant_of, wall_at
from bot.domain.schedule.occurrences import occurrence_on, occurrences
from bot.domain.schedule.published import PublishedSeries, published
from bot.domain.schedule.replanning import Shifted, agrees, shifted
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
from bot.domain.schedule.timetable import FARTHEST_MOVE, Pause, Timetable
from bot.domain.schedule.validity import (
    MONTHS,
    MOST_BREAKS,
    ORDINALS,
    SESSIONS,
    WEEKS,
    require_valid,
)

__all__ = [
    "FARTHEST_MOVE",
    "FIRST_DAY",
    "LAST_DAY",
    "MONTHS",
    "MOST_BREAKS",
    "ORDINALS",
    "SESSIONS",
    "WEEKS",
    "Break",
    "Change",
    "Following",
    "Moved",
    "Occurrence",
    "Pause",
    "PublishedSeries",
    "Recurrence",
    "Remark",
    "Series",
    "Shifted",
    "Skipped",
    "Timetable",
    "agrees",
    "continued",
    "dates",
    "following",
    "has_date",
    "instant_of",
    "next_original",
    "occurrence_on",
    "occurrences",
    "published",
    "require_valid",
    "shifted",
    "wall_at",
]
