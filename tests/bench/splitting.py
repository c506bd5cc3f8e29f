"""``/suggest`` beside a command of the same reads, and how still the loop stands for a large split."""

from __future__ import annotations

import tempfile
from pathlib import Path

import discord
import simcord

from bot.app import open_bot
from bot.catalogue import read_catalogue
from bot.client import ClubBot
from bot.demo.simcord_internals import start_patiently
from bot.domain.members import Actor
from bot.domain.signups import SignupState
from bot.render.suggested import suggestions_embed
from bot.settings import Settings
from bot.storage import guilds, members, readings, round_answers, signups, standings
from cogs.suggest import _view
from tests.bench.coverage import _fill
from tests.bench.interactions import interleaved
from tests.bench.table import Row
from tests.cogs.conftest import PATIENCE
from tests.founding import founding_data
from tests.services.conftest import group_at
from tests.services.rounds import Splitters
from tests.services.test_large_splits import MEMBERS, crowd, watched_preview

CALLS = 100


async def rows() -> list[Row]:
    """Both."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        url = f"sqlite+aiosqlite:///{at / 'bench.db'}"
        async with open_bot(Settings(database_url=url)) as bot:
            await _add_baseline(bot)
            env = simcord.Env(bot, check_errors=False, settle_timeout=PATIENCE)
            await start_patiently(env, PATIENCE)
            try:
                suggested = await _suggest(env, bot)
            finally:
                await env.shutdown()
        return [suggested, await _large(at)]


async def _suggest(env: simcord.Env, bot: ClubBot) -> Row:
    server = env.create_guild("Bench")
    channel = server.create_text_channel("bench")
    reader = server.add_member(env.create_user("reader"))
    await _fill(bot, server.id, 300, env.now())
    with env.time_context():
        ours, least = await interleaved(
            lambda: reader.slash(channel, "suggest"),
            lambda: reader.slash(channel, "least-suggest"),
            times=CALLS,
        )
    told = f"{ours * 1e3:.2f} ms beside {least * 1e3:.2f} ms of CPU for the same reads and message"
    return Row("/suggest", ours / least, 1.5, "x", told)


async def _add_baseline(bot: ClubBot) -> None:
    """The least command that runs the same statements and sends the very same message."""
    catalogue = bot.services.catalogues.shipped
    primary = {t.slug: [paper.id for paper in t.primary_papers] for t in catalogue}
    every = [paper_id for papers in primary.values() for paper_id in papers]
    made: dict[int, tuple[discord.Embed, discord.ui.View]] = {}

    @bot.tree.command(name="least-suggest", description="The least that could answer")
    async def least(interaction: discord.Interaction) -> None:
        guild_id, user_id = interaction.guild_id, interaction.user.id
        assert guild_id is not None
        if guild_id not in made:
            found = await bot.services.suggesting.suggest(Actor(guild_id, user_id, "reader"))
            made[guild_id] = suggestions_embed(found, {}, bot.words), _view(found, bot.words)
        async with bot.services.suggesting._work.read() as conn:
            rules = await guilds.guild_rules(conn, guild_id)
            await readings.theory_tallies(conn, guild_id, primary)
            await standings.standings(conn, guild_id, every, rules)
            await readings.own_depths(conn, guild_id, user_id)
            await signups.live_signups(conn, guild_id, user_id=user_id)
            await signups.papers_in(conn, guild_id, user_id, SignupState.GIVEN_BACK)
            await members.settings_of(conn, guild_id, user_id)
            await round_answers.latest_wishes(conn, guild_id, user_id)
        embed, view = made[guild_id]
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


async def _large(folder: Path) -> Row:
    catalogue = read_catalogue(founding_data(folder))
    async with group_at(folder / "large.sqlite3", catalogue) as group:
        splitters = Splitters(group)
        await crowd(splitters)
        _, stall = await watched_preview(splitters)
    return Row(
        f"split of {MEMBERS} members, longest stall", stall * 1e3, 100, "ms", "of the event loop"
    )
