"""On which days a series meets: weekdays, ordinals, and how often."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.schedule.reading.errors import DayOfMonth, RhythmImpossible, WordsUnclear
from bot.domain.schedule.reading.tokens import Cursor, take_number
from bot.domain.schedule.reading.vocabulary import (
    AND,
    DAY,
    GROUPS,
    MONTH,
    MONTHS,
    ORDINAL_ENDINGS,
    ORDINALS,
    WEEK,
    WEEKDAYS,
    YEAR,
)

WEEKS, MONTHS_BETWEEN = 52, 12
"""How many weeks or months may lie between two sessions."""

_ONE_WORD = {
    "weekly": (1, False),
    "fortnightly": (2, False),
    "monthly": (1, True),
    "quarterly": (3, True),
}
_RANGE = ("to", "-", "–", "—", "through", "thru", "till", "until", "bis")
_EACH = ("every", "each")


@dataclass(slots=True)
class Rhythm:
    """What has been said of it so far. ``how_often`` are numbers, of months if true behind."""

    groups: list[tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)
    how_often: list[tuple[int, bool]] = field(default_factory=list)
    is_of_month: bool = False
    is_each_ordinal: bool = False
    is_biweekly: bool = False
    is_bimonthly: bool = False
    is_twice_a_week: bool = False
    is_twice_a_month: bool = False


def take_rhythm(cursor: Cursor, rhythm: Rhythm) -> bool:
    """Takes what is said of days and rhythm, if anything stands here.

    Raises DayOfMonth, RhythmImpossible, WordsUnclear.
    """
    return (
        _take_frequency(cursor, rhythm)
        or _take_of_month(cursor, rhythm)
        or _take_every(cursor, rhythm)
        or _take_days(cursor, rhythm, is_each=False)
    )


def _take_frequency(cursor: Cursor, rhythm: Rhythm) -> bool:
    """Takes "weekly", "biweekly", "twice a month"."""
    if (found := cursor.take_any(_ONE_WORD)) is not None:
        rhythm.how_often.append(found)
    elif cursor.take("biweekly", "bi weekly", "bi - weekly"):
        rhythm.is_biweekly = True
    elif cursor.take("bimonthly", "bi monthly", "bi - monthly"):
        rhythm.is_bimonthly = True
    elif cursor.take("yearly", "annually", "annual"):
        raise RhythmImpossible(MONTHS_BETWEEN, is_monthly=True)
    elif cursor.take("once a week", "once per week", "once every week"):
        rhythm.how_often.append((1, False))
    elif cursor.take("once a month", "once per month", "once every month"):
        rhythm.how_often.append((1, True))
    elif cursor.take("twice a week", "twice per week", "twice weekly"):
        rhythm.is_twice_a_week = True
    elif cursor.take("twice a month", "twice per month", "twice monthly"):
        rhythm.is_twice_a_month = True
    else:
        return False
    return True


def _take_of_month(cursor: Cursor, rhythm: Rhythm) -> bool:
    if cursor.take("of the month", "of each month", "of every month", "of a month", "in the month"):
        rhythm.is_of_month = True
        return True
    began = cursor.at
    if cursor.take("of") and cursor.text() in _EACH and _take_every(cursor, rhythm):
        return True
    cursor.at = began
    return False


def _take_every(cursor: Cursor, rhythm: Rhythm) -> bool:
    began = cursor.at
    if not cursor.take("once every", *_EACH, "alternate", "alternating"):
        return False
    if cursor.text(-1).startswith("alternat") or cursor.take("other"):
        if not _take_unit(cursor, rhythm, 2, began):
            rhythm.how_often.append((2, False))
        return True
    if _take_unit(cursor, rhythm, 1, began):
        return True
    counted = cursor.at
    number = _number(cursor)
    if number is not None and _take_unit(cursor, rhythm, number, began):
        return True
    cursor.at = counted
    return _take_days(cursor, rhythm, is_each=True) or True


def _number(cursor: Cursor) -> int | None:
    """Takes "2", "two", "2nd" or "second"."""
    found = cursor.take_any(ORDINALS) or take_number(cursor)
    cursor.take(*ORDINAL_ENDINGS)
    return found


def _take_unit(cursor: Cursor, rhythm: Rhythm, number: int, began: int) -> bool:
    if cursor.take(*WEEK):
        is_monthly = False
    elif cursor.take(*MONTH):
        is_monthly = True
    elif cursor.take(*YEAR):
        raise RhythmImpossible(MONTHS_BETWEEN, is_monthly=True)
    elif cursor.take(*DAY):
        if number != 1:
            raise WordsUnclear((cursor.words(began),))
        rhythm.groups.append(((), GROUPS["daily"]))
        return True
    else:
        return False
    limit = MONTHS_BETWEEN if is_monthly else WEEKS
    if not 1 <= number <= limit:
        raise RhythmImpossible(limit, is_monthly=is_monthly)
    rhythm.how_often.append((number, is_monthly))
    return True


def _take_days(cursor: Cursor, rhythm: Rhythm, *, is_each: bool) -> bool:
    """Takes "Tuesdays", "Mon-Fri", "first and third Monday"; a day of the month is refused."""
    began = cursor.at
    ordinals = _ordinals(cursor)
    weekdays = _weekdays(cursor)
    if ordinals and cursor.tokens[cursor.at - 1].text in GROUPS:
        # "The last weekday of the month" is one day, but which is not a matter of weekdays.
        raise WordsUnclear((cursor.words(began),))
    if weekdays:
        rhythm.groups.append((ordinals, weekdays))
        rhythm.is_each_ordinal |= is_each and bool(ordinals)
        return True
    if ordinals and cursor.tokens[began].is_number and not _is_month_next(cursor):
        raise DayOfMonth(ordinals[0])
    cursor.at = began
    return False


def _is_month_next(cursor: Cursor) -> bool:
    return cursor.text() in MONTHS or (cursor.text() == "of" and cursor.text(1) in MONTHS)


def _ordinals(cursor: Cursor) -> tuple[int, ...]:
    found: list[int] = []
    while True:
        began = cursor.at
        if found:
            cursor.take_all(AND)
        cursor.take("the")
        number = cursor.number()
        ordinal = cursor.take_any(ORDINALS)
        if ordinal is None and number is not None and cursor.text(1) in ORDINAL_ENDINGS:
            cursor.skip(2)
            ordinal = number
        if ordinal is None:
            cursor.at = began
            return tuple(found)
        found.append(ordinal)


def _weekdays(cursor: Cursor) -> tuple[int, ...]:
    found: list[int] = []
    while True:
        began = cursor.at
        if found:
            cursor.take_all(AND)
        if (group := cursor.take_any(GROUPS)) is not None:
            found += group
        elif (first := cursor.take_any(WEEKDAYS)) is not None:
            found += _through(cursor, first)
        else:
            cursor.at = began
            return tuple(found)


def _through(cursor: Cursor, first: int) -> list[int]:
    """The weekdays from the first to the one behind "to", or the first alone."""
    if cursor.text() in _RANGE and cursor.text(1) in WEEKDAYS:
        last = WEEKDAYS[cursor.text(1)]
        cursor.skip(2)
        return [(first + n) % 7 for n in range((last - first) % 7 + 1)]
    return [first]
