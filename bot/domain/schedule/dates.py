"""On which local days a series meets. The arithmetic of recurrence is dateutil's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil import rrule

from bot.domain.schedule.series import Recurrence, Series

# The days that series know: nobody plans beyond, and every zone can tell the time of each.
FIRST_DAY = date(1970, 1, 1)
LAST_DAY = date(2199, 12, 31)


def dates(series: Series, since: date = FIRST_DAY) -> Iterator[date]:
    """The days of the rule from ``since`` on, in order; none within a break, none after the end.

    They are the original days of the sessions, whatever has changed about single ones. The
    sequence always ends: at LAST_DAY, if nothing else ends it.
    """
    # With a count, what was before counts too; without one there is no need to go through it.
    start = series.start if series.count else _in_step(series, since)
    days = (day for day in _rule(series, start) if not in_break(series, day))
    counted = islice(days, series.count) if series.count else days
    return (day for day in counted if day >= since)


def has_date(series: Series, day: date) -> bool:
    """Whether the series meets on that day, by its rule."""
    if day < series.start or day.weekday() not in series.recurrence.weekdays:
        return False
    if series.until is not None and day > series.until:
        return False
    return next(dates(series, day), None) == day


def in_break(series: Series, day: date) -> bool:
    """Whether the day lies within a break."""
    return any(pause.first <= day <= pause.last for pause in series.breaks)


def _rule(series: Series, start: date) -> Iterator[date]:
    recurrence = series.recurrence
    until = LAST_DAY if series.until is None else min(series.until, LAST_DAY)
    days = rrule.rrule(
        rrule.MONTHLY if recurrence.ordinals else rrule.WEEKLY,
        dtstart=datetime.combine(start, time()),
        interval=recurrence.every,
        wkst=rrule.MO,
        byweekday=_weekdays(recurrence),
        until=datetime.combine(until, time()),
    )
    return (day.date() for day in days)


def _weekdays(recurrence: Recurrence) -> list[rrule.weekday]:
    weekdays = [rrule.weekdays[number] for number in recurrence.weekdays]
    if not recurrence.ordinals:
        return weekdays
    return [weekday(ordinal) for ordinal in recurrence.ordinals for weekday in weekdays]


def _in_step(series: Series, since: date) -> date:
    """The latest day not after ``since`` from which the rule gives the same days as from its start.

    That is the begin of a week, or of a month, in which the series may meet.
    """
    start, every = series.start, series.recurrence.every
    if since <= start:
        return start
    if not series.recurrence.ordinals:
        monday = start - timedelta(days=start.weekday())
        periods = (since - monday).days // (7 * every)
        return max(start, monday + timedelta(weeks=periods * every))
    months = (since.year - start.year) * 12 + since.month - start.month
    months = start.year * 12 + start.month - 1 + months // every * every
    return max(start, date(months // 12, months % 12 + 1, 1))
