"""A series as a recurrence rule of RFC 5545: its days, where it ends, and the days left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from icalendar import vRecur

from bot.domain.schedule import Recurrence, Series

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """What stands in the file for a series that meets at all.

    ``first`` is the day of DTSTART, ``last`` the last day of the rule (None: it never ends), and
    ``breaks`` the days of the rule in between on which the club takes a break.
    """

    first: date
    last: date | None
    breaks: frozenset[date]


def series_rule(series: Series, covers: date) -> SeriesRule | None:
    """The rule of a series; None when there is no day on which it meets.

    A break that ends after ``covers`` (a pause without an end may last for millennia) ends the
    rule: a file made later says how it goes on.
    """
    paused = [one.first for one in series.breaks if one.last > covers]
    stop = min((day - timedelta(days=1) for day in paused if day > date.min), default=date.max)
    if series.until is not None:
        stop = min(stop, series.until)
    until = _nth_day(series, stop) if series.count is not None else stop
    # Past the last break, nothing about the days is needed but whether there is one.
    seen = max((one.last for one in series.breaks if one.last <= covers), default=date.min)
    first = next(_days(series, stop), None)
    if first is None or until is None or first > until:
        return None
    left_out = frozenset(day for day in _days(series, min(until, seen)) if _is_break(series, day))
    return SeriesRule(first, None if until == date.max else until, left_out)


def recurrence_text(recurrence: Recurrence, until: datetime | None) -> vRecur:
    """RRULE. ``until`` is the last instant, in UTC as RFC 5545 wants it beside a TZID."""
    days = [_DAYS[day] for day in recurrence.weekdays]
    if recurrence.ordinals:
        days = [f"{n}{day}" for n in recurrence.ordinals for day in days]
    parts: dict[str, object] = {
        "FREQ": "MONTHLY" if recurrence.ordinals else "WEEKLY",
        "INTERVAL": recurrence.every,
        "BYDAY": days,
    }
    if until is not None:
        parts["UNTIL"] = until
    return vRecur(parts)


def last_instant(series: Series, last: date) -> datetime:
    """When the rule's last day is over for it, in UTC: its time, read as RFC 5545 reads it."""
    wall = datetime.combine(last, series.recurrence.at, ZoneInfo(series.zone))
    return wall.astimezone(UTC)


def _nth_day(series: Series, stop: date) -> date | None:
    """The day of the last session that counts, not after ``stop``; None when there is none."""
    last = None
    counted = 0
    for day in _days(series, stop):
        if counted == series.count:
            break
        if not _is_break(series, day):
            last, counted = day, counted + 1
    return last


def _days(series: Series, stop: date) -> Iterator[date]:
    """The days of the rule up to ``stop``, breaks included."""
    recurrence = series.recurrence
    days = [
        weekday(day, n) if n else weekday(day)
        for day in recurrence.weekdays
        for n in recurrence.ordinals or (0,)
    ]
    found = rrule(
        MONTHLY if recurrence.ordinals else WEEKLY,
        dtstart=datetime.combine(series.start, recurrence.at),
        interval=recurrence.every,
        byweekday=days,
        wkst=weekday(0),
        cache=False,
    )
    return takewhile(lambda day: day <= stop, (at.date() for at in found))


def _is_break(series: Series, day: date) -> bool:
    return any(one.first <= day <= one.last for one in series.breaks)
