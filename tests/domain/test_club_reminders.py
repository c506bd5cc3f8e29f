"""What a club's channel is reminded of, and what not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.club_reminders import club_plan, said_going, starts_of, trouble_of
from bot.domain.clubs import Club, ClubTrouble
from bot.domain.reminders import HORIZON, Meaning, ReminderKind
from bot.domain.schedule import Moved, Pause, Skipped
from bot.domain.sessions import Guests
from tests.domain.club_reminding import HOUR, NOW, STARTS, TUESDAY, changed, club


def hours_before(made: Club, now: datetime = NOW) -> list[tuple[str, ReminderKind, datetime]]:
    return [(one.key, one.kind, one.due) for one in club_plan(made, {}, now)]


def test_a_club_is_told_a_day_and_an_hour_before_within_the_horizon() -> None:
    assert hours_before(club()) == [
        ("2026-03-24", ReminderKind.DAY_BEFORE, STARTS - 24 * HOUR),
        ("2026-03-24", ReminderKind.HOUR_BEFORE, STARTS - HOUR),
    ]
    assert {key for key, _, _ in hours_before(club(), NOW + timedelta(days=4))} == {
        "2026-03-24", "2026-03-31",
    }  # fmt: skip
    last = [one.due for one in club_plan(club(), {}, NOW + timedelta(days=3, hours=5))]
    assert max(last) <= NOW + timedelta(days=3, hours=5) + HORIZON


@pytest.mark.parametrize(
    "made",
    [
        changed(changes={TUESDAY: Skipped()}),
        changed(pauses=(Pause(NOW, NOW + timedelta(days=6)),)),
        club(ended_at=NOW),
    ],
    ids=["skipped", "paused", "ended"],
)
def test_a_session_that_does_not_take_place_is_not_told_of(made: Club) -> None:
    assert hours_before(made) == []


def test_a_moved_session_keeps_its_key() -> None:
    made = changed(changes={TUESDAY: Moved(datetime(2026, 3, 25, 20))})  # noqa: DTZ001 - wall-clock time
    assert hours_before(made)[1] == (
        "2026-03-24", ReminderKind.HOUR_BEFORE, datetime(2026, 3, 25, 18, tzinfo=UTC),
    )  # fmt: skip


def test_what_was_due_before_the_club_was_changed_is_not_told_late() -> None:
    now = STARTS - 5 * HOUR
    first, last = hours_before(club(), now)[:2]
    assert (first[1], last[1]) == (ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE)
    assert hours_before(club(changed_at=now), now)[0] == last
    just = last[2] + timedelta(minutes=10)
    assert hours_before(club(changed_at=just), just)[0] == last, "a moment ago is not late"


def test_the_version_of_a_session_goes_along() -> None:
    assert {one.version for one in club_plan(club(), {TUESDAY: 3}, NOW)} == {3}
    assert {one.version for one in club_plan(club(), {}, NOW)} == {1}


def test_a_planned_reminder_knows_when_its_session_begins() -> None:
    assert {starts_of(one) for one in club_plan(club(), {}, NOW)} == {STARTS}


@pytest.mark.parametrize(
    ("meaning", "trouble"),
    [
        (Meaning.GONE, ClubTrouble.CHANNEL_GONE),
        (Meaning.FORBIDDEN, ClubTrouble.FORBIDDEN),
        (Meaning.CLOSED, ClubTrouble.FORBIDDEN),
    ],
)
def test_a_refusal_says_what_is_in_the_way(meaning: Meaning, trouble: ClubTrouble) -> None:
    assert trouble_of(meaning) is trouble


def test_only_those_who_said_so_are_called() -> None:
    assert said_going(Guests((1, 2, 3), (4,), (5,), frozenset({3}))) == (1, 2)
