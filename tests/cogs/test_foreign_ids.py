"""Every button, menu and form there is, pressed with ids that are somebody else's."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.domain.members import Actor
from bot.domain.notes import NoteKind
from bot.domain.rounds import Sent
from bot.domain.sessions import Answer
from bot.services import note_steps
from bot.settings import Settings
from bot.storage.tables import metadata
from tests.cogs.clubs import boss, found_club, member
from tests.cogs.conftest import Club
from tests.cogs.schedule import club_saved
from tests.cogs.test_boards import post
from tests.cogs.test_signups import SPLINE, organiser, set_seats, sign_up
from tests.domain.own_entries import own_paper, own_theory
from tests.storage.builders import query

# What a presser stores of themselves by pressing is their own business.
OWN = ("user_id", "actor_id", "listener_id", "asker_id")


# Tables of messages that are kept up to date.
LIVING = ("board", "split_round", "club_news", "session_card")


async def furnish(club: Club) -> list[str]:
    """Something of Alice's in every table that a button can be about; the ids in all forms."""
    await set_seats(club, 1)
    await sign_up(club, club.alice)
    olga = organiser(club)
    await post(club, olga)
    alice = Actor(club.guild.id, club.alice.id, "alice")
    async with club.bot.services.signups._work.write() as unit:
        await unit.arrive(alice)
        for kind in (NoteKind.CLAIM, NoteKind.DOUBT):
            await note_steps.add(unit, alice, SPLINE, kind, f"a private {kind}", 7)
    await club.alice.slash(club.channel, "me settings", explains=False, visibility="private")
    await club.bot.services.own_reminders.choose(alice, mentioned=False)
    await split_for_alice(club, olga)
    first = await club_with_bob(club, olga)
    session = await session_of_alice(club)
    seen = await proposals_of_alice(club)
    work = b"@article{a, title={A work}, year={2020}}"
    await olga.slash(club.channel, "catalogue import", file=("a.bib", work), theory="spline")
    numbers = ["1", "2", str(club.alice.id)]
    words = [SPLINE, "spline", ""]
    pairs = [f"1:{word}" for word in ("yes", "clear", "pass-on")]
    pairs += [f"{SPLINE}:{club.alice.id}", f"{SPLINE}:yes", "1-2:shared", f"1:{club.guild.id}"]
    pairs += [f"{session}:going", f"{session}:{club.guild.id}", f"2:120:{SPLINE}"]
    here = club.guild.id
    pairs += [f"{'m' * 25}:1:{here}", f"1:yes:{here}", f"dm:no:{here}", f"reads_by:yes:{here}"]
    pairs += ["paper:late", "1:add", "3:propose"]
    pairs += ["main:paper:late", "role:paper:late", "questions:proposal:1", f"1:{seen}"]
    pairs += [f"1:{first}", f"1:{first}:203001011800", "1:", f"1:{first}:1:"]
    pairs += ["1:new:0", "1:spline", "1:0123456789ab:1:0"]
    return [*numbers, *words, *pairs]


async def split_for_alice(club: Club, olga: simcord.MemberActor) -> None:
    """A round that Alice alone is in, published."""
    await olga.slash(club.channel, "split start", each=2)
    services = club.bot.services
    alice = Actor(club.guild.id, club.alice.id, "alice")
    organising = Actor(club.guild.id, olga.id, "olga", manages=True)
    await services.round_answers.join(alice, 1, Sent())
    await services.splitting.preview(organising, 1)
    await services.splitting.publish(organising, 1)


async def club_with_bob(club: Club, olga: simcord.MemberActor) -> date:
    """A club to which Bob belongs, its first session skipped; that session's original day."""
    await club_saved(club, olga)
    (made,) = await club.bot.services.clubs.clubs(club.guild.id)
    await club.bot.services.clubs.join(Actor(club.guild.id, club.bob.id, "bob"), made.id)
    first = made.timetable.sessions(club.env.now(), limit=1)[0].original
    await olga.slash(club.channel, "schedule skip", session=f"{made.id}:{first}")
    return first


async def session_of_alice(club: Club) -> str:
    """A session that Alice comes to and presents, as an id names it."""
    readers = await found_club(club, "Presenters")
    alice, services = member(club, club.alice, "alice"), club.bot.services
    coming = readers.next_session(club.env.now())
    assert coming is not None
    day = coming.original
    await services.clubs.join(alice, readers.id)
    await services.sessions.answer(alice, readers.id, day, Answer.GOING)
    await services.session_organising.set_paper(boss(club), readers.id, day, SPLINE)
    for one in await services.clubs.clubs(club.guild.id):
        # A session without a presenter or a thread is for whoever comes first.
        for session in one.sessions(club.env.now(), limit=3):
            at = one.id, session.original
            await services.sessions.set_thread(club.guild.id, *at, 4321)
            await services.session_organising.set_presenter(boss(club), *at, club.alice.id, "alice")
    return f"{readers.id}:{day.isoformat()}"


async def proposals_of_alice(club: Club) -> str:
    """An own paper of the server, a proposal of Alice's and a draft of hers.

    What the proposal is seen as.
    """
    alice, proposals = member(club, club.alice, "alice"), club.bot.services.proposals
    await club.bot.services.curating.add(boss(club), own_paper("late", title="Late insight"))
    for title in ("Early insight", "No insight"):
        written = await proposals.write(alice, own_theory(name=title))
        if title == "Early insight":
            await proposals.send(alice, written.draft_id, club.channel.id)
            seen = (await proposals.own(alice, written.draft_id)).seen
    return seen


def batches(ids: list[str]) -> list[list[str]]:
    """As many as fit under one message."""
    return [ids[n : n + 25] for n in range(0, len(ids), 25)]


def rows_but(path: Path, user_id: int) -> dict[str, list[Any]]:
    """Every row of every table that is not the presser's own, by table."""
    found = {}
    for table in metadata.sorted_tables:
        own = [column.name for column in table.columns if column.name in OWN]
        others = " AND ".join(f"coalesce({name}, 0) <> {user_id}" for name in own) or "1"
        # When a message is looked at next is no secret and no change of it.
        skipped = {"edited_at", "shown"} if table.name in LIVING else set()
        columns = ", ".join(c.name for c in table.columns if c.name not in skipped)
        if table.name != "deadline":
            found[table.name] = query(path, f"SELECT {columns} FROM {table.name} WHERE {others}")
    return found


async def post_all(
    club: Club, channel: simcord.ChannelHandle, ids: list[str]
) -> list[discord.Message]:
    """Messages of the bot with a button for each id, as only a forger would make them."""
    target = club.bot.get_channel(channel.id)
    assert isinstance(target, discord.TextChannel)
    posted = []
    for some in batches(ids):
        view = discord.ui.View(timeout=None)
        for custom_id in some:
            view.add_item(discord.ui.Button(label="press", custom_id=custom_id))
        view.stop()
        message = await target.send("a panel", view=view)
        posted.append(message)
    return posted


def database_of(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite+aiosqlite:///"))


async def press_all(
    member: simcord.MemberActor, messages: list[discord.Message], ids: list[str]
) -> list[str]:
    """Press each button of these messages; the ids that some handler could read."""
    read = []
    for message, some in zip(messages, batches(ids), strict=True):
        # What takes its own message back comes last there.
        for custom_id in sorted(some, key="tc1:setup-undo".__eq__):
            result = await member.click(message, custom_id=custom_id)
            assert result.acknowledged, custom_id
            answer = result.response
            if answer is None or "from an older message" not in (answer.content or ""):
                read.append(custom_id)
    return read


async def test_no_press_changes_what_is_somebody_elses(
    club: Club, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    arguments = await furnish(club)
    mallory = club.env.create_user("mallory")
    # Taking, waiting, asking and offering in one's own name are what the buttons are for.
    actions = sorted(club.bot.controls._handlers)
    ids = [f"tc1:{action}:{given}".rstrip(":") for action in actions for given in arguments]
    ids = sorted({custom_id for custom_id in ids if len(custom_id) <= 100})
    # What is announced of clubs by itself stands by then.
    await club.env.advance_time(20)
    before = rows_but(database_of(settings), mallory.id)
    here = club.guild.add_member(mallory)
    read = await press_all(here, await post_all(club, club.channel, ids), ids)
    assert len(read) < len(ids), "it is known of the answer which ids cannot be read"
    # In a server that she organises herself, with each id that means something.
    elsewhere = club.env.create_guild("Elsewhere")
    role = elsewhere.create_role("Organiser", permissions=discord.Permissions(manage_guild=True))
    there, general = elsewhere.add_member(mallory, roles=[role]), elsewhere.create_text_channel("g")
    await press_all(there, await post_all(club, general, read), read)
    await club.env.advance_time(10)
    after = rows_but(database_of(settings), mallory.id)
    for table, rows in before.items():
        assert [row for row in rows if row not in after[table]] == [], table
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]
