"""Dates in words: "3 Dec", "tomorrow", "next Friday", "in 2 weeks"; those in digits, too."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.schedule.reading.calendar_days import YEARS_AHEAD, dated, of_year, within_reach
from bot.domain.schedule.reading.digits import is_dotted_date, numeric_date
from bot.domain.schedule.reading.errors import (
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
    if is_loose and cursor.text(1) == "." and not is_dotted_date(cursor):
        return None
    cursor.take("on", "the")
    cursor.take("the")
    if is_loose and cursor.text() in WEEKDAYS:
        cursor.at = began
        return None
    for form in (numeric_date, _day_and_month, _month_and_day, _relative, _coming):
        found = form(cursor, today)
        if found is not None:
            return found
    found = _end_of_month(cursor, today) or _month_alone(cursor, today, is_last=is_last)
    if found is None:
        cursor.at = began
    return found


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
    return of_year(year, month, day, today, cursor.words(began))


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
            return dated(year, month, calendar.monthrange(2000 + year % 400, month)[1], said)
    cursor.at = began
    return None


def _month_alone(cursor: Cursor, today: date, *, is_last: bool) -> date | None:
    began, month = cursor.at, cursor.take_any(MONTHS)
    if month is None:
        return None
    year = _year(cursor, today)
    first = of_year(year, month, 1, today, cursor.words(began))
    if not is_last:
        return first
    raise DateUnsure((first - timedelta(days=1), first + relativedelta(months=1, days=-1)))
