"""Absences, presence and settings as rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.members import (
    LONGEST_ABSENCE,
    Absence,
    AbsenceBackwards,
    AbsenceOver,
    AbsenceTooLong,
    HoursImpossible,
    Presence,
    SettingsChange,
)
from bot.domain.privacy import is_confirmed

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENTS = st.timedeltas(timedelta(days=-800), timedelta(days=1600)).map(lambda d: NOW + d)


@given(MOMENTS, MOMENTS)
def test_a_planned_absence_is_still_ahead_and_not_too_long(
    begins: datetime, ends: datetime
) -> None:
    try:
        absence = Absence.planned(begins, ends, NOW)
    except (AbsenceBackwards, AbsenceOver, AbsenceTooLong):
        return
    assert NOW <= absence.begins < absence.ends == ends
    assert absence.ends - absence.begins <= LONGEST_ABSENCE


@given(MOMENTS, MOMENTS, MOMENTS)
def test_a_member_is_away_from_the_beginning_until_just_before_the_end(
    begins: datetime, ends: datetime, moment: datetime
) -> None:
    assume(begins < ends)
    absence = Absence(begins, ends)
    assert absence.covers(begins)
    assert not absence.covers(ends)
    assert Presence(absence).is_here(moment) is not (begins <= moment < ends)
    assert not Presence(absence, departed_at=begins).is_here(moment)


@pytest.mark.parametrize(
    ("begins", "ends", "error"),
    [
        (DAY, DAY, AbsenceBackwards),
        (2 * DAY, DAY, AbsenceBackwards),
        (-2 * DAY, -DAY, AbsenceOver),
        (-2 * DAY, timedelta(), AbsenceOver),
        (DAY, 400 * DAY, AbsenceTooLong),
        (367 * DAY, 368 * DAY, AbsenceTooLong),
    ],
)
def test_what_is_wrong_with_an_absence_is_said(
    begins: timedelta, ends: timedelta, error: type[Exception]
) -> None:
    with pytest.raises(error):
        Absence.planned(NOW + begins, NOW + ends, NOW)


@pytest.mark.parametrize("hours", [-1, 81, 10**6])
def test_hours_that_no_week_has_are_refused(hours: int) -> None:
    with pytest.raises(HoursImpossible):
        SettingsChange(hours_a_week=hours)


def test_a_change_of_nothing_is_empty() -> None:
    assert SettingsChange().is_empty
    assert not SettingsChange(explains=False).is_empty
    assert not SettingsChange(tags=frozenset()).is_empty


@pytest.mark.parametrize(
    ("written", "meant"),
    [("ERASE", True), (" erase ", True), ("", False), ("ERASE ME", False), ("yes", False)],
)
def test_one_word_confirms_an_erasure(written: str, meant: bool) -> None:
    assert is_confirmed(written) is meant
