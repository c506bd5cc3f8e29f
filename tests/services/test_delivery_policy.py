"""What readers get after a time down, around an edit, in quiet hours, and with a wrong clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.reminders import (
    Answer,
    DeliveryState,
    Meaning,
    Meeting,
    Outgoing,
    Planned,
    Preferences,
    QuietHours,
    Reason,
    ReminderKind,
    Wish,
    plan_change,
    plan_session,
)
from bot.services import delivery_steps
from bot.services.delivery_settling import settle_all
from bot.storage import deliveries_figures, deliveries_plan
from tests.services.reminding import (
    ANN,
    BOB,
    CLUB,
    GUILD,
    ROOM,
    Club,
    Discord,
    club_at,
    lost_answer,
    planned,
    snowflake,
)
from tests.storage.builders import NOW

READ_BY, DAY, HOUR = ReminderKind.READ_BY, ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE
DIGEST, MOVED, CHECK_IN = ReminderKind.DIGEST, ReminderKind.MOVED, ReminderKind.CHECK_IN
STARTS = NOW + timedelta(days=5)


def session(starts: datetime = STARTS, version: int = 1, key: str = "the day") -> Meeting:
    return Meeting(GUILD, CLUB, key, starts, ROOM, version)


@pytest.fixture
async def club(tmp_path: Path) -> AsyncIterator[Club]:
    async with club_at(tmp_path / "club.sqlite3") as opened:
        yield opened


async def plan(club: Club, *plans: Planned) -> None:
    club.source.plans = list(plans)
    await club.deliveries.plan()


async def edit(
    club: Club, meeting: Meeting | None, change: Planned | None = None, key: str = "the day"
) -> None:
    """The session is this one from now on; None: it is off."""
    plans = () if meeting is None else plan_session(meeting, [], club.now)
    club.source.plans = list(plans)
    async with club.work.write() as unit:
        await delivery_steps.sessions_changed(unit, GUILD, CLUB, [key], plans, change)


def texts(club: Club) -> list[str]:
    return [message.text for message in club.discord.messages]


@pytest.mark.parametrize(
    ("goes_down", "comes_back", "expected"),
    [
        # Hours before the session; what the channel sees.
        (30, 29, ["day-before v1", "hour-before v1"]),
        (24.1, 23.9, ["day-before v1", "hour-before v1"]),
        (25, 20, ["day-before v1 (late)", "hour-before v1"]),
        (25, 2.1, ["day-before v1 (late)", "hour-before v1"]),
        (25, 2, ["hour-before v1"]),
        (25, 0.5, ["hour-before v1 (late)"]),
        (25, 0.1, []),
        (25, -72, []),
        (25, -24 * 21, []),
    ],
)
async def test_what_is_of_use_after_a_time_down_is_sent_and_the_rest_counted(
    club: Club, goes_down: float, comes_back: float, expected: list[str]
) -> None:
    await plan(club, *plan_session(session(), [], NOW))
    club.now = STARTS - timedelta(hours=goes_down)
    assert await club.deliveries.meet_due() is not None
    club.now = STARTS - timedelta(hours=comes_back)
    club.process("two")
    await club.pass_time(hours=24 * 6)
    assert texts(club) == expected
    rows = await club.rows("state", "reason")
    assert rows.count((DeliveryState.SKIPPED, Reason.LATE)) == 2 - len(expected)
    async with club.database.read() as conn:
        missed = await deliveries_figures.missed(
            conn, GUILD, CLUB, 0, NOW, club.now + timedelta(days=1)
        )
    assert sum(missed.values()) == 2 - len(expected)


async def test_after_a_time_down_a_club_gets_the_latest_of_several_and_no_more(club: Club) -> None:
    late = [
        planned(kind, NOW - timedelta(hours=hours), key=key)
        for kind, hours, key in ((DIGEST, 9, "a"), (DAY, 6, "b"), (DAY, 3, "c"), (MOVED, 4, "d"))
    ]
    elsewhere = planned(DIGEST, NOW - timedelta(hours=8), club_id=CLUB + 1, dest=ROOM + 1)
    on_time = planned(HOUR, NOW - timedelta(minutes=1), timedelta(minutes=50), key="e", dest=ROOM)
    await plan(club, *late, elsewhere)
    await club.pass_time(minutes=5)
    assert sorted(texts(club)) == ["day-before v1 (late)", "digest v1 (late)"]
    rows = await club.rows("key", "state", "reason")
    skipped = {key for key, state, reason in rows if reason is Reason.COALESCED}
    assert skipped == {"a", "b", "d"}
    await plan(club, on_time)
    await club.pass_time(minutes=5)
    assert "hour-before v1" in texts(club)


async def test_two_clubs_in_one_channel_each_get_their_latest(club: Club) -> None:
    late = [
        planned(DAY, NOW - timedelta(hours=hours), key=f"{hours}", club_id=club_id)
        for club_id in (CLUB, CLUB + 1)
        for hours in (club_id - CLUB + 1, 5)
    ]
    await plan(club, *late)
    await club.pass_time(minutes=5)
    rows = await club.rows("club_id", "key", "state")
    sent = [(club_id, key) for club_id, key, state in rows if state is DeliveryState.SENT]
    assert sent == [(CLUB, "1"), (CLUB + 1, "2")]


async def test_a_session_called_off_before_its_reminder_is_not_reminded_of(club: Club) -> None:
    await plan(club, *plan_session(session(), [], NOW))
    await edit(club, None)
    await club.pass_time(days=6)
    assert texts(club) == []
    assert set(await club.rows("state")) == {DeliveryState.CANCELLED}


async def test_a_session_called_off_and_on_again_is_reminded_of_once(club: Club) -> None:
    await plan(club, *plan_session(session(), [], NOW))
    club.now = STARTS - timedelta(hours=23)
    await club.deliveries.meet_due()
    await edit(club, None)
    await edit(club, session())
    await club.pass_time(days=2)
    assert texts(club) == ["day-before v1 (late)", "hour-before v1"]


async def test_whoever_changes_a_session_wakes_the_alarm(club: Club) -> None:
    await edit(club, session())
    assert club.woken == [NOW]
    club.woken.clear()
    async with club.work.write() as unit:
        await delivery_steps.remind(unit, [planned(DAY, NOW + timedelta(hours=3))])
    assert club.woken == [NOW + timedelta(hours=3)]
    assert len(await club.rows("id")) == 3


async def test_nothing_beyond_the_horizon_is_written_down(club: Club) -> None:
    far = NOW + timedelta(days=9)
    async with club.work.write() as unit:
        await delivery_steps.remind(unit, [planned(DAY, far)])
    assert await club.rows("id") == []
    assert club.woken == []


async def test_moving_a_session_moves_what_was_not_sent_yet(club: Club) -> None:
    await plan(club, *plan_session(session(), [], NOW))
    later = session(STARTS + timedelta(hours=5), 2)
    await edit(club, later, plan_change(later, club.now, STARTS))
    await club.pass_time(days=6)
    assert [(m.text, m.at) for m in club.discord.messages] == [
        ("day-before v2", STARTS + timedelta(hours=5 - 24)),
        ("hour-before v2", STARTS + timedelta(hours=5 - 1)),
    ]


async def test_a_change_after_the_reminder_is_told_once_and_the_reminder_not_again(
    club: Club,
) -> None:
    await plan(club, *plan_session(session(), [], NOW))
    club.now = STARTS - timedelta(hours=24)
    await club.deliveries.meet_due()
    for _ in range(2):  # the same change twice is one change
        later = session(STARTS + timedelta(hours=5), 2)
        await edit(club, later, plan_change(later, club.now, STARTS))
    await club.pass_time(hours=30)
    assert texts(club) == ["day-before v1", "moved v2", "hour-before v2"]


async def test_an_edit_between_claim_and_mark_wins(club: Club) -> None:
    await plan(club, *plan_session(session(), [], NOW))
    club.now = STARTS - timedelta(hours=24)
    claimed = await club.deliveries._claim(25)
    later = session(STARTS + timedelta(hours=5), 2)
    await edit(club, later, plan_change(later, club.now, STARTS))
    await club.deliveries._deliver(claimed)
    assert texts(club) == []
    await club.pass_time(hours=30)
    assert texts(club) == ["day-before v2", "hour-before v2"]


async def test_a_message_on_its_way_while_its_session_changes_is_edited(club: Club) -> None:
    await plan(club, *plan_session(session(), [], NOW))
    club.now = STARTS - timedelta(hours=24)
    ready = await marked(club)
    later = session(STARTS + timedelta(hours=5), 2)
    await edit(club, later, plan_change(later, club.now, STARTS))
    club.source.texts = {DAY: "day-before, as it is now"}
    await finish(club, ready)
    await club.pass_time(hours=1)
    (message,) = club.discord.messages
    assert message.text == "day-before v1"
    assert club.discord.edits == [(message.id, "day-before, as it is now")]
    assert (await club.rows("kind", "state"))[0] == (DAY, DeliveryState.SENT)


async def test_a_message_on_its_way_while_its_session_is_called_off_says_so(club: Club) -> None:
    await plan(club, *plan_session(session(), [], NOW))
    club.now = STARTS - timedelta(hours=24)
    ready = await marked(club)
    await edit(club, None)
    club.source.texts = {DAY: None}
    await finish(club, ready)
    club.discord.faults = [lambda _discord, _message: Answer(Meaning.UNCERTAIN)]
    await club.pass_time(hours=1)
    (message,) = club.discord.messages
    assert club.discord.edits == [(message.id, "it is off")]


async def marked(club: Club) -> list[object]:
    """Deliveries marked as under way, whose messages have not gone out."""
    from bot.services.delivery_deciding import LEASE, Deciding

    claimed = await club.deliveries._claim(25)
    async with club.work.write() as unit:
        return list(await Deciding(unit, club.source, LEASE).decide(claimed))


async def finish(club: Club, ready: list[object]) -> None:
    for one in ready:
        outcome = await club.deliveries._tried(one)  # type: ignore[arg-type]  # as marked() made it
        async with club.work.write() as unit:
            await settle_all(unit, club.source, [outcome])


NIGHT = QuietHours(time(22), time(8), "Europe/London")
MIDNIGHT = datetime(2026, 1, 6, 0, 0, tzinfo=NOW.tzinfo)


async def test_a_direct_message_in_quiet_hours_is_held_and_merged_with_others(club: Club) -> None:
    club.source.wanted = {ANN: Preferences(takes_dms=True, quiet=NIGHT)}
    await plan(
        club,
        planned(DAY, MIDNIGHT, reader=ANN),
        planned(DAY, MIDNIGHT + timedelta(hours=2), reader=ANN, club_id=CLUB + 1),
        planned(DAY, MIDNIGHT, reader=BOB),
        planned(DAY, MIDNIGHT),
    )
    await club.pass_time(hours=24)
    told = sorted((m.dest, m.at, m.text) for m in club.discord.messages)
    assert told == [
        (ANN, MIDNIGHT + timedelta(hours=8), "day-before v1; day-before v1"),
        (BOB, MIDNIGHT, "day-before v1"),
        (ROOM, MIDNIGHT, "day-before v1"),
    ]
    rows = await club.rows("state", "reason", "merged_into")
    assert (DeliveryState.SKIPPED, Reason.MERGED, 1) in rows


@pytest.mark.parametrize("version", [1, 2])
async def test_what_is_held_stays_so_whatever_is_planned_again(club: Club, version: int) -> None:
    """Planned as before or with a session that has changed, it comes once, and is not late."""
    club.source.wanted = {ANN: Preferences(takes_dms=True, quiet=NIGHT)}
    await plan(club, planned(DAY, MIDNIGHT, reader=ANN))
    await club.pass_time(hours=8)
    again = planned(DAY, MIDNIGHT, reader=ANN, version=version)
    held = MIDNIGHT + timedelta(hours=8)
    for now in (club.now, held, held + timedelta(minutes=10)):
        club.now = now
        await plan(club, again)
        assert await club.rows("held_until", "next_at") == [(held, held)]
    async with club.work.write() as unit:
        await delivery_steps.sessions_changed(unit, GUILD, CLUB, [again.key], [again])
    await club.pass_time(hours=1)
    assert [message.text for message in club.discord.messages] == [f"day-before v{version}"]


async def test_what_is_held_and_moved_comes_at_its_new_time(club: Club) -> None:
    club.source.wanted = {ANN: Preferences(takes_dms=True, quiet=NIGHT)}
    await plan(club, planned(DAY, MIDNIGHT, reader=ANN))
    await club.pass_time(hours=8)
    later = MIDNIGHT + timedelta(hours=12)
    await plan(club, planned(DAY, later, reader=ANN, version=2))
    assert await club.rows("held_until", "next_at") == [(None, later)]
    await club.pass_time(hours=24)
    assert [(m.text, m.at) for m in club.discord.messages] == [("day-before v2", later)]


async def test_what_is_of_no_use_after_the_quiet_hours_is_skipped_and_counted(club: Club) -> None:
    club.source.wanted = {ANN: Preferences(takes_dms=True, quiet=NIGHT)}
    await plan(club, planned(HOUR, MIDNIGHT, timedelta(minutes=50), reader=ANN))
    await club.pass_time(hours=24)
    assert texts(club) == []
    assert await club.rows("state", "reason") == [(DeliveryState.SKIPPED, Reason.QUIET)]


async def test_a_merged_message_says_the_same_after_its_answer_was_lost(club: Club) -> None:
    said: list[Outgoing] = []

    def lost(discord: Discord, message: Outgoing) -> Answer:
        said.append(message)
        return Answer(Meaning.UNCERTAIN)

    def kept(discord: Discord, message: Outgoing) -> Answer:
        said.append(message)
        return discord.deliver(message)

    await plan(club, *(planned(DAY, reader=ANN, club_id=n) for n in (1, 2, 3)))
    club.discord.faults = [lost, kept]
    await club.pass_time(minutes=1)
    assert said[0] == said[1]
    assert len(said[0].told) == 3


async def test_what_was_merged_into_a_message_that_is_refused_was_missed_too(club: Club) -> None:
    await plan(club, *(planned(DAY, reader=ANN, club_id=n) for n in (1, 2)))
    club.discord.faults = [lambda _discord, _message: Answer(Meaning.CLOSED, 50007)]
    await club.pass_time(minutes=1)
    failed = (DeliveryState.FAILED, Reason.CLOSED)
    assert await club.rows("state", "reason") == [failed, failed]
    assert club.source.refusals == [(ANN, Meaning.CLOSED)]


async def test_who_takes_no_direct_messages_gets_none(club: Club) -> None:
    club.source.wanted = {ANN: Preferences(takes_dms=False)}
    await plan(club, planned(DAY, reader=ANN))
    await club.pass_time(hours=1)
    assert not club.discord.requests["send"]
    assert await club.rows("state", "reason") == [(DeliveryState.SKIPPED, Reason.CLOSED)]


async def test_a_member_is_prompted_twice_a_week_and_reminded_of_every_session(club: Club) -> None:
    club.source.wanted = {ANN: Preferences(takes_dms=True, answered_at=NOW + timedelta(days=30))}
    days = [NOW + timedelta(days=n) for n in range(6)]
    prompts = [planned(CHECK_IN, at, reader=ANN, key=f"check {n}") for n, at in enumerate(days)]
    sessions = [planned(DAY, at + timedelta(hours=1), reader=ANN, key=f"{at}") for at in days]
    await plan(club, *prompts, *sessions)
    await club.pass_time(days=6)
    kinds = [message.kinds[0] for message in club.discord.messages]
    assert (kinds.count(CHECK_IN), kinds.count(DAY)) == (2, 6)
    # The rest comes along with what is sent anyway.
    together = [message.kinds for message in club.discord.messages if len(message.kinds) > 1]
    assert together == [(DAY, CHECK_IN)] * 4
    assert (await club.rows("reason")).count(Reason.MERGED) == 4


async def test_who_does_not_answer_two_prompts_has_peace(club: Club) -> None:
    await plan(
        club,
        *(planned(READ_BY, NOW + timedelta(days=4 * n), reader=ANN, key=f"{n}") for n in range(2)),
    )
    await club.pass_time(days=8)
    await plan(club, planned(READ_BY, club.now + timedelta(days=1), reader=ANN, key="third"))
    await club.pass_time(days=2)
    assert len(club.discord.messages) == 2
    assert (await club.rows("reason"))[-1] is Reason.BACK_OFF


@pytest.mark.parametrize(
    "step", [timedelta(days=1), timedelta(hours=-1), timedelta(seconds=61), timedelta(seconds=-61)]
)
async def test_nothing_is_sent_while_the_clock_is_out_of_step_and_all_when_it_is_back(
    club: Club, step: timedelta
) -> None:
    await plan(club, planned(DAY, NOW + timedelta(minutes=1)))
    await club.deliveries.meet_due()
    true = NOW + timedelta(minutes=2)
    club.now = true + step
    club.discord.ahead = step
    club.deliveries.clocks.observe(snowflake(true))
    for _ in range(5):
        await club.deliveries.meet_due()
        club.now += timedelta(minutes=1)
    assert club.discord.requests["send"] == 0
    assert club.deliveries.clocks.ahead == pytest.approx(step, abs=timedelta(seconds=1))
    club.now -= step
    club.discord.ahead = timedelta()
    await club.pass_time(minutes=5)
    assert texts(club) == ["day-before v1"]
    assert not club.deliveries.clocks.is_out_of_step


async def test_a_clock_that_jumps_between_two_interactions_is_noticed_before_anything_is_sent(
    club: Club,
) -> None:
    await plan(club, planned(DAY, NOW), planned(DAY, NOW + timedelta(hours=20), key="next"))
    await club.deliveries.meet_due()
    club.now += timedelta(days=1)
    club.discord.ahead = timedelta(days=1)
    for _ in range(3):
        await club.deliveries.meet_due()
    assert len(club.discord.messages) == 1


async def test_a_message_just_sent_tells_that_the_clock_is_wrong(club: Club) -> None:
    await plan(club, *(planned(DAY, NOW, key=f"{n}") for n in range(60)))
    club.deliveries.clocks.observe(snowflake(NOW))
    club.discord.ahead = timedelta(seconds=90)
    await club.deliveries.meet_due()
    assert club.deliveries.clocks.ahead == pytest.approx(
        timedelta(seconds=90), abs=timedelta(seconds=1)
    )
    await club.deliveries.meet_due()
    assert len(club.discord.messages) <= 40


async def test_after_a_suspend_what_is_late_goes_at_the_first_look(club: Club) -> None:
    await plan(club, planned(DAY, NOW + timedelta(hours=1)))
    await club.deliveries.meet_due()
    club.now += timedelta(hours=6)
    await club.deliveries.meet_due()
    assert texts(club) == ["day-before v1 (late)"]


@pytest.mark.parametrize("back", [timedelta(seconds=50), timedelta(hours=1)])
async def test_a_clock_set_back_after_a_lost_answer_does_not_double(
    club: Club, back: timedelta
) -> None:
    await plan(club, planned())
    club.discord.faults = [lost_answer]
    await club.deliveries.meet_due()
    club.now -= back
    club.discord.ahead = -back
    await club.pass_time(hours=1, minutes=10)
    club.now += back
    club.discord.ahead = timedelta()
    await club.pass_time(hours=1)
    assert len(club.discord.messages) == 1
    assert await club.rows("state") == [DeliveryState.SENT]


async def test_a_place_that_can_be_written_to_again_gets_what_is_of_use_still(club: Club) -> None:
    await plan(club, *plan_session(session(), [Wish(ANN, frozenset({DAY}))], NOW))
    club.now = STARTS - timedelta(hours=24)
    club.discord.faults = [
        lambda discord, message: (
            discord.deliver(message) if message.lead.by_dm else Answer(Meaning.FORBIDDEN, 50013)
        )
    ] * 2
    await club.pass_time(hours=2)
    async with club.work.write() as unit:
        assert await deliveries_plan.reopen(unit.conn, GUILD, ROOM, unit.now) == 2
    await club.pass_time(days=2)
    assert sorted(texts(club)) == ["day-before v1", "day-before v1 (late)", "hour-before v1"]


async def test_a_server_that_removed_the_bot_gets_nothing(club: Club) -> None:
    await plan(club, *plan_session(session(), [], NOW))
    async with club.work.write() as unit:
        await deliveries_plan.cancel_guild(unit.conn, GUILD, unit.now)
    club.source.plans = []
    await club.pass_time(days=6)
    assert texts(club) == []
