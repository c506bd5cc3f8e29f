"""A club that meets in the simulated Discord, and its members' presses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import discord
import simcord

from bot.domain.clubs import Club as ReadingClub
from bot.domain.clubs import ClubDraft
from bot.domain.members import Actor
from bot.domain.schedule import Recurrence, Series
from tests.cogs.conftest import Club
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser
from tests.cogs.test_split import ids_of

HOUR = timedelta(hours=1)


def member(club: Club, who: simcord.MemberActor, name: str) -> Actor:
    return Actor(club.guild.id, who.id, name)


def boss(club: Club) -> Actor:
    return Actor(club.guild.id, 7, "boss", manages=True)


async def found_club(club: Club, name: str = "Readers", *, in_days: int = 3) -> ReadingClub:
    """A weekly club whose next session is in so many days at 18:00 UTC."""
    # The use cases that a test calls by itself have the members' time too.
    club.bot.services.clubs._work._clock = club.env.now
    first = today(club) + timedelta(days=in_days)
    series = Series(Recurrence((first.weekday(),), time(18)), "UTC", first)
    draft = ClubDraft(name, series, club.channel.id)
    return await club.bot.services.club_organising.create(boss(club), draft)


def today(club: Club) -> date:
    return now(club).date()


def now(club: Club) -> datetime:
    return club.env.now()


async def show(club: Club, who: simcord.MemberActor, **options: Any) -> discord.Message:
    """The card of the next session as it stands in the channel."""
    result = await who.slash(club.channel, "club next", **options)
    assert not result.ephemeral
    return message_of(result)


async def press(
    club: Club, who: simcord.MemberActor, action: str, *, part: str = ""
) -> simcord.InteractionResult:
    """A press on the newest card of the channel."""
    card = card_of(club)
    found = [each for each in ids_of(card) if each.startswith(f"tc1:{action}:")]
    return await who.click(card, custom_id=next(each for each in found if each.endswith(part)))


def told(result: simcord.InteractionResult) -> str:
    """What a member reads privately after a press that also changes the card."""
    return "\n".join(followup.content for followup in result.followups)


async def press_late(club: Club, who: simcord.MemberActor) -> str:
    """A press on a card of before, which nothing has brought up to date, unlike the newest."""
    over = next(one for one in ids_of(card_of(club)) if one.startswith("tc1:session-attend:"))
    late = over.replace("session-attend", "session-answer") + ":going"
    message = await posted(club, late.removeprefix("tc1:"))
    result = await who.click(message, custom_id=late)
    club.env.backend.delete_message(club.channel.id, message.id)
    return told(result)


def card_of(club: Club) -> discord.Message:
    """The newest message of the channel that is a card."""
    return next(m for m in reversed(club.channel.history()) if "session-" in str(ids_of(m)))


async def to_start(club: Club, reading_club: ReadingClub, later: timedelta = timedelta()) -> None:
    """Skips to so long after the beginning of the next session."""
    coming = reading_club.next_session(now(club))
    assert coming is not None
    await club.env.advance_time((coming.starts + later - now(club)).total_seconds())


async def say_clubs(club: Club) -> None:
    """Every text of `/club`, of a session's card and of what follows its presses."""
    olga, channel = organiser(club), club.channel
    for command in ("club list", "club next"):
        await club.alice.slash(channel, command)
    readers, writers = await found_club(club, "42"), await found_club(club, "43", in_days=30)
    for command in ("club list", "club next", "club join", "club leave"):
        await club.alice.slash(channel, command)
        await club.alice.slash(channel, command, **{"club": "42"} if "list" not in command else {})
    for command in ("club leave", "club join", "club join", "club calendar"):
        await club.alice.slash(channel, command, club="42")
    await club.alice.slash(channel, "club list")
    coming = readers.next_session(now(club))
    assert coming is not None
    services, day = club.bot.services, coming.original
    await services.session_organising.set_paper(boss(club), readers.id, day, "tqnn-2022")
    await say_presenting(club, f"{readers.id}:{day}", f"{readers.id}:{day}:{club.guild.id}")
    for options in ({}, {"paper": "tqnn-2022"}, {"paper": "pdlt", "then": "tml", "hours": 0.5}):
        asked = await olga.slash(channel, "schedule plan", club="42", **options)
        if asked.response is not None and asked.response.message.components:
            table = asked.response.message
            for custom_id in ids_of(table):
                await olga.click(table, custom_id=custom_id)
    await to_start(club, readers, timedelta(minutes=1))
    key = f"{readers.id}:{day}"
    await pressed(club, club.alice, f"session-answer:{key}:maybe", f"session-attend:{key}")
    await club.env.advance_time(2 * 3600)
    await pressed(
        club, club.alice, f"session-answer:{key}:going", f"session-show:{key}",
        f"session-attend:{key}", f"session-recap:{key}", f"session-poll:{key}",
    )  # fmt: skip
    await club.alice.slash(channel, "club next", club="42")
    form = await olga.click(
        await posted(club, f"session-recap:{key}"), custom_id=f"tc1:session-recap:{key}"
    )
    await olga.submit_modal(form, {"recap": "44"})
    await pressed(club, olga, f"session-poll:{key}", f"poll-take:{readers.id}:7")
    poll = next(m for m in reversed(channel.history()) if m.poll is not None)
    await pressed(club, olga, f"poll-take:{readers.id}:{poll.id}")
    await club.alice.vote(poll, answer=1)
    await pressed(club, olga, f"poll-take:{writers.id}:{poll.id}")
    await club.bot.services.club_organising.pause(boss(club), writers.id, None)
    await club.alice.slash(channel, "club next", club="43")
    await pressed(club, olga, f"poll-take:{writers.id}:{poll.id}")
    await club.env.advance_time(8 * 24 * 3600)
    await pressed(club, club.alice, f"session-attend:{key}")


async def say_presenting(club: Club, key: str, private: str) -> None:
    """The search for a presenter, with all that can come of a press."""
    alice, bob = club.alice, club.bob
    await pressed(
        club, alice, f"session-thread:{key}", f"session-present:{key}",
        f"present-accept:{private}", f"present-decline:{private}", f"session-answer:{key}:cant",
    )  # fmt: skip
    for who in (alice, bob):
        await who.slash(club.channel, "signup", paper="tqnn-2022")
    await pressed(
        club,
        alice,
        f"session-present:{key}",
        f"session-answer:{key}:going",
        f"session-present:{key}",
    )
    await pressed(club, bob, f"session-present:{key}")
    await alice.slash(club.channel, "club next", club="42")
    await pressed(club, alice, f"session-answer:{key}:cant", f"session-present:{key}")
    await club.env.advance_time(5)
    await bob.slash(club.channel, "club list")
    await pressed(club, bob, f"present-decline:{private}", f"present-decline:{private}")
    await alice.slash(club.channel, "club next", club="42")


async def posted(club: Club, action: str) -> discord.Message:
    """A message with one button, as it may still stand somewhere."""
    await post_button(club, f"tc1:{action}")
    return club.last


async def pressed(club: Club, who: simcord.MemberActor, *actions: str) -> None:
    for action in actions:
        await who.click(await posted(club, action), custom_id=f"tc1:{action}")
