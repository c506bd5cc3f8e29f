"""Reads a date as people write it: 2026-12-24, 24.12., tomorrow, in 2 weeks, Friday 18:00."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# Nobody needs more for a date; the reader's time grows with the length.
_LONGEST = 60
_DAYS = frozenset({"day", "week", "month", "year"})


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A wall-clock moment somebody wrote; ``whole_day`` when they named no time of the day."""

    wall: datetime
    whole_day: bool

    def beginning(self, zone: str) -> datetime:
        """The first instant of it in UTC: of a whole day, its midnight in ``zone``."""
        return _instant(self._midnight() if self.whole_day else self.wall, zone)

    def end(self, zone: str) -> datetime:
        """The instant in UTC when it is over: of a whole day, the next midnight in ``zone``."""
        if not self.whole_day:
            return _instant(self.wall, zone)
        return _instant(self._midnight() + timedelta(days=1), zone)

    def _midnight(self) -> datetime:
        return self.wall.replace(hour=0, minute=0, second=0, microsecond=0)


def read_date(text: str, now: datetime, zone: str) -> ReadDate | None:
    """What ``text`` means for somebody in ``zone`` at ``now``; None where it means no date.

    Takes a tenth of a second the first time, so call it in a thread. Days come before months.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    # Its tables take tens of milliseconds to load, and few interactions need them.
    from dateparser.date import DateDataParser  # noqa: PLC0415

    wall = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    reader = DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": wall,
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "RETURN_TIME_AS_PERIOD": True,
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    try:
        found = reader.get_date_data(text)
    except (OverflowError, ValueError):
        return None
    if found.date_obj is None or not 1971 <= found.date_obj.year <= 2999:
        return None
    return ReadDate(found.date_obj.replace(tzinfo=None), found.period in _DAYS)


def _instant(wall: datetime, zone: str) -> datetime:
    """A time that the clock skips moves to the first valid instant, a doubled one is the first."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
