"""What keeps a reminder from coming twice, or in a flood."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.reminders import (
    AT_MOST,
    LATE,
    NONCE_HOLDS,
    OPEN_STATES,
    Breaker,
    Delivery,
    DeliveryState,
    Meaning,
    Pace,
    Planned,
    Reason,
    ReminderKind,
    Rival,
    Skew,
    Step,
    Turn,
    is_invalid_request,
    late_by,
    mark,
    meaning_of,
    misfire,
    next_step,
    posted_at,
    retry_at,
)

NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
UUID = "6c0f3c53-5d0e-4b53-8d4b-7a1d0c1f7d55"

minutes = st.integers(-3000, 3000).map(lambda m: NOW + timedelta(minutes=m))
numbers = st.integers(1, 2**63 - 1)
plans = st.builds(
    Planned,
    guild_id=numbers, club_id=numbers, key=st.text(max_size=30),
    kind=st.sampled_from(ReminderKind), part=st.integers(0, 9), reader=numbers, dest=numbers,
    due=minutes, deadline=minutes, version=st.integers(1, 9), body=st.none() | st.text(max_size=9),
)  # fmt: skip
_IDENTITY = ("guild_id", "club_id", "key", "kind", "part", "reader", "dest")


@given(plans, plans)
def test_a_mark_is_the_deliverys_own(one: Planned, other: Planned) -> None:
    same = all(getattr(one, name) == getattr(other, name) for name in _IDENTITY)
    assert (mark(UUID, one) == mark(UUID, other)) == same


@given(plans, st.sampled_from(_IDENTITY), plans)
def test_a_mark_changes_with_every_part_of_what_it_is(
    one: Planned, name: str, other: Planned
) -> None:
    assume(getattr(one, name) != getattr(other, name))
    changed = replace(one, **{name: getattr(other, name)})
    assert mark(UUID, changed) != mark(UUID, one)


@given(plans, minutes, minutes, st.integers(1, 9))
def test_a_mark_stays_whatever_happens_to_the_delivery(
    one: Planned, due: datetime, deadline: datetime, version: int
) -> None:
    moved = replace(one, due=due, deadline=deadline, version=version, body="other")
    assert mark(UUID, moved) == mark(UUID, one)


@given(plans)
def test_a_mark_is_short_enough_for_a_nonce_and_safe_in_a_buttons_id(one: Planned) -> None:
    assert len(mark(UUID, one)) == 25
    assert mark(UUID, one).isalnum()
    assert mark(UUID, one) != mark(UUID[::-1], one)


def test_parts_of_a_mark_do_not_run_into_each_other() -> None:
    one = plain(key="a|8:day-befo")
    assert mark(UUID, one) != mark(UUID, plain(key="a"))


def test_the_mark_of_a_delivery_is_the_same_in_every_version_of_the_program() -> None:
    assert mark(UUID, plain()) == "2ooffwlticwztilf5sn5wd7x3"


def plain(**others: object) -> Planned:
    one = Planned(
        1, 2, "2026-01-08", ReminderKind.DAY_BEFORE, 0, 0, 30, NOW, NOW + timedelta(hours=22)
    )
    return replace(one, **others)  # type: ignore[arg-type]  # whatever a test changes


rivals = st.lists(
    st.builds(Rival, st.integers(2, 99), minutes, minutes, st.sampled_from(DeliveryState))
)


@given(plans, rivals, minutes)
def test_a_reminder_past_its_last_useful_moment_never_goes(
    planned: Planned, others: list[Rival], now: datetime
) -> None:
    assert (misfire(1, planned, others, now) is Reason.LATE) == (now >= planned.deadline)


@given(minutes, rivals, st.timedeltas(timedelta(), LATE))
def test_a_reminder_on_time_gives_way_to_nothing(
    due: datetime, others: list[Rival], after: timedelta
) -> None:
    planned, now = plain(due=due, deadline=due + 2 * LATE), due + after
    assert misfire(1, planned, others, now) is Turn.GOES
    assert late_by(planned, now) is None


@given(st.lists(minutes, min_size=1, max_size=8), minutes)
def test_of_several_late_reminders_exactly_the_latest_goes(
    dues: list[datetime], now: datetime
) -> None:
    """Decided in any order, each seeing what was decided before it."""
    late = [due for due in dues if now - due > LATE]
    assume(late)
    deadline = now + timedelta(hours=1)
    states = dict.fromkeys(range(len(late)), DeliveryState.PENDING)
    for _ in late:  # whoever yields asks again
        for n, due in enumerate(late):
            if states[n] is not DeliveryState.PENDING:
                continue
            others = [Rival(m, late[m], deadline, states[m]) for m in states if m != n]
            verdict = misfire(n, plain(due=due, deadline=deadline), others, now)
            if verdict is Turn.GOES:
                states[n] = DeliveryState.SENT
            elif verdict is Reason.COALESCED:
                states[n] = DeliveryState.SKIPPED
    sent = [n for n, state in states.items() if state is DeliveryState.SENT]
    assert sent == [max(states, key=lambda n: (late[n], n))]
    assert DeliveryState.PENDING not in states.values()


def test_a_late_reminder_says_how_late() -> None:
    assert late_by(plain(), NOW + timedelta(hours=3)) == timedelta(hours=3)


def sending(**others: object) -> Delivery:
    one = Delivery(1, plain(), DeliveryState.SENDING, 1, NOW, 1, plain=False, message_id=None)
    return replace(one, **others)  # type: ignore[arg-type]  # whatever a test changes


@pytest.mark.parametrize(
    ("after", "step"),
    [
        (timedelta(), Step.SEND),
        (NONCE_HOLDS, Step.SEND),
        (NONCE_HOLDS + timedelta(seconds=1), Step.LOOK_THEN_SEND),
        (-timedelta(seconds=1), Step.LOOK_THEN_SEND),  # the clock was set back
        (timedelta(hours=22), Step.LOOK),
    ],
)
def test_sent_again_while_the_nonce_holds_and_looked_for_after_that(
    after: timedelta, step: Step
) -> None:
    assert next_step(sending(), NOW + after) is step


def test_after_six_attempts_it_is_only_looked_for() -> None:
    assert next_step(sending(attempts=AT_MOST), NOW) is Step.LOOK
    assert next_step(sending(attempts=AT_MOST - 1), NOW) is Step.SEND


@given(st.integers(1, 40), minutes)
def test_a_retry_is_never_at_once_and_none_misses_the_last_look(
    attempts: int, now: datetime
) -> None:
    one = sending(attempts=attempts)
    at = retry_at(one, now)
    assert now < at <= now + timedelta(minutes=10)
    if now < one.planned.deadline:
        assert at <= one.planned.deadline


def test_the_first_retry_is_well_within_the_life_of_the_nonce() -> None:
    assert retry_at(sending(), NOW) - NOW <= NONCE_HOLDS / 2


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        (403, 50001, Meaning.FORBIDDEN), (403, 50013, Meaning.FORBIDDEN), (403, 0, Meaning.FORBIDDEN),
        (404, 10003, Meaning.GONE), (404, 10004, Meaning.GONE), (404, 0, Meaning.GONE),
        (403, 50007, Meaning.CLOSED), (403, 50278, Meaning.CLOSED),
        (400, 50035, Meaning.MALFORMED), (400, 0, Meaning.MALFORMED), (413, 0, Meaning.MALFORMED),
        (400, 200000, Meaning.BLOCKED), (400, 240000, Meaning.BLOCKED),
        (401, 0, Meaning.UNAUTHORISED),
        (404, 10008, Meaning.SENT),
        (403, 40003, Meaning.LATER),
        (500, 0, Meaning.UNCERTAIN), (503, 0, Meaning.UNCERTAIN), (520, 0, Meaning.UNCERTAIN),
        (408, 0, Meaning.UNCERTAIN),
    ],
)  # fmt: skip
def test_what_discord_answers_means(status: int, code: int, meaning: Meaning) -> None:
    assert meaning_of(status, code) is meaning


def test_too_many_requests_are_a_ban_when_discord_did_not_say_so_itself() -> None:
    assert meaning_of(429, 0) is Meaning.LATER
    assert meaning_of(429, 0, through_discord=False) is Meaning.BANNED


def test_refusals_count_towards_a_ban_and_our_own_mistakes_do_not() -> None:
    counted = {meaning for meaning in Meaning if is_invalid_request(meaning)}
    assert {Meaning.FORBIDDEN, Meaning.CLOSED, Meaning.UNAUTHORISED, Meaning.LATER} <= counted
    assert not {Meaning.SENT, Meaning.UNCERTAIN, Meaning.MALFORMED} & counted


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=60))
def test_never_more_than_a_seconds_worth_beyond_the_rate(gaps: list[int]) -> None:
    pace, now, taken = Pace(40), NOW, list[datetime]()
    for gap in gaps:
        now += timedelta(milliseconds=gap)
        turns = pace.turns(now)
        pace.take(turns)
        taken += [now] * turns
    passed = (now - NOW).total_seconds()
    assert len(taken) <= 40 + 40 * passed + 1e-6


def test_who_took_more_turns_than_there_were_waits_for_them() -> None:
    pace = Pace(40)
    pace.turns(NOW)
    pace.take(100)
    assert pace.turns(NOW + timedelta(seconds=1)) == 0
    assert pace.turns(NOW + timedelta(seconds=1.5)) == 0
    assert pace.turns(NOW + timedelta(seconds=2)) == 20


def test_the_pace_says_how_long_to_wait() -> None:
    pace = Pace(40)
    pace.take(pace.turns(NOW))
    assert pace.turns(NOW) == 0
    assert pace.turns(NOW + pace.wait(20)) == 20


def test_a_clock_that_was_set_back_does_not_stop_the_pace() -> None:
    pace = Pace(40)
    pace.take(pace.turns(NOW))
    back = NOW - timedelta(hours=1)
    pace.turns(back)
    assert pace.turns(back + timedelta(seconds=1)) == 40


def test_the_breaker_opens_at_so_many_bad_requests_in_ten_minutes() -> None:
    breaker = Breaker(3)
    for second in range(2):
        breaker.count(NOW + timedelta(seconds=second))
    assert breaker.opens_again(NOW) is None
    breaker.count(NOW + timedelta(seconds=2))
    assert breaker.opens_again(NOW) == NOW + timedelta(minutes=10)
    assert breaker.opens_again(NOW + timedelta(minutes=11)) is None


def test_bad_requests_of_long_ago_do_not_count() -> None:
    breaker = Breaker(3)
    for hour in range(9):
        breaker.count(NOW + timedelta(hours=hour))
    assert breaker.opens_again(NOW + timedelta(hours=8)) is None


def test_a_clock_that_was_set_back_holds_nothing_up_for_longer() -> None:
    breaker = Breaker()
    breaker.open(NOW)
    back = NOW - timedelta(days=1)
    assert breaker.opens_again(back) == back + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("seconds", "is_wrong"), [(60, False), (61, True), (-60, False), (-61, True), (86400, True)]
)
def test_a_clock_more_than_a_minute_off_is_out_of_step(seconds: int, is_wrong: bool) -> None:
    skew = Skew()
    skew.observe(NOW, NOW + timedelta(seconds=seconds))
    assert skew.is_out_of_step() == is_wrong


def test_clocks_are_compared_again_after_a_while_and_after_a_step_back() -> None:
    skew = Skew()
    within = timedelta(minutes=10)
    assert not skew.is_seen(NOW, within)
    skew.observe(NOW, NOW)
    assert skew.is_seen(NOW + within, within)
    assert not skew.is_seen(NOW + within + timedelta(seconds=1), within)
    assert not skew.is_seen(NOW - timedelta(seconds=1), within)


def test_an_id_of_discords_tells_when_it_was_made() -> None:
    # The example of Discord's own documentation.
    made = posted_at(175928847299117063)
    assert made == datetime(2016, 4, 30, 11, 18, 25, 796000, tzinfo=UTC)


def test_what_is_open_has_something_left_to_do() -> None:
    closed = set(DeliveryState) - set(OPEN_STATES)
    assert closed == {
        DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED,
        DeliveryState.CANCELLED, DeliveryState.UNKNOWN,
    }  # fmt: skip
