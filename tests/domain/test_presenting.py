"""Who presents next: fair, the same every time, and without a name for who declined."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.presenting import (
    TIME_TO_ANSWER,
    Ask,
    Candidate,
    NobodyPresents,
    NotAsked,
    Offer,
    Presenting,
    RoundOfTakes,
    answer_until,
    begin,
    next_presenter,
    rotation,
)

SINCE = datetime(2026, 1, 5, tzinfo=UTC)
DAY = date(2026, 3, 3)


def candidate(user_id: int, last: date | None = None, **given: object) -> Candidate:
    made = Candidate(user_id, SINCE, involved=True, last=last)
    return replace(made, **given)  # type: ignore[arg-type]  # by name, in tests


volunteers = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 12),
        st.integers(0, 5).map(lambda days: SINCE + timedelta(days=days)),
        st.booleans(),
        st.booleans(),
        st.none() | st.integers(0, 8).map(lambda weeks: DAY - timedelta(weeks=weeks)),
    ),
    max_size=8,
    unique_by=lambda one: one.user_id,
)


def test_who_never_presented_is_asked_first_then_the_least_recent() -> None:
    recent, old = candidate(1, DAY), candidate(2, DAY - timedelta(weeks=9))
    assert rotation([recent, old, candidate(3)]) == (3, 2, 1)


def test_of_equals_who_volunteered_first_is_asked_first() -> None:
    later = candidate(1, volunteered_at=SINCE + timedelta(days=1))
    assert rotation([later, candidate(9), candidate(5)]) == (5, 9, 1)


def test_only_who_has_to_do_with_the_paper_and_can_come_is_asked() -> None:
    assert rotation([candidate(1, involved=False), candidate(2, available=False)]) == ()
    assert next_presenter([candidate(1, involved=False)], ()) == RoundOfTakes()


@given(volunteers, st.randoms())
def test_the_order_of_the_list_does_not_matter(found: list[Candidate], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert rotation(shuffled) == rotation(found)


@given(volunteers)
def test_everybody_who_can_is_asked_once_and_then_it_is_a_round_of_takes(
    found: list[Candidate],
) -> None:
    state = begin(found)
    asked = []
    while state.asked is not None:
        asked.append(state.asked)
        state = state.pass_on(state.asked, found)
    assert tuple(asked) == rotation(found)
    assert state.is_round_of_takes
    assert state.presenter_id is None
    with pytest.raises(NobodyPresents):
        state.pass_on(1, found)


@given(st.integers(2, 6), st.integers(1, 30))
def test_over_the_weeks_everybody_presents_equally_often(people: int, weeks: int) -> None:
    last: dict[int, date | None] = dict.fromkeys(range(people))
    counts = dict.fromkeys(last, 0)
    for week in range(weeks):
        state = begin(candidate(user_id, when) for user_id, when in last.items())
        assert state.asked is not None
        last[state.asked] = DAY + timedelta(weeks=week)
        counts[state.asked] += 1
    assert max(counts.values()) - min(counts.values()) <= 1


def test_who_is_asked_presents_once_they_agree() -> None:
    state = begin([candidate(1), candidate(2)])
    assert state.presenter_id is None
    assert state.agree(1).presenter_id == 1
    with pytest.raises(NotAsked):
        state.agree(2)
    with pytest.raises(NotAsked):
        state.pass_on(2, [candidate(1), candidate(2)])


def test_who_agreed_can_still_hand_it_on_and_is_not_asked_again() -> None:
    found = [candidate(1), candidate(2)]
    state = begin(found).agree(1).pass_on(1, found)
    assert state == Presenting(2, agreed=False, passed=frozenset({1}))
    assert state.pass_on(2, found) == Presenting(passed=frozenset({1, 2}))


def test_a_new_volunteer_ends_a_round_of_takes_and_nobody_is_asked_twice() -> None:
    state = begin([candidate(1)]).pass_on(1, [candidate(1)])
    assert state.look_again([candidate(1)]).is_round_of_takes
    assert state.look_again([candidate(1), candidate(2)]).asked == 2


def test_who_is_asked_stays_asked_as_long_as_they_can() -> None:
    state = begin([candidate(2)])
    assert state.look_again([candidate(1), candidate(2)]) is state
    away = [candidate(1), candidate(2, available=False)]
    assert state.look_again(away) == Presenting(1)
    agreed = state.agree(2)
    assert agreed.look_again(away) is agreed


def test_a_result_has_no_place_for_the_name_of_who_declined() -> None:
    assert {one.name for one in fields(Ask)} == {"user_id"}
    assert fields(RoundOfTakes) == ()
    assert next_presenter([candidate(1), candidate(2)], {1}) == Ask(2)


def test_a_volunteer_who_is_first_in_line_presents_at_once() -> None:
    after, offer = Presenting().offered(1, [candidate(1), candidate(2, last=DAY)])
    assert (after.presenter_id, offer) == (1, Offer.PRESENTS)
    assert after.offered(1, [candidate(1)])[1] is Offer.PRESENTS
    assert after.offered(2, [candidate(1), candidate(2)])[1] is Offer.TAKEN


def test_a_volunteer_who_presented_lately_waits_for_the_one_before() -> None:
    after, offer = Presenting().offered(2, [candidate(1), candidate(2, last=DAY)])
    assert (after.asked, after.agreed, offer) == (1, False, Offer.WAITS)
    assert after.offered(1, [candidate(1), candidate(2, last=DAY)])[1] is Offer.PRESENTS


def test_who_did_not_read_it_or_cannot_come_is_told_which() -> None:
    assert Presenting().offered(1, [candidate(1, involved=False)])[1] is Offer.UNREAD
    assert Presenting().offered(1, [candidate(1, available=False)])[1] is Offer.ABSENT
    assert Presenting().offered(1, [])[1] is Offer.UNREAD


def test_who_passed_may_think_better_of_it() -> None:
    takes = begin([candidate(1)]).pass_on(1, [candidate(1)])
    assert takes.is_round_of_takes
    after, offer = takes.offered(1, [candidate(1)])
    assert (after.presenter_id, after.passed, offer) == (1, frozenset(), Offer.PRESENTS)


@given(st.timedeltas(timedelta(minutes=1), timedelta(days=60)))
def test_whoever_is_asked_leaves_time_to_ask_another(ahead: timedelta) -> None:
    now = datetime(2026, 3, 3, tzinfo=UTC)
    until = answer_until(now, now + ahead)
    assert now < until <= now + TIME_TO_ANSWER
    assert until - now <= ahead / 2
