"""How far a member is with what a session reads, and what their notices are to the ledger."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notices import Notice, NoticeKind
from bot.domain.personal_reminders import (
    OwnProgress,
    ReadingState,
    notice_of,
    notice_planned,
    split_of,
)
from bot.domain.progress import Depth
from bot.domain.reminders import (
    BUDGETED,
    DeliveryState,
    ReminderChoices,
    ReminderKind,
    Rival,
    Turn,
    misfire,
    urgency,
)
from bot.domain.schedule.reading import read_time
from bot.domain.sessions import SessionReading

NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
SECTIONS = ("one", "two", "three")

readings = st.builds(
    SessionReading,
    st.sampled_from(("a", "b", "c")),
    st.lists(st.sampled_from(SECTIONS), unique=True).map(tuple),
)
progress = st.builds(
    OwnProgress,
    st.dictionaries(st.sampled_from(("a", "b", "c")), st.sampled_from(Depth)),
    st.dictionaries(st.sampled_from(("a", "b", "c")), st.frozensets(st.sampled_from(SECTIONS))),
)


@given(progress, st.lists(readings, max_size=4), st.booleans())
def test_who_is_done_is_never_told_to_read(
    own: OwnProgress, session: list[SessionReading], presents: bool
) -> None:
    state = own.state(session, presents=presents)
    left = own.left_of(session)
    assert (state is None) == (not left)
    assert (state is ReadingState.PRESENTING) == (presents and bool(left))
    for one in left:
        depth = own.depths.get(one.paper_id)
        assert depth is None or not depth.is_reader
        assert not set(one.section_ids) & set(own.sections.get(one.paper_id, ()))


def test_a_member_has_not_begun_or_is_behind_or_is_done() -> None:
    session = [SessionReading("a", ("one", "two"))]
    states = [
        OwnProgress({}, {}).state(session, presents=False),
        OwnProgress({"a": Depth.SIGNED_UP}, {}).state(session, presents=False),
        OwnProgress({"a": Depth.READING}, {}).state(session, presents=False),
        OwnProgress({}, {"a": {"one"}}).state(session, presents=False),
        OwnProgress({}, {"a": {"one", "two"}}).state(session, presents=False),
        OwnProgress({"a": Depth.READ}, {}).state(session, presents=True),
    ]
    assert states == [
        ReadingState.NOT_STARTED, ReadingState.NOT_STARTED, ReadingState.BEHIND,
        ReadingState.BEHIND, None, None,
    ]  # fmt: skip


@given(st.sampled_from(NoticeKind), st.integers(1, 2**62), st.none() | st.integers(1, 9))
def test_a_notice_is_a_delivery_of_its_own_until_it_expires(
    kind: NoticeKind, number: int, days: int | None
) -> None:
    expires = None if days is None else NOW + timedelta(days=days)
    planned = notice_planned(Notice(number, 1, 2, kind, None, None, None, None, NOW, expires), NOW)
    assert (notice_of(planned), split_of(planned)) == (number, None)
    assert planned.by_dm
    assert planned.deadline == (expires or NOW + timedelta(days=7))
    assert (planned.kind in BUDGETED) == (kind is NoticeKind.CHECK_IN)
    # However late it is, and whatever else came later, it is told: nothing else tells it.
    rival = Rival(2, NOW + timedelta(hours=1), planned.deadline, DeliveryState.SENT)
    late = planned.deadline - timedelta(seconds=1)
    assert misfire(1, planned, [rival], late) is Turn.GOES


def test_every_kind_has_its_place_in_a_rush() -> None:
    assert sorted(urgency(kind) for kind in ReminderKind) == list(range(len(ReminderKind)))


@pytest.mark.parametrize(
    ("zone", "used"),
    [("Europe/Berlin", "Europe/Berlin"), (None, "UTC"), ("Europe/Gone", "UTC"), ("../x", "UTC")],
)
def test_quiet_hours_hold_in_utc_where_there_is_no_zone(zone: str | None, used: str) -> None:
    quiet = ReminderChoices(quiet=(time(22), time(8))).quiet_hours(zone)
    assert quiet is not None
    assert quiet.zone == used


@pytest.mark.parametrize(
    ("said", "meant"),
    [("22:00", time(22)), ("8", time(8)), (" 7.30 pm", time(19, 30)), ("midnight", time(0)),
     ("0630", time(6, 30)), ("25:00", None), ("22:00 or so", None), ("", None), ("soon", None),
     ("9" * 500, None), ("\0", None)],
)  # fmt: skip
def test_a_time_of_day_is_read_as_people_write_it(said: str, meant: time | None) -> None:
    assert read_time(said) == meant
