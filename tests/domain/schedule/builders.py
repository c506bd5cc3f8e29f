"""Series in few words, and the pinned time-zone database read by another library."""

from __future__ import annotations

import importlib.resources
import io
from datetime import UTC, date, datetime, time, timedelta

from dateutil import tz

from bot.domain.schedule import Break, Recurrence, Remark, Series

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
YEARS = (date(2026, 1, 1), date(2028, 12, 31))
WALL_TIMES = (time(0), time(1, 30), time(2, 30), time(3), time(23, 30))


def series(
    *weekdays: int,
    at: str = "18:00",
    every: int = 1,
    ordinals: tuple[int, ...] = (),
    zone: str = "Europe/Berlin",
    start: date = date(2026, 1, 1),
    until: date | None = None,
    count: int | None = None,
    breaks: tuple[Break, ...] = (),
) -> Series:
    recurrence = Recurrence(weekdays or (TUE,), time.fromisoformat(at), every, ordinals)
    return Series(recurrence, zone, start, until, count, breaks)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """What a clock on some wall shows."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - without a zone it is meant


def zone_file(name: str) -> bytes:
    """The zone as the pinned package ships it; many names share one."""
    return importlib.resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes()


class Witness:
    """What dateutil makes of a zone: its own reader of the file, its own arithmetic."""

    def __init__(self, name: str) -> None:
        self._zone = tz.tzfile(io.BytesIO(zone_file(name)))

    def instant_of(self, wall: datetime) -> tuple[datetime, Remark | None]:
        """By trying: a time that does not exist is put off minute by minute until one does."""
        remark = Remark.FOLD if tz.datetime_ambiguous(wall, self._zone) else None
        while not tz.datetime_exists(wall, self._zone):
            wall, remark = wall + timedelta(minutes=1), Remark.GAP
        return wall.replace(tzinfo=self._zone, fold=0).astimezone(UTC), remark

    def offset(self, wall: datetime) -> timedelta:
        offset = wall.replace(tzinfo=self._zone).utcoffset()
        assert offset is not None
        return offset

    def steady_offset(self, day: date) -> timedelta | None:
        """The offset for days around this one; None when the clocks are changed meanwhile."""
        begins = datetime.combine(day, time()) - timedelta(days=2)
        offset = self.offset(begins)
        return offset if offset == self.offset(begins + timedelta(days=5)) else None

    def first_change(self) -> date | None:
        """The first day of YEARS on which the clocks are changed."""
        day, last = YEARS
        while day < last:
            begins = datetime.combine(day, time())
            if self.offset(begins) != self.offset(begins + timedelta(days=7)):
                while self.offset(begins) == self.offset(begins + timedelta(days=1)):
                    begins += timedelta(days=1)
                return begins.date()
            day += timedelta(days=7)
        return None
