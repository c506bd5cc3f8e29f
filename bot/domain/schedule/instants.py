"""From wall-clock time to the instant that is meant, on the days of a clock change too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule.series import Remark

_SECOND = timedelta(seconds=1)


def instant_of(wall: datetime, zone: ZoneInfo) -> tuple[datetime, Remark | None]:
    """The instant (aware, UTC) of a naive wall-clock time, and what is to be said about it.

    A time that does not exist means the first instant that does: 02:30 in a gap from 02:00 to
    03:00 becomes 03:00. (Not 03:30, as where the gap is added, the reading of RFC 5545 and of
    ``fold=0``: a session is put off no further than the clocks make it.) One that comes twice
    means the first.
    """
    before, after = _reading(wall, zone, 0), _reading(wall, zone, 1)
    if before == after:
        return before, None
    if before < after:  # the same reading of the clock, a second time
        return before, Remark.FOLD
    return _first_after_gap(wall, after, before, zone), Remark.GAP


def wall_at(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks of a zone show at an aware instant (naive)."""
    return instant.astimezone(zone).replace(tzinfo=None)


def _reading(wall: datetime, zone: ZoneInfo, fold: int) -> datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _first_after_gap(wall: datetime, low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The instant of the clock change: the first at which the clocks are past ``wall``.

    ``low`` is before it, ``high`` at or after it. Clocks change at full seconds.
    """
    while high - low > _SECOND:
        middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
        if wall_at(middle, zone) > wall:
            high = middle
        else:
            low = middle
    return high
