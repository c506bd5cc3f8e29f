"""Dates: "2026-12-03", "3 Dec", "24.12.", "tomorrow", "next Friday", and an unsure "3/4"."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.schedule.reading.errors import (
    DateImpossible,
    DatePast,
    DateTooFar,
    DateUnsure,
)
from bot.domain.schedule.reading.tokens import Cursor, take_number
from bot.domain.schedule.reading.vocabulary import (
    DAY,
    MONTH,
    MONTHS,
    ORDINAL_ENDINGS,
    WEEK,
    WEEKDAYS,
    YEAR,
)

YEARS_AHEAD = 5
"""How far ahead dates may lie."""

_SLASHES = ("/", "-")
_LAST_YEAR_WITHOUT_CENTURY = 99
_FARTHEST = 1000


def read_date(
    cursor: Cursor, today: date, *, is_last: bool = False, is_loose: bool = False
) -> date | None:
    """Takes a date, if one stands here: on or after ``today`` when no year is said.

    A month alone is its first day, or when ``is_last`` unsure. Where a time or a weekday may stand
    as well (``is_loose``), "19.10" and "Tuesday" are none. Raises DateUnsure, DateImpossible,
    DateTooFar.
    """
    began = cursor.at
    if is_loose and cursor.text(1) == "." and not _is_dotted_date(cursor):
        return None
    cursor.take("on", "the")
    cursor.take("the")
    if is_loose and cursor.text() in WEEKDAYS:
        cursor.at = began
        return None
    for form in (_numeric, _day_and_month, _month_and_day, _relative, _coming):
        found = form(cursor, today)
        if found is not None:
            return found
    found = _end_of_month(cursor, today) or _month_alone(cursor, today, is_last=is_last)
    if found is None:
        cursor.at = began
    return found


def _numeric(cursor: Cursor, today: date) -> date | None:
    began, sign = cursor.at, cursor.text(1)
    first = cursor.number(digits=(1, 2, 4))
    second = cursor.number(2)
    if first is None or second is None or sign not in (*_SLASHES, ".") or not _is_tight(cursor, 2):
        return None
    is_year_first = len(cursor.text()) == 4
    has_third = cursor.text(3) == sign and _is_tight(cursor, 4)
    third = cursor.number(4, digits=(2,) if is_year_first else (2, 4)) if has_third else None
    if is_year_first:
        if third is None:
            return None
        cursor.skip(5)
        return _dated(first, second, third, cursor.words(began))
    if third is None and (sign == "-" or (sign == "." and not _may_be_month(cursor))):
        return None
    cursor.skip(3 if third is None else 5)
    if sign == "." and third is None and cursor.is_glued(0):
        cursor.take(".")
    year = None if third is None else third
    if year is not None and year <= _LAST_YEAR_WITHOUT_CENTURY:
        year += 2000
    said = cursor.words(began)
    if sign == ".":
        return _of_year(year, second, first, today, said)
    return _unsure(year, first, second, today, said)


def _is_tight(cursor: Cursor, upto: int) -> bool:
    return cursor.is_glued(upto - 1) and cursor.is_glued(upto)


def _is_dotted_date(cursor: Cursor) -> bool:
    """Is it "24.12." or "24.12.2026", in which a time of day has no part?"""
    return cursor.number(2) is None or (cursor.text(3) == "." and cursor.is_glued(3))


def _may_be_month(cursor: Cursor) -> bool:
    """May "18.10" be the 18th of a month? In "7.10 pm" and "18.30" it is not."""
    is_time = cursor.text(3) in ("a", "p", "am", "pm", "h", "uhr")
    return not is_time and (_is_dotted_date(cursor) or 1 <= (cursor.number(2) or 0) <= 12)


def _unsure(year: int | None, first: int, second: int, today: date, said: str) -> date:
    """Two numbers that may be day and month, or month and day."""
    readings: list[date] = []
    for day, month in ((first, second), (second, first)):
        try:
            readings.append(_of_year(year, month, day, today, said))
        except DateImpossible:
            continue
    if not readings:
        raise DateImpossible(said)
    if readings[0] != readings[-1]:
        raise DateUnsure((readings[0], readings[1]))
    return readings[0]


def _day_and_month(cursor: Cursor, today: date) -> date | None:
    began, day = cursor.at, cursor.number()
    if day is None:
        return None
    cursor.skip()
    cursor.take(*ORDINAL_ENDINGS, ".")
    cursor.take("of")
    month = cursor.take_any(MONTHS)
    if month is None:
        cursor.at = began
        return None
    return _with_year(cursor, began, month, day, today)


def _month_and_day(cursor: Cursor, today: date) -> date | None:
    began, month = cursor.at, cursor.take_any(MONTHS)
    if month is None:
        return None
    cursor.take(".")
    cursor.take("the")
    day = cursor.number()
    # "from March 7pm", "March 18:00" are a month and a time.
    if day is None or (cursor.text(1) in (":", "h", "am", "pm") and cursor.is_glued(1)):
        cursor.at = began
        return None
    cursor.skip()
    cursor.take(*ORDINAL_ENDINGS)
    return _with_year(cursor, began, month, day, today)


def _with_year(cursor: Cursor, began: int, month: int, day: int, today: date) -> date:
    year = _year(cursor, today)
    return _of_year(year, month, day, today, cursor.words(began))


def _year(cursor: Cursor, today: date) -> int | None:
    """Takes a year, with a comma or dot before it. "1930" and the like are a time."""
    began = cursor.at
    cursor.take(",", ".")
    year = cursor.number(digits=(4,))
    if year is not None and cursor.text(1) not in ("h", "hrs", "uhr"):
        is_time = year // 100 < 24 and year % 100 < 60 and abs(year - today.year) > YEARS_AHEAD
        if not is_time:
            cursor.skip()
            return year
    cursor.at = began
    return None


def _relative(cursor: Cursor, today: date) -> date | None:
    if cursor.take("today", "now"):
        return today
    if cursor.take("tomorrow"):
        return today + timedelta(days=1)
    if cursor.take("day after tomorrow"):
        return today + timedelta(days=2)
    if cursor.take("next week"):
        return today + timedelta(days=7 - today.weekday())
    if cursor.take("next month"):
        return (today + relativedelta(months=1)).replace(day=1)
    return _in_some_days(cursor, today)


def _in_some_days(cursor: Cursor, today: date) -> date | None:
    began = cursor.at
    if cursor.take("in"):
        cursor.take("about")
        number = 1 if cursor.take("a", "an") else take_number(cursor)
        if number is not None and (later := _later(cursor, today, number)) is not None:
            return later
    cursor.at = began
    return None


def _later(cursor: Cursor, today: date, number: int) -> date | None:
    if cursor.text() in DAY | WEEK | MONTH | YEAR and number > _FARTHEST:
        raise DateTooFar(YEARS_AHEAD)
    for units, name in ((DAY, "days"), (WEEK, "weeks"), (MONTH, "months"), (YEAR, "years")):
        if cursor.take(*units):
            return within_reach(today + relativedelta(**{name: number}), today)  # type: ignore[arg-type]
    return None


def _coming(cursor: Cursor, today: date) -> date | None:
    """A weekday: the coming one, today's included; "next" may leave out the one in this week."""
    began = cursor.at
    is_next = cursor.take("next", "following")
    is_this = not is_next and cursor.take("this", "coming", "this coming")
    weekday = cursor.take_any(WEEKDAYS)
    if weekday is None:
        cursor.at = began
        return None
    coming = today + timedelta(days=(weekday - today.weekday()) % 7)
    if is_this and coming.isocalendar().week != today.isocalendar().week:
        return coming
    if is_next and coming == today:
        return today + timedelta(days=7)
    if is_next and coming.isocalendar().week == today.isocalendar().week:
        raise DateUnsure((coming, coming + timedelta(days=7)))
    return coming


def _end_of_month(cursor: Cursor, today: date) -> date | None:
    began = cursor.at
    if cursor.take("end of", "end"):
        cursor.take("the")
        month = today.month if cursor.take("month", "this month") else cursor.take_any(MONTHS)
        if month is not None:
            year = _year(cursor, today) or today.year + (month < today.month)
            said = cursor.words(began)
            return _dated(year, month, calendar.monthrange(2000 + year % 400, month)[1], said)
    cursor.at = began
    return None


def _month_alone(cursor: Cursor, today: date, *, is_last: bool) -> date | None:
    began, month = cursor.at, cursor.take_any(MONTHS)
    if month is None:
        return None
    year = _year(cursor, today)
    first = _of_year(year, month, 1, today, cursor.words(began))
    if not is_last:
        return first
    raise DateUnsure((first - timedelta(days=1), first + relativedelta(months=1, days=-1)))


def _of_year(year: int | None, month: int, day: int, today: date, said: str) -> date:
    """The day in that year; without one the first on or after today, within a year."""
    if year is not None:
        return _dated(year, month, day, said)
    for near in (today.year, today.year + 1):
        try:
            found = date(near, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise DateImpossible(said)


def _dated(year: int, month: int, day: int, said: str) -> date:
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
