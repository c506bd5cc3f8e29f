"""Which reminders there are for a session, and when each is of use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reminders import (
    BEFORE_SESSION,
    CHANNEL,
    HORIZON,
    MENTIONED_AT_MOST,
    LeadOutOfRange,
    Meeting,
    ReminderKind,
    Wish,
    digest_mondays,
    mentioned,
    plan_change,
    plan_digest,
    plan_session,
    urgency,
)

NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
READ_BY, DAY, HOUR = ReminderKind.READ_BY, ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE

hours = st.integers(-200, 400)
kinds = st.frozensets(st.sampled_from(sorted(BEFORE_SESSION)))
wishes = st.lists(
    st.builds(Wish, st.integers(1, 5), kinds, st.booleans()), unique_by=lambda wish: wish.user_id
)


def meeting(starts: datetime, version: int = 1) -> Meeting:
    return Meeting(1, 2, "2026-01-08", starts, 30, version)


@given(hours, wishes)
def test_every_reminder_is_of_use_when_it_is_planned_and_due_before_its_last_moment(
    ahead: int, asked: list[Wish]
) -> None:
    starts = NOW + timedelta(hours=ahead)
    for planned in plan_session(meeting(starts), asked, NOW):
        assert planned.due < planned.deadline < starts
        assert planned.deadline > NOW
        assert planned.due <= NOW + HORIZON


@given(hours, wishes)
def test_no_reminder_is_planned_twice(ahead: int, asked: list[Wish]) -> None:
    planned = plan_session(meeting(NOW + timedelta(hours=ahead)), asked, NOW)
    assert len({(p.key, p.kind, p.part, p.reader) for p in planned}) == len(planned)


@given(wishes, st.integers(0, 300), st.integers(0, 300))
def test_moving_a_session_changes_no_key(asked: list[Wish], one: int, other: int) -> None:
    """So that what was sent before the move is not sent again after it."""

    def keys(ahead: int) -> set[tuple[object, ...]]:
        planned = plan_session(
            meeting(NOW + timedelta(hours=ahead)), asked, NOW, timedelta(days=99)
        )
        return {(p.key, p.kind, p.part, p.reader) for p in planned}

    assert keys(80 + one) == keys(80 + other)


@given(wishes)
def test_members_get_what_they_asked_for_and_nothing_else(asked: list[Wish]) -> None:
    planned = plan_session(meeting(NOW + timedelta(days=7)), asked, NOW)
    to_members = {(p.reader, p.kind) for p in planned if p.by_dm}
    wanted = {(w.user_id, kind) for w in asked if w.by_dm for kind in w.kinds}
    assert to_members == wanted
    assert all(p.dest == p.reader for p in planned if p.by_dm)
    in_channel = {p.kind for p in planned if not p.by_dm}
    read_here = any(not wish.by_dm and READ_BY in wish.kinds for wish in asked)
    assert in_channel == {DAY, HOUR} | ({READ_BY} if read_here else set())


@pytest.mark.parametrize(
    ("kind", "lead", "until"),
    [
        (READ_BY, timedelta(days=3), timedelta(days=2)),
        (DAY, timedelta(hours=24), timedelta(hours=2)),
        (HOUR, timedelta(hours=1), timedelta(minutes=10)),
    ],
)
def test_each_kind_has_its_lead_and_its_last_useful_moment(
    kind: ReminderKind, lead: timedelta, until: timedelta
) -> None:
    starts = NOW + timedelta(days=7)
    planned = plan_session(meeting(starts), [Wish(5, frozenset({kind}))], NOW)
    (mine,) = (p for p in planned if p.by_dm)
    assert (starts - mine.due, starts - mine.deadline) == (lead, until)


def test_a_member_chooses_lead_times() -> None:
    starts = NOW + timedelta(days=7)
    wish = Wish(5, frozenset({DAY}), leads={DAY: timedelta(hours=36)})
    (mine,) = (p for p in plan_session(meeting(starts), [wish], NOW) if p.by_dm)
    assert mine.due == starts - timedelta(hours=36)


@pytest.mark.parametrize("lead", [timedelta(hours=2), timedelta(days=7, seconds=1)])
def test_a_lead_at_which_a_reminder_is_of_no_use_is_refused(lead: timedelta) -> None:
    with pytest.raises(LeadOutOfRange) as refused:
        Wish(5, frozenset({DAY}), leads={DAY: lead})
    assert (refused.value.kind, refused.value.shortest) == (DAY, timedelta(hours=2))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Tokyo"])
def test_the_digest_comes_on_mondays_at_nine_on_the_clubs_clock_through_the_year(zone: str) -> None:
    for week in range(52):
        planned = plan_digest(1, 2, 30, zone, date(2026, 1, 5) + timedelta(weeks=week))
        local = planned.due.astimezone(ZoneInfo(zone))
        assert (local.weekday(), local.hour, local.minute) == (0, 9, 0)
        assert planned.deadline - planned.due == timedelta(hours=24)


@given(st.integers(0, 24 * 400))
def test_there_is_a_digest_to_plan_for_every_week_and_no_old_one(ahead: int) -> None:
    now = NOW + timedelta(hours=ahead)
    mondays = digest_mondays("Europe/Berlin", now)
    assert 1 <= len(mondays) <= 3
    for monday in mondays:
        planned = plan_digest(1, 2, 30, "Europe/Berlin", monday)
        assert planned.deadline > now
        assert planned.due <= now + HORIZON
    assert all(b - a == timedelta(days=7) for a, b in pairwise(mondays))


def test_each_version_of_a_session_is_told_of_once() -> None:
    first, second = (
        plan_change(meeting(NOW + timedelta(days=1), version=v), NOW, NOW + timedelta(hours=9))
        for v in (2, 3)
    )
    assert (first.part, second.part) == (2, 3)
    assert (first.reader, first.kind) == (CHANNEL, ReminderKind.MOVED)


@given(st.sampled_from(ReminderKind), st.lists(st.integers(1, 200), max_size=300))
def test_only_the_hour_before_mentions_and_nobody_twice(
    kind: ReminderKind, going: list[int]
) -> None:
    named = mentioned(kind, going)
    if kind is not HOUR:
        assert named == ()
    else:
        assert len(named) == len(set(named)) == min(len(set(going)), MENTIONED_AT_MOST)


def test_the_hour_before_goes_first_and_the_digest_last() -> None:
    ordered = sorted(ReminderKind, key=urgency)
    assert (ordered[0], ordered[-1]) == (HOUR, ReminderKind.DIGEST)
    assert urgency(DAY) < urgency(READ_BY)
