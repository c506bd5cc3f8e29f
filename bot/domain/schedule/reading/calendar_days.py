"""Days of the calendar: whether there is one, and whether it is near enough to be meant."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from bot.domain.schedule.reading.errors import DateImpossible, DatePast, DateTooFar

YEARS_AHEAD = 5
"""How far ahead dates may lie."""


def of_year(year: int | None, month: int, day: int, today: date, said: str) -> date:
    """The day in that year; without one the first on or after today, within a year."""
    if year is not None:
        return dated(year, month, day, said)
    for near in (today.year, today.year + 1):
        try:
            found = date(near, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise DateImpossible(said)


def dated(year: int, month: int, day: int, said: str) -> date:
    """The day of the calendar. Raises DateImpossible with what was said."""
    try:
        return date(year, month, day)
    except ValueError:
        raise DateImpossible(said) from None


def within_reach(day: date, today: date) -> date:
    """The day itself. Raises DatePast, DateTooFar."""
    if day < today:
        raise DatePast(day)
    if day > today + relativedelta(years=YEARS_AHEAD):
        raise DateTooFar(YEARS_AHEAD)
    return day
