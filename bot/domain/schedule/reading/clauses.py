"""When a series begins and ends, and which days it leaves out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.schedule.reading.calendar_days import dated, within_reach
from bot.domain.schedule.reading.days import read_date
from bot.domain.schedule.reading.errors import (
    CountImpossible,
    DatesBackwards,
    LengthGiven,
    Part,
    SaidTwice,
)
from bot.domain.schedule.reading.tokens import Cursor, take_number
from bot.domain.schedule.reading.vocabulary import (
    AND,
    LENGTH,
    MONTH,
    MONTHS,
    SESSIONS,
    WEEK,
    YEAR,
)
from bot.domain.schedule.series import Break

SESSIONS_AT_MOST = 1000
"""Sessions, or weeks, that may be counted."""
BREAKS_AT_MOST = 20

_START = (
    "starting from", "starting", "starts", "start", "beginning", "begins", "begin", "as of",
    "since", "from", "ab",
)  # fmt: skip
_UNTIL = (
    "up to", "until", "till", "til", "through", "thru", "to", "ending", "ends", "end", "by", "bis",
)  # fmt: skip
_EXCEPT = (
    "except", "excluding", "without", "but not", "not", "no session", "no sessions", "no meeting",
    "no", "skipping", "skip", "with a break", "break", "pausing", "pause",
)  # fmt: skip
_BEFORE_BREAK = frozenset({"on", "for", "from", "the", "between", "during", ",", ":"})
_RANGE = ("to", "-", "–", "—", "until", "till", "through", "thru", "bis")


@dataclass(slots=True)
class Frame:
    """What has been said of begin, end and breaks so far."""

    start: date | None = None
    until: date | None = None
    count: int | None = None
    span: relativedelta | None = None
    breaks: list[Break] = field(default_factory=list)

    def last_day(self, start: date) -> date | None:
        """The last day a series may meet on, if it has one. Raises DatesBackwards."""
        last = self.until if self.span is None else start + self.span - timedelta(days=1)
        if last is not None and last < start:
            raise DatesBackwards(start, last)
        return last


def take_clause(cursor: Cursor, frame: Frame, today: date) -> bool:
    """Takes what is said of begin, end or breaks, if anything stands here.

    Raises SaidTwice, CountImpossible, DatesBackwards, LengthGiven, and what ``read_date`` and
    ``within_reach`` raise.
    """
    return (
        _take_except(cursor, frame, today)
        or _take_start(cursor, frame, today)
        or _take_until(cursor, frame, today)
        or _take_count(cursor, frame)
    )


def _take_start(cursor: Cursor, frame: Frame, today: date) -> bool:
    began = cursor.at
    if cursor.take(*_START) and (found := read_date(cursor, today)) is not None:
        if frame.start is not None:
            raise SaidTwice(Part.START)
        frame.start = within_reach(found, today)
        return True
    cursor.at = began
    return False


def _take_until(cursor: Cursor, frame: Frame, today: date) -> bool:
    began = cursor.at
    if cursor.take(*_UNTIL):
        cursor.take("and including", "including")
        found = read_date(cursor, frame.start or today, is_last=True)
        if found is not None:
            _refuse_second_end(frame)
            frame.until = within_reach(found, today)
            return True
    cursor.at = began
    return False


def _take_count(cursor: Cursor, frame: Frame) -> bool:
    """Takes "for 8 weeks" or "10 sessions"."""
    began = cursor.at
    is_for = cursor.take("for the next", "for another", "for")
    number = 1 if is_for and cursor.take("a", "an") else take_number(cursor)
    if number is not None:
        cursor.take("more")
        if (is_for and cursor.take("h")) or cursor.take(*LENGTH):
            raise LengthGiven
        if cursor.take(*SESSIONS):
            _refuse_second_end(frame)
            frame.count = _counted(number)
            return True
        for units, months in ((WEEK, 0), (MONTH, 1), (YEAR, 12)):
            if cursor.take(*units):
                _refuse_second_end(frame)
                weeks = 0 if months else _counted(number)
                frame.span = relativedelta(months=months * _counted(number), weeks=weeks)
                return True
    cursor.at = began
    return False


def _take_except(cursor: Cursor, frame: Frame, today: date) -> bool:
    began = cursor.at
    if cursor.take(*_EXCEPT):
        cursor.take_all(_BEFORE_BREAK)
        if (found := _read_break(cursor, today)) is not None:
            while found is not None:
                frame.breaks.append(found)
                if len(frame.breaks) > BREAKS_AT_MOST:
                    raise CountImpossible(BREAKS_AT_MOST)
                listed = cursor.at
                cursor.take_all(AND)
                if (found := _read_break(cursor, today)) is None:
                    cursor.at = listed
            return True
    cursor.at = began
    return False


def _read_break(cursor: Cursor, today: date) -> Break | None:
    """Takes a day, or the days from one to another, both included."""
    began = cursor.at
    first = _days_of_one_month(cursor, today) or read_date(cursor, today)
    if first is None:
        return None
    is_between = began > 0 and cursor.tokens[began - 1].text == "between"
    to = cursor.at
    last = None
    if cursor.take(*_RANGE) or (is_between and cursor.take("and", "&")):
        last = read_date(cursor, first)
    if last is None:
        cursor.at = to
        last = first
    if last < first:
        raise DatesBackwards(first, last)
    return Break(within_reach(first, today), within_reach(last, today))


def _days_of_one_month(cursor: Cursor, today: date) -> date | None:
    """The first day of "22-29 Dec", with the cursor left at "-29 Dec"."""
    day, month = cursor.number(), MONTHS.get(cursor.text(3))
    if day is None or cursor.text(1) not in _RANGE or cursor.number(2) is None or month is None:
        return None
    began = cursor.at
    cursor.skip(2)
    last = read_date(cursor, today)
    if last is None:
        cursor.at = began
        return None
    cursor.at = began + 1
    first = dated(last.year, last.month, day, cursor.words(began, began + 4))
    if first > last:
        raise DatesBackwards(first, last)
    return first


def _counted(number: int) -> int:
    if not 1 <= number <= SESSIONS_AT_MOST:
        raise CountImpossible(SESSIONS_AT_MOST)
    return number


def _refuse_second_end(frame: Frame) -> None:
    if any(said is not None for said in (frame.until, frame.count, frame.span)):
        raise SaidTwice(Part.END)
