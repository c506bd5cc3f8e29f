"""``/club next`` beside a command that reads as often and sends the very same message."""

from __future__ import annotations

import tempfile
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import discord
import simcord
from sqlalchemy import event, text

from bot.app import open_bot
from bot.client import ClubBot
from bot.demo.simcord_internals import start_patiently
from bot.domain.clubs import DEFAULT_LENGTH, ClubDraft, Place
from bot.domain.members import Actor
from bot.domain.schedule import Recurrence, Series
from bot.domain.sessions import Answer
from bot.settings import Settings
from tests.bench.interactions import interleaved
from tests.bench.table import Row
from tests.cogs.conftest import PATIENCE

PAPER, GOING = "framework-2021", 12


async def rows() -> list[Row]:
    """The card of a session with a paper, an agenda, a presenter and a dozen answers."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        async with open_bot(Settings(database_url=url, nap=3600)) as bot:
            env = simcord.Env(bot, check_errors=False, settle_timeout=PATIENCE)
            guild = env.create_guild("Bench")
            channel = guild.create_text_channel("bench")
            member = guild.add_member(env.create_user("member"))
            reads = await _add_baseline(bot, guild.id, channel.id)
            await start_patiently(env, PATIENCE)
            try:
                with env.time_context():
                    card, least = await interleaved(
                        lambda: member.slash(channel, "club next"),
                        lambda: member.slash(channel, "least-card"),
                    )
            finally:
                await env.shutdown()
            assert not env.errors, env.errors
    detail = f"{card * 1e3:.2f} ms beside {least * 1e3:.2f} ms of CPU; {reads} reads each"
    return [Row("/club next", card / least, 1.5, "x", detail)]


async def _add_baseline(bot: ClubBot, guild_id: int, channel_id: int) -> int:
    """The least command that could answer so; how many reads it makes."""
    club_id = await _found(bot, guild_id, channel_id)
    database, sessions = bot.services.lookup._database, bot.services.sessions
    counted = 0

    def count(*_: object) -> None:
        nonlocal counted
        counted += 1

    engine = database._readers.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    await bot.services.clubs.find(guild_id, None)
    found = await sessions.next_session(guild_id, club_id)
    event.remove(engine, "before_cursor_execute", count)
    assert found is not None
    reads, shown = counted, found

    @bot.tree.command(name="least-card", description="The least that could answer")
    async def least(interaction: discord.Interaction) -> None:
        async with database.read() as conn:
            for _ in range(reads):
                await conn.execute(text("SELECT count(*) FROM club WHERE guild_id = 1"))
        # Its class is another one for each bot of a process: closing one forgets its modules.
        cards: Any = bot.get_cog("club-cards")
        await interaction.response.send_message(view=await cards.card(shown))

    return reads


async def _found(bot: ClubBot, guild_id: int, channel_id: int) -> int:
    """A club whose next session has all that a card can show."""
    boss = Actor(guild_id, 1, "boss", manages=True)
    services, tomorrow = bot.services, discord.utils.utcnow().date() + timedelta(days=1)
    series = Series(Recurrence((tomorrow.weekday(),), time(18)), "Europe/Berlin", tomorrow)
    draft = ClubDraft("Readers", series, channel_id, Place(), DEFAULT_LENGTH)
    club = await services.club_organising.create(boss, draft)
    organising = services.session_organising
    await organising.set_paper(boss, club.id, tomorrow, PAPER)
    await organising.set_agenda(boss, club.id, tomorrow, "The idea\nQuestions\nWhat next")
    await organising.set_presenter(boss, club.id, tomorrow, 2, "presenter")
    for number in range(GOING):
        reader = Actor(guild_id, 100 + number, f"reader {number}")
        await services.sessions.answer(reader, club.id, tomorrow, Answer.GOING)
    return club.id
