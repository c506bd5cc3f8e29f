"""A time zone as a calendar program wants it: every change of its clock over some years.

The iCalendar library can make one too, but places the beginning of summer time after the hour
that is skipped, where RFC 5545 (3.6.5) counts it in the time before: an hour late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

# No zone changes its clock twice within a day.
_STRIDE = timedelta(days=1)
_SECOND = timedelta(seconds=1)
# So many years in a row make a rule.
_RULE = 3
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Clock:
    """How a zone's clock stands."""

    offset: timedelta
    name: str
    is_summer: bool


@dataclass(frozen=True, slots=True)
class _Onset:
    """When a clock begins, as the clock before it shows the moment."""

    wall: datetime
    before: timedelta
    clock: _Clock


def time_zone(name: str, first: date, last: date) -> Timezone:
    """The VTIMEZONE of the zone ``name``, right from the year of ``first`` to that of ``last``.

    Changes that come by the same rule every year are written as that rule, so that programs
    which look no further (and sessions without an end) have it beyond ``last`` too.
    """
    zone = ZoneInfo(name)
    begin = datetime(first.year, 1, 1, tzinfo=zone).astimezone(UTC)
    end = datetime(last.year, 12, 31, 23, 59, tzinfo=zone).astimezone(UTC)
    start = _clock_at(begin, zone)
    kinds: dict[tuple[timedelta, _Clock], list[datetime]] = defaultdict(list)
    for onset in _onsets(zone, begin, end):
        kinds[onset.before, onset.clock].append(onset.wall)
    made = Timezone()
    made.add("TZID", name)
    opening = [datetime(first.year, 1, 1)]  # noqa: DTZ001 - RFC 5545 wants the wall-clock time
    made.add_component(_observance(start.offset, start, opening, None))
    for (before, clock), walls in kinds.items():
        made.add_component(_observance(before, clock, walls, _yearly(walls, last.year)))
    return made


def _clock_at(at: datetime, zone: ZoneInfo) -> _Clock:
    local = at.astimezone(zone)
    return _Clock(local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst()))


def _onsets(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[_Onset]:
    """Every change after ``begin`` up to ``end`` (both UTC), to the second."""
    at, clock = begin, _clock_at(begin, zone)
    while at < end:
        later = min(at + _STRIDE, end)
        if _clock_at(later, zone) != clock:
            later = _first_instant_without(clock, at, later, zone)
            changed = _clock_at(later, zone)
            wall = (later + clock.offset).replace(tzinfo=None)
            yield _Onset(wall, clock.offset, changed)
            clock = changed
        at = later


def _first_instant_without(
    clock: _Clock, low: datetime, high: datetime, zone: ZoneInfo
) -> datetime:
    """Bisect: the clock stands so at ``low`` and no longer at ``high``."""
    while high - low > _SECOND:
        middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
        if _clock_at(middle, zone) == clock:
            low = middle
        else:
            high = middle
    return high


def _observance(
    before: timedelta, clock: _Clock, walls: Sequence[datetime], rule: vRecur | None
) -> TimezoneStandard | TimezoneDaylight:
    made = TimezoneDaylight() if clock.is_summer else TimezoneStandard()
    made.TZOFFSETFROM = before
    made.TZOFFSETTO = clock.offset
    made.add("TZNAME", clock.name)
    made.DTSTART = walls[0]
    if rule is not None:
        made.add("RRULE", rule)
    elif walls[1:]:
        made.add("RDATE", list(walls[1:]))
    return made


def _yearly(walls: Sequence[datetime], last_year: int) -> vRecur | None:
    """The rule by which all of ``walls`` come, one a year up to ``last_year``; None for none."""
    years = [wall.year for wall in walls]
    if len(walls) < _RULE or years != list(range(last_year - len(walls) + 1, last_year + 1)):
        return None
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) > 1:
        return None
    places = {(wall.day - 1) // 7 + 1 for wall in walls}
    if len(places) == 1 and places < {1, 2, 3, 4}:
        place = places.pop()
    elif all((wall + timedelta(weeks=1)).month != wall.month for wall in walls):
        place = -1
    else:
        return None
    day = f"{place}{_DAYS[walls[0].weekday()]}"
    return vRecur({"FREQ": "YEARLY", "BYDAY": day, "BYMONTH": walls[0].month})
