"""A series that makes no sense is refused, with what is wrong."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta

import pytest

from bot.domain.errors import ClubError
from bot.domain.schedule import MOST_BREAKS, Break, Recurrence, Series, require_valid
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
from tests.domain.schedule.builders import MON, TUE, series

DAY = date(2026, 12, 1)


def rule(
    weekdays: tuple[int, ...] = (TUE,),
    at: time = time(18),
    every: int = 1,
    ordinals: tuple[int, ...] = (),
) -> Series:
    return Series(Recurrence(weekdays, at, every, ordinals), "UTC", DAY)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (rule(weekdays=()), WeekdaysUnclear), (rule(weekdays=(7,)), WeekdaysUnclear),
        (rule(weekdays=(-1,)), WeekdaysUnclear), (rule(weekdays=(3, 1)), WeekdaysUnclear),
        (rule(weekdays=(1, 1)), WeekdaysUnclear),
        (rule(every=0), EveryOutOfRange), (rule(every=-1), EveryOutOfRange),
        (rule(every=53), EveryOutOfRange), (rule(every=13, ordinals=(1,)), EveryOutOfRange),
        (rule(ordinals=(5,)), OrdinalsUnclear), (rule(ordinals=(0,)), OrdinalsUnclear),
        (rule(ordinals=(-2,)), OrdinalsUnclear), (rule(ordinals=(1, 1)), OrdinalsUnclear),
        (rule(at=time(18, 0, 1)), TimeUnclear), (rule(at=time(18, tzinfo=UTC)), TimeUnclear),
        (rule(at=time(18, 0, 0, 1)), TimeUnclear), (rule(at=time(1, fold=1)), TimeUnclear),
        (series(start=date(9999, 12, 31)), DayOutOfRange), (series(start=date(1, 1, 1)), DayOutOfRange),
        (series(start=DAY, until=date(9999, 1, 1)), DayOutOfRange),
        (series(start=DAY, until=DAY - timedelta(days=1)), EndsBeforeStart),
        (series(start=DAY, count=0), CountOutOfRange), (series(start=DAY, count=1001), CountOutOfRange),
        (series(breaks=(Break(DAY, DAY - timedelta(days=1)),)), EndsBeforeStart),
        (series(breaks=(Break(DAY, date(9999, 1, 1)),)), DayOutOfRange),
        (series(breaks=(Break(date(1900, 1, 1), DAY),)), DayOutOfRange),
        (series(breaks=(Break(DAY, DAY),) * (MOST_BREAKS + 1)), TooManyBreaks),
        (series(MON, start=DAY, until=DAY + timedelta(days=3)), NeverMeets),
        (series(TUE, start=DAY, until=DAY, breaks=(Break(DAY, DAY),)), NeverMeets),
        (series(TUE, start=DAY, breaks=(Break(DAY, date(2199, 12, 31)),)), NeverMeets),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(wrong: Series, error: type[ClubError]) -> None:
    with pytest.raises(error):
        require_valid(wrong)


@pytest.mark.parametrize(
    "right",
    [
        rule(), rule(every=52), rule(every=12, ordinals=(1, 2, 3, 4, -1)), rule(weekdays=tuple(range(7))),
        series(start=DAY, until=DAY), series(start=DAY, count=1000), rule(at=time(23, 59)),
        series(breaks=(Break(DAY, DAY),) * MOST_BREAKS), series(start=date(1970, 1, 1)),
    ],
)  # fmt: skip
def test_what_makes_sense_is_let_pass(right: Series) -> None:
    assert require_valid(right) == right


def test_the_refusal_says_what_would_do() -> None:
    with pytest.raises(EveryOutOfRange) as refused:
        require_valid(rule(every=13, ordinals=(1,)))
    assert refused.value.numbers == range(1, 13)
