"""Who comes to a session and who was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import Occurrence
from bot.domain.sessions import (
    ATTENDANCE_OPEN,
    LONGEST_AGENDA,
    AgendaTooLong,
    Answer,
    AttendanceClosed,
    Phase,
    Rsvp,
    Session,
    SessionNotBegun,
    SessionOver,
    SessionSkipped,
    Style,
    agenda_of,
    guests,
)

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


def session(*, is_skipped: bool = False) -> Session:
    wall = STARTS.replace(tzinfo=None)
    return Session(
        7, Occurrence(date(2026, 3, 3), wall, STARTS, is_skipped=is_skipped), HOUR, "Here"
    )


def rsvp(user_id: int, answer: Answer, minutes: int = 0) -> Rsvp:
    return Rsvp(user_id, answer, STARTS - timedelta(days=1) + timedelta(minutes=minutes))


@given(rsvps, members, members)
def test_everybody_who_said_something_or_is_expected_stands_in_one_list(
    said: list[Rsvp], standing: list[int], away: list[int]
) -> None:
    found = guests(said, standing, away)
    everybody = [*found.going, *found.maybe, *found.cant]
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
    found = guests([rsvp(1, Answer.CANT)], [1, 2])
    assert (found.going, found.cant) == ((2,), (1,))


def test_an_answer_holds_even_for_who_is_away_or_no_standing_member() -> None:
    found = guests([rsvp(1, Answer.GOING), rsvp(2, Answer.MAYBE)], [1], away=[1, 2])
    assert (found.going, found.maybe, found.unsaid) == ((1,), (2,), frozenset())


def test_those_who_said_so_come_first_in_the_order_they_did() -> None:
    said = [rsvp(5, Answer.GOING, 9), rsvp(4, Answer.GOING, 3), rsvp(4, Answer.GOING, 1)]
    assert guests(said, [2, 9]).going == (4, 5, 2, 9)


def test_of_a_member_nobody_heard_of_nothing_holds() -> None:
    assert guests([rsvp(1, Answer.GOING)], [2]).answer_of(3) is None


def test_a_moved_session_keeps_its_key_so_its_answers() -> None:
    before = session()
    moved = replace(before.occurrence, starts=STARTS + timedelta(days=2), is_moved=True)
    after = replace(before, occurrence=moved)
    assert (after.club_id, after.original) == (before.club_id, before.original)
    assert after.ends == before.ends + timedelta(days=2)


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (STARTS - SECOND, Phase.COMING), (STARTS, Phase.RUNNING),
        (STARTS + HOUR - SECOND, Phase.RUNNING), (STARTS + HOUR, Phase.OVER),
    ],
)  # fmt: skip
def test_a_session_comes_runs_and_is_over(at: datetime, phase: Phase) -> None:
    assert session().phase(at) is phase
    assert session(is_skipped=True).phase(at) is Phase.SKIPPED


def test_members_say_whether_they_come_until_it_is_over() -> None:
    session().require_answerable(STARTS - timedelta(days=90))
    session().require_answerable(STARTS + HOUR - SECOND)
    with pytest.raises(SessionOver):
        session().require_answerable(STARTS + HOUR)
    with pytest.raises(SessionSkipped):
        session(is_skipped=True).require_answerable(STARTS - HOUR)


def test_members_say_that_they_were_there_from_its_start_for_a_week() -> None:
    with pytest.raises(SessionNotBegun) as early:
        session().require_attendable(STARTS - SECOND)
    assert early.value.starts == STARTS
    session().require_attendable(STARTS)
    end = STARTS + HOUR + ATTENDANCE_OPEN
    session().require_attendable(end - SECOND)
    with pytest.raises(AttendanceClosed) as late:
        session().require_attendable(end)
    assert late.value.closed_at == end
    with pytest.raises(SessionSkipped):
        session(is_skipped=True).require_attendable(STARTS)


def test_a_presenter_comes_before_a_round_of_takes() -> None:
    assert session().style is Style.OPEN
    assert replace(session(), takes=True).style is Style.TAKES
    assert replace(session(), takes=True, presenter_id=3).style is Style.PRESENTED


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None), (" \n\t ", None), ("\x00\u200b", None), ("  One\r\ntwo\r", "One\ntwo"),
        ("a\x07b", "ab"), ("🦑", "🦑"),
    ],
)  # fmt: skip
def test_an_agenda_is_kept_as_typed_without_control_characters(
    typed: str, kept: str | None
) -> None:
    assert agenda_of(typed) == kept


def test_an_agenda_has_a_limit() -> None:
    assert agenda_of("a" * LONGEST_AGENDA) is not None
    with pytest.raises(AgendaTooLong) as refused:
        agenda_of("a" * (LONGEST_AGENDA + 1))
    assert (refused.value.length, refused.value.limit) == (LONGEST_AGENDA + 1, LONGEST_AGENDA)
