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
    """A press on a card of before; it comes to show what can be pressed afterwards."""
    return told(await press(club, who, "session-answer", part="going"))


def card_of(club: Club) -> discord.Message:
    """The newest message of the channel that is a card."""
    return next(m for m in reversed(club.channel.history()) if "session-" in str(ids_of(m)))


async def to_start(club: Club, reading_club: ReadingClub, later: timedelta = timedelta()) -> None:
    """Skips to so long after the beginning of the next session."""
    coming = reading_club.next_session(now(club))
    assert coming is not None
    await club.env.advance_time((coming.starts + later - now(club)).total_seconds())
