"""Who comes to a session and who was there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attending import (
    ATTENDANCE_OPEN,
    Answer,
    AnswersClosed,
    AttendanceClosed,
    NotBegunYet,
    NotTakingPlace,
    Phase,
    Rsvp,
    guests,
    phase,
    require_answerable,
    require_attendable,
)
from bot.domain.schedule import Occurrence

STARTS = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
rsvps = st.lists(
    st.builds(
        Rsvp,
        st.integers(1, 6),
        st.sampled_from(Answer),
        st.integers(0, 20).map(lambda minutes: STARTS - timedelta(days=2) + minutes * SECOND),
    ),
    max_size=20,
)
members = st.lists(st.integers(1, 9), max_size=6)


def session(*, is_skipped: bool = False) -> Occurrence:
    wall = STARTS.replace(tzinfo=None)
    return Occurrence(date(2026, 3, 3), wall, STARTS, is_skipped=is_skipped)


def rsvp(user_id: int, answer: Answer, minutes: int = 0) -> Rsvp:
    return Rsvp(user_id, answer, STARTS - timedelta(days=1) + timedelta(minutes=minutes))


@given(rsvps, members, members)
def test_everybody_who_said_something_or_is_expected_stands_in_one_list(
    said: list[Rsvp], standing: list[int], away: list[int]
) -> None:
    found = guests(said, standing, away)
    everybody = [*found.going, *found.maybe, *found.cannot]
    assert len(set(everybody)) == len(everybody)
    assert set(everybody) == {one.user_id for one in said} | (set(standing) - set(away))
    assert found.unsaid <= set(found.going)


@given(rsvps, members, members)
def test_the_latest_answer_of_a_member_holds(
    said: list[Rsvp], standing: list[int], away: list[int]
) -> None:
    found = guests(said, standing, away)
    for user_id in {one.user_id for one in said}:
        own = [one for one in said if one.user_id == user_id]
        latest = max(one.answered_at for one in own)
        answers = [one.answer for one in own if one.answered_at == latest]
        assert found.answer_of(user_id) is answers[-1]
        assert user_id not in found.unsaid


@given(members, members)
def test_a_standing_member_who_said_nothing_is_expected_unless_away(
    standing: list[int], away: list[int]
) -> None:
    found = guests([], standing, away)
    assert found.going == tuple(dict.fromkeys(one for one in standing if one not in away))
    assert found.unsaid == set(found.going)


def test_a_standing_member_who_cannot_come_is_not_expected() -> None:
    found = guests([rsvp(1, Answer.CANNOT)], [1, 2])
    assert (found.going, found.cannot) == ((2,), (1,))


def test_an_answer_holds_even_for_who_is_away_or_no_standing_member() -> None:
    found = guests([rsvp(1, Answer.GOING), rsvp(2, Answer.MAYBE)], [1], away=[1, 2])
    assert (found.going, found.maybe, found.unsaid) == ((1,), (2,), frozenset())


def test_those_who_said_so_come_first_in_the_order_they_did() -> None:
    said = [rsvp(5, Answer.GOING, 9), rsvp(4, Answer.GOING, 3), rsvp(4, Answer.GOING, 1)]
    assert guests(said, [2, 9]).going == (4, 5, 2, 9)


def test_of_a_member_nobody_heard_of_nothing_holds() -> None:
    assert guests([rsvp(1, Answer.GOING)], [2]).answer_of(3) is None


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (STARTS - SECOND, Phase.COMING), (STARTS, Phase.RUNNING),
        (STARTS + HOUR - SECOND, Phase.RUNNING), (STARTS + HOUR, Phase.OVER),
    ],
)  # fmt: skip
def test_a_session_comes_runs_and_is_over(at: datetime, expected: Phase) -> None:
    assert phase(session(), HOUR, at) is expected
    assert phase(session(is_skipped=True), HOUR, at) is Phase.SKIPPED


def test_members_say_whether_they_come_until_it_is_over() -> None:
    require_answerable(session(), HOUR, STARTS - timedelta(days=90))
    require_answerable(session(), HOUR, STARTS + HOUR - SECOND)
    with pytest.raises(AnswersClosed):
        require_answerable(session(), HOUR, STARTS + HOUR)
    with pytest.raises(NotTakingPlace):
        require_answerable(session(is_skipped=True), HOUR, STARTS - HOUR)


def test_members_say_that_they_were_there_from_its_start_for_a_week() -> None:
    with pytest.raises(NotBegunYet) as early:
        require_attendable(session(), HOUR, STARTS - SECOND)
    assert early.value.starts == STARTS
    require_attendable(session(), HOUR, STARTS)
    end = STARTS + HOUR + ATTENDANCE_OPEN
    require_attendable(session(), HOUR, end - SECOND)
    with pytest.raises(AttendanceClosed) as late:
        require_attendable(session(), HOUR, end)
    assert late.value.closed_at == end
    with pytest.raises(NotTakingPlace):
        require_attendable(session(is_skipped=True), HOUR, STARTS)
