"""What a series may be: checked when it is made, so that everything later may rely on it."""

from __future__ import annotations

from datetime import date

from bot.domain.schedule.dates import FIRST_DAY, LAST_DAY, dates
from bot.domain.schedule.errors import (
    CountOutOfRange,
    DayOutOfRange,
    EndsBeforeStart,
    EveryOutOfRange,
    NeverMeets,
    OrdinalsUnclear,
    TimeUnclear,
    TooManyBreaks,
    WeekdaysUnclear,
)
from bot.domain.schedule.series import Break, Recurrence, Series

WEEKS = range(1, 53)
MONTHS = range(1, 13)
# There is no fifth one every month.
ORDINALS = (1, 2, 3, 4, -1)
SESSIONS = range(1, 1001)
MOST_BREAKS = 366


def require_valid(series: Series) -> Series:
    """The series itself, when it may be one. Its zone is looked up by whoever has the zones.

    Raises WeekdaysUnclear, EveryOutOfRange, OrdinalsUnclear, TimeUnclear, DayOutOfRange,
    EndsBeforeStart, CountOutOfRange, TooManyBreaks, NeverMeets.
    """
    _require_recurrence(series.recurrence)
    _require_day(series.start)
    if series.until is not None:
        _require_day(series.until)
        if series.until < series.start:
            raise EndsBeforeStart
    if series.count is not None and series.count not in SESSIONS:
        raise CountOutOfRange(SESSIONS)
    _require_breaks(series.breaks)
    if next(dates(series), None) is None:
        raise NeverMeets
    return series


def _require_recurrence(recurrence: Recurrence) -> None:
    if not recurrence.weekdays or not _increasing(recurrence.weekdays, range(7)):
        raise WeekdaysUnclear
    numbers = MONTHS if recurrence.ordinals else WEEKS
    if recurrence.every not in numbers:
        raise EveryOutOfRange(numbers)
    ordinals = recurrence.ordinals
    if len(set(ordinals)) < len(ordinals) or not set(ordinals) <= set(ORDINALS):
        raise OrdinalsUnclear
    at = recurrence.at
    if at.tzinfo is not None or at.fold or at.second or at.microsecond:
        raise TimeUnclear


def _increasing(numbers: tuple[int, ...], allowed: range) -> bool:
    return numbers == tuple(sorted(set(numbers))) and set(numbers) <= set(allowed)


def _require_day(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DayOutOfRange(FIRST_DAY, LAST_DAY)


def _require_breaks(breaks: tuple[Break, ...]) -> None:
    if len(breaks) > MOST_BREAKS:
        raise TooManyBreaks(MOST_BREAKS)
    for pause in breaks:
        _require_day(pause.first)
        _require_day(pause.last)
        if pause.last < pause.first:
            raise EndsBeforeStart
