"""Dates in digits: "2026-12-03", "24.12.", "24.12.2026", and an unsure "3/4"."""

from __future__ import annotations

from datetime import date

from bot.domain.schedule.reading.calendar_days import dated, of_year
from bot.domain.schedule.reading.errors import DateImpossible, DateUnsure
from bot.domain.schedule.reading.tokens import Cursor

_SLASHES = ("/", "-")
_LAST_YEAR_WITHOUT_CENTURY = 99


def numeric_date(cursor: Cursor, today: date) -> date | None:
    """Takes a date in digits, if one stands here. Raises DateUnsure, DateImpossible."""
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
        return dated(first, second, third, cursor.words(began))
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
        return of_year(year, second, first, today, said)
    return _unsure(year, first, second, today, said)


def _is_tight(cursor: Cursor, upto: int) -> bool:
    return cursor.is_glued(upto - 1) and cursor.is_glued(upto)


def is_dotted_date(cursor: Cursor) -> bool:
    """Is it "24.12." or "24.12.2026", in which a time of day has no part?"""
    return cursor.number(2) is None or (cursor.text(3) == "." and cursor.is_glued(3))


def _may_be_month(cursor: Cursor) -> bool:
    """May "18.10" be the 18th of a month? In "7.10 pm" and "18.30" it is not."""
    is_time = cursor.text(3) in ("a", "p", "am", "pm", "h", "uhr")
    return not is_time and (is_dotted_date(cursor) or 1 <= (cursor.number(2) or 0) <= 12)


def _unsure(year: int | None, first: int, second: int, today: date, said: str) -> date:
    """Two numbers that may be day and month, or month and day."""
    readings: list[date] = []
    for day, month in ((first, second), (second, first)):
        try:
            readings.append(of_year(year, month, day, today, said))
        except DateImpossible:
            continue
    if not readings:
        raise DateImpossible(said)
    if readings[0] != readings[-1]:
        raise DateUnsure((readings[0], readings[1]))
    return readings[0]
