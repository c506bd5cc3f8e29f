"""Reminders in the channel of a club, on the simulated clock: each once, at its time, as it holds."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.domain.clubs import Club as ReadingClub
from bot.domain.members import Actor
from bot.domain.sessions import Answer
from bot.settings import Settings
from tests.cogs.conftest import PATIENCE, Club
from tests.cogs.reminding import DAY, HOUR, digests, jump, pass_until, reminders
from tests.cogs.schedule import club_saved, forbid, press_first, pressing
from tests.cogs.test_coverage import message_of
from tests.cogs.test_signups import organiser
from tests.cogs.test_split import ids_of

# The clocks in Berlin go forward on 29 March: a Tuesday at 18:00 is at 17:00 UTC before, 16:00 after.
THURSDAY = datetime(2026, 3, 19, 12, tzinfo=UTC)
FIRST = datetime(2026, 3, 24, 17, tzinfo=UTC)
SECOND = datetime(2026, 3, 31, 16, tzinfo=UTC)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Long naps: what is due wakes the alarm anyway, and days pass quickly."""
    return settings.model_copy(update={"nap": 86400})


async def weekly(club: Club) -> tuple[simcord.MemberActor, ReadingClub]:
    """A club that meets on Tuesdays at 18:00 in Berlin, made on a Thursday."""
    jump(club, THURSDAY)
    olga = organiser(club)
    await club_saved(club, olga)
    (made,) = await club.bot.services.clubs.clubs(club.guild.id)
    return olga, made


def minutes(messages: list[discord.Message]) -> list[datetime]:
    return [message.created_at.replace(second=0, microsecond=0) for message in messages]


async def test_weeks_and_sessions_are_told_of_once_each_across_a_change_of_the_clocks(
    club: Club,
) -> None:
    await weekly(club)
    await pass_until(club, SECOND + DAY)
    # At nine in Berlin: at 8:00 UTC before the change, at 7:00 after it.
    assert minutes(digests(club)) == [FIRST - 33 * HOUR, SECOND - 33 * HOUR]
    for message, starts in zip(digests(club), (FIRST, SECOND), strict=True):
        assert message.content.startswith("## Readers: the week of <t:")
        assert f"- **<t:{int(starts.timestamp())}:F>**" in message.content
        (sign_up, _) = ids_of(message)
        result = await club.alice.click(message, custom_id=sign_up)
        assert "signed up" in str(result.response)
    told = reminders(club)
    assert minutes(told) == [FIRST - DAY, FIRST - HOUR, SECOND - DAY, SECOND - HOUR]
    for message, starts in zip(told, (FIRST, FIRST, SECOND, SECOND), strict=True):
        assert f"<t:{int(starts.timestamp())}:F>" in message.content
        assert f"<t:{int(starts.timestamp())}:R>" in message.content
        assert "**Readers**" in message.content
        assert f"Where: <#{club.channel.id}>" in message.content
        assert "late" not in message.content


async def test_a_skipped_session_is_reminded_of_by_nothing(club: Club) -> None:
    olga, made = await weekly(club)
    await pass_until(club, FIRST - DAY - HOUR)
    await olga.slash(club.channel, "schedule skip", session=f"{made.id}:2026-03-24")
    await pass_until(club, SECOND - 2 * DAY)
    assert reminders(club) == []
    await pass_until(club, SECOND)
    assert minutes(reminders(club)) == [SECOND - DAY, SECOND - HOUR]


async def test_a_session_taken_back_after_a_skip_is_reminded_of(club: Club) -> None:
    olga, made = await weekly(club)
    skipped = await olga.slash(club.channel, "schedule skip", session=f"{made.id}:2026-03-24")
    await press_first(olga, skipped, "undo")
    await pass_until(club, FIRST)
    assert minutes(reminders(club)) == [FIRST - DAY, FIRST - HOUR]


async def test_a_moved_session_is_reminded_of_at_its_new_time(club: Club) -> None:
    olga, made = await weekly(club)
    asked = await olga.slash(
        club.channel, "schedule move", session=f"{made.id}:2026-03-24", to="Thu 26 March 20:00"
    )
    await press_first(olga, asked, "schedule-move")
    moved = datetime(2026, 3, 26, 19, tzinfo=UTC)
    await pass_until(club, moved)
    assert minutes(reminders(club)) == [moved - DAY, moved - HOUR]


async def test_a_session_moved_after_its_first_reminder_is_told_of_once_more(club: Club) -> None:
    olga, made = await weekly(club)
    await pass_until(club, FIRST - DAY + HOUR)
    asked = await olga.slash(
        club.channel, "schedule move", session=f"{made.id}:2026-03-24", to="Tue 24 March 21:00"
    )
    await press_first(olga, asked, "schedule-move")
    await pass_until(club, FIRST + DAY)
    assert minutes(reminders(club)) == [FIRST - DAY, FIRST + 3 * HOUR - HOUR]


@pytest.mark.parametrize("command", ["pause", "end"])
async def test_a_club_that_does_not_meet_is_not_reminded(club: Club, command: str) -> None:
    olga, made = await weekly(club)
    done = await olga.slash(club.channel, f"schedule {command}", club=str(made.id))
    if command == "end":
        await press_first(olga, done, "schedule-end")
    await pass_until(club, FIRST + HOUR)
    assert reminders(club) == []


async def test_a_club_made_shortly_before_its_session_is_not_late(club: Club) -> None:
    jump(club, FIRST - 5 * HOUR)
    await club_saved(club, organiser(club))
    await pass_until(club, FIRST)
    assert minutes(reminders(club)) == [FIRST - HOUR]


async def test_the_last_reminder_calls_those_who_said_that_they_come(club: Club) -> None:
    _, made = await weekly(club)
    services = club.bot.services
    day = FIRST.date()
    carol = club.guild.add_member(club.env.create_user("carol"))
    with club.env.time_context():
        for member, answer in ((club.alice, Answer.GOING), (club.bob, Answer.MAYBE)):
            actor = Actor(club.guild.id, member.id, "somebody")
            await services.sessions.answer(actor, made.id, day, answer)
        await services.clubs.join(Actor(club.guild.id, carol.id, "carol"), made.id)
    await pass_until(club, FIRST)
    before, last = reminders(club)
    assert f"<@{club.alice.id}>" not in before.content
    assert f"<@{club.alice.id}>" in last.content
    posts = [r.json or {} for r in club.env.http_requests if "tc1:reminders:" in str(r.json)]
    allowed = [post["allowed_mentions"] for post in posts]
    assert [[int(user) for user in one.get("users", ())] for one in allowed] == [
        [], [], [club.alice.id]
    ], "the digest, a day and an hour before"  # fmt: skip
    assert all(one["parse"] == [] for one in allowed)


async def test_an_organiser_sees_what_will_be_sent_and_gets_a_test_of_it_alone(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga, _ = await weekly(club)
    others = await club.bob.slash(club.channel, "schedule show")
    assert "What will be sent" not in str(message_of(others).embeds[0].to_dict())
    seen = await olga.slash(club.channel, "schedule show")
    sent = str(message_of(seen).embeds[0].to_dict())
    for due, text in (
        (FIRST - 33 * HOUR, "the digest of the week"),
        (FIRST - DAY, "a day before"), (FIRST - HOUR, "an hour before"),
    ):  # fmt: skip
        assert f"<t:{int(due.timestamp())}:f> (<t:{int(due.timestamp())}:R>): {text}" in sent
    test = pressing(message_of(seen), "Send a test reminder to me")
    answer = await olga.click(message_of(seen), custom_id=test)
    assert message_of(answer).content == "I sent it to you privately."
    told = olga.user.dm_channel.last_message
    assert told is not None
    head, text = told.content.split("\n", 1)
    assert "A test" in head
    assert text.startswith("## Readers: the week of <t:")
    assert "'disabled': False" not in str([row.to_dict() for row in told.components])

    async def closed(*_args: object, **_options: object) -> None:
        refused = SimpleNamespace(status=403, reason="Forbidden")
        raise discord.Forbidden(refused, {"code": 50007, "message": "no"})

    monkeypatch.setattr(discord.Member, "send", closed)
    here = message_of(await olga.click(message_of(seen), custom_id=test))
    why, same = here.content.split("\n", 1)
    assert "Open them in the privacy settings of this server" in why
    assert (same, here.flags.ephemeral) == (told.content, True)
    assert digests(club) == reminders(club) == []


async def test_its_button_tells_when_the_next_ones_come(club: Club) -> None:
    await weekly(club)
    await pass_until(club, FIRST - HOUR - timedelta(minutes=5))
    (told,) = reminders(club)
    result = await club.bob.click(told, custom_id=pressing(told, "My reminders"))
    answer = message_of(result)
    assert answer.flags.ephemeral
    for at in (FIRST - HOUR, SECOND - DAY):
        assert f"<t:{int(at.timestamp())}:f>" in answer.content
    assert f"<#{club.channel.id}>" in answer.content


async def test_after_a_restart_nothing_is_said_twice_and_nothing_left_out(
    settings: Settings,
) -> None:
    async with open_bot(settings) as first, open_bot(settings) as second:
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, first)
        await weekly(club)
        await pass_until(club, FIRST - DAY + HOUR)
        await first._alarm.stop()
        jump(club, FIRST - timedelta(minutes=40))
        await env.restart_bot(second)
        await env.settle()
        await pass_until(club, SECOND)
        told = reminders(club)
        assert minutes(told) == [
            FIRST - DAY, FIRST - timedelta(minutes=40), SECOND - DAY, SECOND - HOUR
        ]  # fmt: skip
        assert ["20 minutes late" in message.content for message in told] == [
            False, True, False, False,
        ]  # fmt: skip
        await env.shutdown()


async def test_who_made_a_club_is_told_once_that_its_channel_is_closed(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    olga, made = await weekly(club)
    forbid(club, send=False)
    await pass_until(club, FIRST - HOUR + timedelta(minutes=20))
    forbid(club, send=True)
    assert reminders(club) == []
    (found,) = await club.bot.services.clubs.clubs(club.guild.id)
    assert found.trouble is not None
    with club.env.time_context():
        told = await club.bot.services.notices.waiting(club.guild.id, olga.id)
    assert [one.notice.detail for one in told] == [f"forbidden:{club.channel.id}:{made.name}"]
    with club.env.time_context():
        await club.bot.services.clubs.report_trouble(club.guild.id, made.id, None)
    await club.env.settle()
    (late,) = reminders(club)
    assert "late" in late.content


async def test_a_lost_connection_and_an_outage_change_nothing_and_double_nothing(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    await weekly(club)
    for _ in range(3):
        club.bot.dispatch("disconnect")
        club.bot.dispatch("resumed")
        club.bot.dispatch("ready")
        await club.env.settle()
    guild = club.bot.get_guild(club.guild.id)
    assert guild is not None
    outage: Any = {"id": str(club.guild.id), "unavailable": True}
    club.bot._connection.parse_guild_delete(outage)
    await club.env.settle()
    assert guild.unavailable
    await pass_until(club, FIRST - DAY - HOUR)
    guild.unavailable = False
    club.bot.dispatch("guild_available", guild)
    club.bot.dispatch("ready")
    await pass_until(club, FIRST)
    assert minutes(reminders(club)) == [FIRST - DAY, FIRST - HOUR]
    assert len(digests(club)) == 1
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_a_server_that_removed_the_bot_is_reminded_of_nothing(club: Club) -> None:
    await weekly(club)
    with club.env.time_context():
        await club.bot.services.guilds.left(club.guild.id)
    await pass_until(club, FIRST - 2 * HOUR)
    assert reminders(club) == []
    with club.env.time_context():
        await club.bot.services.guilds.joined(club.guild.id)
    await pass_until(club, FIRST)
    assert minutes(reminders(club)) == [FIRST - HOUR]
