"""A series as a recurrence rule of RFC 5545: its days, where it ends, and the days left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from icalendar import vRecur

from bot.domain.schedule import Recurrence, Series

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """What stands in the file for a series that meets at all.

    ``first`` is the day of DTSTART, ``last`` the last day of the rule (None: it never ends), and
    ``left_out`` the days of the rule up to then that have no session: breaks and pauses.
    """

    first: date
    last: date | None
    left_out: frozenset[date]


def series_rule(series: Series, held: Collection[date], covers: date) -> SeriesRule | None:
    """The rule of a series whose sessions up to the day ``covers`` have the original days ``held``.

    None when there are none. Where sessions cease before ``covers`` although the rule goes on (a
    pause without an end may last for millennia), and before a break that is not over by then, the
    rule ends: a file made later says how it goes on.
    """
    stop = covers if series.until is None else min(series.until, covers)
    days = list(_days(series, stop))
    present = [day for day in days if day in held]
    if not present:
        return None
    last: date | None = present[-1]
    if present[-1] == days[-1]:
        last = _end(series, covers)
    left_out = frozenset(day for day in days if day < present[-1]).difference(held)
    return SeriesRule(days[0], last, left_out)


def _end(series: Series, covers: date) -> date | None:
    """The last day of a series that goes on beyond ``covers``; None when it has none."""
    ahead = (one.first - timedelta(days=1) for one in series.breaks if one.last > covers)
    stop = min(ahead, default=date.max)
    if series.until is not None:
        stop = min(stop, series.until)
    if series.count is not None:
        counted = (day for day in _days(series, stop) if not _is_break(series, day))
        return max(islice(counted, series.count))
    return None if stop == date.max else stop


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
