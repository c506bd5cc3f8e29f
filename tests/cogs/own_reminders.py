"""Everything that is said about one's own reminders, in a server and directly."""

from __future__ import annotations

from datetime import timedelta

import discord
import simcord

from bot.domain.club_reminders import SessionReminder
from bot.domain.club_sessions import ClubSession, SessionFacts
from bot.domain.clubs import Club as ReadingClub
from bot.domain.notices import NoticeKind
from bot.domain.personal_reminders import ReadBy, ReadingState, SplitEnding
from bot.domain.rounds import Round, RoundState, Terms
from bot.domain.schedule import Occurrence
from bot.domain.sessions import SessionReading
from bot.render.personal_reminders import read_by_text, split_ending_text
from tests.cogs.conftest import Club
from tests.cogs.reminding import DAY, pass_until
from tests.cogs.schedule import club_saved
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import SPLINE, organiser
from tests.cogs.test_split import ids_of


async def say_own_reminders(club: Club) -> None:
    """The panel in all its states, a direct message and its buttons, and what cannot be chosen."""
    alice, guild_id = club.alice, club.guild.id
    await club_saved(club, organiser(club), "47")
    await alice.slash(club.channel, "club join", club="47")
    await post_button(club, f"tc1:reminders-settings:{guild_id}")
    panel = message_of(await alice.click(club.last, custom_id=f"tc1:reminders-settings:{guild_id}"))
    await alice.select(panel, ["dm"], custom_id=f"tc1:remind-where:{guild_id}")
    for leads in ([], ["day"], ["hour"], ["day", "hour"]):
        await alice.select(panel, leads, custom_id=f"tc1:remind-leads:{guild_id}")
    for switch in ("reads_by:yes", "mentioned:no", "dm:no", "dm:yes"):
        await post_button(club, f"tc1:remind-set:{switch}:{guild_id}")
        await alice.click(club.last, custom_id=f"tc1:remind-set:{switch}:{guild_id}")
    for begin, end, zone, budget in (
        ("1", "", "", "2"), ("0:00", "23:00", "", "2"), ("", "", "", "99"),
        ("1", "2", "", "0"), ("3", "4", "Europe/Berlin", "5"),
    ):  # fmt: skip
        form = await alice.click(panel, custom_id=f"tc1:remind-quiet:{guild_id}")
        fields = {"from": begin, "until": end, "zone": zone, "budget": budget}
        await alice.submit_modal(form, fields)
    await say_directly(club)
    await say_states(club)


async def next_of(club: Club) -> tuple[ReadingClub, Occurrence]:
    """The club and its next session."""
    found = await club.bot.services.clubs.clubs(club.guild.id)
    made = next(one for one in found if one.name == "47")
    session = made.next_session(club.env.now())
    assert session is not None
    return made, session


async def say_directly(club: Club) -> None:
    """A reminder in a direct message, muted and heard again."""
    alice = club.alice.user
    _, session = await next_of(club)
    await pass_until(club, session.starts - DAY + timedelta(minutes=1))
    told = alice.dm_channel.last_message
    assert told is not None
    muted = message_of(await pressed(club, told, "reminders-mute"))
    again = message_of(await pressed(club, muted, "reminders-settings"))
    await alice.select(again, [], custom_id=f"tc1:remind-muted:{club.guild.id}")
    await pressed(club, muted, "reminders-muted")


async def pressed(club: Club, message: discord.Message, action: str) -> simcord.InteractionResult:
    """The first control of an action, pressed in a direct message."""
    found = next(one for one in ids_of(message) if one.startswith(f"tc1:{action}:"))
    result: simcord.InteractionResult = await club.alice.user.click(message, custom_id=found)
    return result


async def say_states(club: Club) -> None:
    """What is not easily come by: as the reminders would say it."""
    target = club.bot.get_channel(club.channel.id)
    assert isinstance(target, discord.TextChannel)
    catalogue, words = club.bot.services.catalogues.shipped, club.bot.words
    made, session = await next_of(club)
    facts = SessionFacts(1, made.id, session.original, session.starts, 1, paper_id=SPLINE)
    reminder = SessionReminder(ClubSession(made, session, facts))
    for state in ReadingState:
        said = ReadBy(reminder, (SessionReading(SPLINE),) * 7, state)
        await target.send(read_by_text(said, catalogue, words))
    now = club.env.now()
    ending = Round(
        1, club.guild.id, RoundState.COLLECTING, Terms(each=1), (), None, now, now, None, None,
        False, None, club.channel.id, 5, None, None, None, None,
    )  # fmt: skip
    for count in (1, 2):
        await target.send(split_ending_text(SplitEnding(ending, count), words))
    async with club.bot.services.signups._work.write() as unit:
        await unit.tell(club.guild.id, club.alice.id, NoticeKind.DM_CLOSED)
    await club.env.advance_time(2)
    await club.alice.slash(club.channel, "help")
