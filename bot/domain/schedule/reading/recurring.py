"""What was said of days and rhythm, as one recurrence or one question."""

from __future__ import annotations

from datetime import time

from bot.domain.schedule.reading.errors import (
    DayMissing,
    DayOfMonth,
    OrdinalImpossible,
    OrdinalMissing,
    RhythmUnclear,
    TwoRhythms,
)
from bot.domain.schedule.reading.rhythm import Rhythm
from bot.domain.schedule.series import Recurrence

_UNSAID = time(0)
_FIFTH = 5


def recurrence_of(rhythm: Rhythm) -> Recurrence:
    """The recurrence, its time of day still unsaid (midnight).

    Raises DayMissing, DayOfMonth, OrdinalMissing, OrdinalImpossible, TwoRhythms, RhythmUnclear.
    """
    ordinals, weekdays = _days(rhythm)
    every, is_monthly = _how_often(rhythm)
    if rhythm.is_each_ordinal and not is_monthly:
        _refuse_every_second(ordinals, weekdays)
    if ordinals and is_monthly is False:
        raise TwoRhythms
    if rhythm.is_bimonthly:
        every = _bimonthly(ordinals, weekdays)
    elif rhythm.is_twice_a_month and len(ordinals) * len(weekdays) != 2:
        raise RhythmUnclear(
            (
                _of(weekdays, 1, (1, 3)),
                _of(weekdays, 1, (2, 4)),
                _of(weekdays, 2),
            )
        )
    elif is_monthly and not ordinals:
        raise OrdinalMissing(weekdays)
    if rhythm.is_biweekly:
        if ordinals:
            raise TwoRhythms
        if len(weekdays) > 1:
            raise RhythmUnclear((_of(weekdays, 1), _of(weekdays, 2)))
    if rhythm.is_twice_a_week and len(weekdays) != 2:
        raise DayMissing
    return _of(weekdays, every, ordinals)


def _days(rhythm: Rhythm) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Ordinals and weekdays of all groups together, if each goes with each."""
    if not rhythm.groups:
        raise DayMissing
    ordinals = {frozenset(group) for group, _ in rhythm.groups}
    weekdays = {frozenset(group) for _, group in rhythm.groups}
    if len(ordinals) > 1 and (len(weekdays) > 1 or frozenset() in ordinals):
        raise TwoRhythms
    days = tuple(sorted(frozenset().union(*weekdays)))
    counted = frozenset().union(*ordinals)
    if _FIFTH in counted:
        raise OrdinalImpossible(days[0])
    if beyond := [n for n in counted if n > _FIFTH or n == 0]:
        raise DayOfMonth(beyond[0])
    # The last of the month comes behind the fourth.
    return tuple(sorted(counted, key=lambda n: n % 10)), days


def _how_often(rhythm: Rhythm) -> tuple[int, bool | None]:
    """A number, and whether it counts months; None when nothing was said of it."""
    said = set(rhythm.how_often)
    if rhythm.is_biweekly:
        said.add((2, False))
    if rhythm.is_of_month and not any(is_monthly for _, is_monthly in said):
        said.add((1, True))
    if not said:
        return 1, None
    if len(said) > 1:
        raise TwoRhythms
    return said.pop()


def _refuse_every_second(ordinals: tuple[int, ...], weekdays: tuple[int, ...]) -> None:
    """Asks: "every second Tuesday" may be one in two, or the second of each month."""
    if len(ordinals) == 1 and ordinals[0] > 1:
        raise RhythmUnclear((_of(weekdays, ordinals[0]), _of(weekdays, 1, ordinals)))


def _bimonthly(ordinals: tuple[int, ...], weekdays: tuple[int, ...]) -> int:
    if not ordinals:
        raise RhythmUnclear((_of(weekdays, 1, (1, 3)), _of(weekdays, 2, (1,))))
    return 2 if len(ordinals) * len(weekdays) == 1 else 1


def _of(weekdays: tuple[int, ...], every: int, ordinals: tuple[int, ...] = ()) -> Recurrence:
    return Recurrence(weekdays=weekdays, at=_UNSAID, every=every, ordinals=ordinals)
