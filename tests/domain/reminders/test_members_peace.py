"""Quiet hours, a budget a week, and no prompts for whoever does not answer."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reminders import (
    BUDGETED,
    Preferences,
    QuietHours,
    QuietHoursTooLong,
    Reason,
    ReminderKind,
    refused_prompt,
)

NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
READ_BY = ReminderKind.READ_BY
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")

moments = st.integers(0, 60 * 24 * 730).map(lambda minutes: NOW + timedelta(minutes=minutes))
walls = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30)))


@st.composite
def quiets(draw: st.DrawFn) -> QuietHours:
    begin = draw(walls)
    length = timedelta(minutes=draw(st.integers(0, 40)) * 30)
    end = (datetime.combine(NOW.date(), begin) + length).time()
    return QuietHours(begin, end, draw(st.sampled_from(ZONES)))


def is_quiet(quiet: QuietHours, at: datetime) -> bool:
    """A second witness: by minutes of the day on the member's clock."""
    local = at.astimezone(ZoneInfo(quiet.zone))
    since = (local.hour * 60 + local.minute) - (quiet.begin.hour * 60 + quiet.begin.minute)
    length = (quiet.end.hour * 60 + quiet.end.minute) - (quiet.begin.hour * 60 + quiet.begin.minute)
    return since % 1440 < length % 1440


@given(quiets(), moments)
def test_nothing_is_held_outside_quiet_hours(quiet: QuietHours, now: datetime) -> None:
    if not is_quiet(quiet, now):
        assert quiet.held_until(now) == now


@given(quiets(), moments)
def test_what_is_held_comes_at_the_end_of_the_quiet(quiet: QuietHours, now: datetime) -> None:
    until = quiet.held_until(now)
    assert now <= until <= now + timedelta(hours=21)
    if until > now:
        assert is_quiet(quiet, now)
        assert is_quiet(quiet, until - timedelta(minutes=1))
        # Where the clock goes back at the end, the end comes twice.
        assert not is_quiet(quiet, until) or until.astimezone(ZoneInfo(quiet.zone)).fold


@given(quiets(), moments)
def test_what_was_held_is_not_held_again(quiet: QuietHours, now: datetime) -> None:
    until = quiet.held_until(now)
    assert quiet.held_until(until) == until


def test_quiet_hours_go_past_midnight() -> None:
    quiet = QuietHours(time(22), time(8), "Europe/Berlin")
    late = datetime(2026, 1, 5, 23, 0, tzinfo=UTC)  # midnight in Berlin
    assert quiet.held_until(late) == datetime(2026, 1, 6, 7, 0, tzinfo=UTC)


def test_quiet_hours_end_by_the_clock_on_the_wall_when_it_is_set_forward() -> None:
    quiet = QuietHours(time(22), time(8), "Europe/Berlin")
    late = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    assert quiet.held_until(late) == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)


def test_a_day_without_an_end_of_quiet_is_refused() -> None:
    with pytest.raises(QuietHoursTooLong) as refused:
        QuietHours(time(8), time(7), "UTC")
    assert refused.value.longest == timedelta(hours=20)


gaps = st.lists(st.integers(0, 60 * 24 * 3), max_size=60)


@given(gaps, st.integers(0, 5), st.booleans())
def test_never_more_than_the_budget_in_any_seven_days(
    minutes: list[int], budget: int, answers: bool
) -> None:
    now, sent = NOW, list[datetime]()
    for gap in minutes:
        now += timedelta(minutes=gap)
        wanted = Preferences(takes_dms=True, budget=budget, answered_at=now if answers else None)
        if refused_prompt(READ_BY, sent, wanted, now) is None:
            sent.append(now)
    for at in sent:
        assert sum(at <= other < at + timedelta(days=7) for other in sent) <= budget


@given(st.sampled_from(sorted(set(ReminderKind) - BUDGETED)), st.lists(moments, max_size=9))
def test_sessions_digests_and_offers_know_no_budget(
    kind: ReminderKind, sent: list[datetime]
) -> None:
    assert refused_prompt(kind, sent, Preferences(takes_dms=True, budget=0), NOW) is None


def days_ago(*days: float) -> list[datetime]:
    return [NOW - timedelta(days=day) for day in days]


def test_the_third_prompt_of_a_week_is_refused_and_goes_when_the_first_is_a_week_old() -> None:
    wanted = Preferences(takes_dms=True, answered_at=NOW)
    assert refused_prompt(READ_BY, days_ago(6.9, 1), wanted, NOW) is Reason.BUDGET
    assert refused_prompt(READ_BY, days_ago(7, 1), wanted, NOW) is None


def test_after_two_prompts_without_an_answer_there_is_silence() -> None:
    silent = Preferences(takes_dms=True)
    assert refused_prompt(READ_BY, days_ago(8), silent, NOW) is None
    assert refused_prompt(READ_BY, days_ago(80, 60), silent, NOW) is Reason.BACK_OFF


def test_anything_the_member_does_ends_the_silence() -> None:
    answered = Preferences(takes_dms=True, answered_at=NOW - timedelta(days=12))
    assert refused_prompt(READ_BY, days_ago(20, 13), answered, NOW) is None


@given(gaps, st.sets(st.integers(0, 59)))
def test_never_more_than_two_prompts_between_two_acts(minutes: list[int], acts: set[int]) -> None:
    now, answered, sent = NOW, None, list[datetime]()
    since_act = 0
    for number, gap in enumerate(minutes):
        now += timedelta(minutes=gap + 1)
        if number in acts:
            answered, since_act = now, 0
            continue
        wanted = Preferences(takes_dms=True, budget=14, answered_at=answered)
        if refused_prompt(READ_BY, sent, wanted, now) is None:
            sent.append(now)
            since_act += 1
        assert since_act <= 2
