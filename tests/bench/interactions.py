"""What ``/theory`` and its autocompletion cost beside the least that could do the same.

CPU time of the process (``time.process_time``), medians of interleaved calls on a simulated
Discord. Its own cost is in both sides; wall time would measure its polling.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import discord
import simcord
from discord import app_commands
from sqlalchemy import text

from bot.app import open_bot
from bot.client import ClubBot
from bot.demo.simcord_internals import start_patiently
from bot.domain.lookup import CardPage
from bot.render.theory_card import theory_card
from bot.settings import Settings
from bot.storage.engine import Database
from cogs.lookup._views import card_view
from tests.bench.table import Row
from tests.cogs.conftest import PATIENCE

CALLS = 220
WARM_UP = 15


async def rows() -> list[Row]:
    """Both comparisons."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        async with open_bot(Settings(database_url=url)) as bot:
            await _add_baselines(bot)
            env = simcord.Env(bot, check_errors=False, settle_timeout=PATIENCE)
            await start_patiently(env, PATIENCE)
            try:
                return await _measure(env)
            finally:
                await env.shutdown()


async def _measure(env: simcord.Env) -> list[Row]:
    guild = env.create_guild("Bench")
    channel = guild.create_text_channel("bench")
    member = guild.add_member(env.create_user("member"))
    with env.time_context():
        theory, least = await interleaved(
            lambda: member.slash(channel, "theory", name="spline", private=True),
            lambda: member.slash(channel, "least", name="spline"),
        )
        typed, least_typed = await interleaved(
            lambda: member.autocomplete(channel, "theory", "name", "tro"),
            lambda: member.autocomplete(channel, "least", "name", "tro"),
        )
    return [
        Row("/theory spline", theory / least, 1.5, "x", _ms(theory, least)),
        Row("autocompletion", typed / least_typed, 1.3, "x", _ms(typed, least_typed)),
    ]


def _ms(ours: float, least: float) -> str:
    return f"{ours * 1e3:.2f} ms beside {least * 1e3:.2f} ms of CPU, medians of {CALLS}"


async def interleaved(
    *calls: Callable[[], Awaitable[object]], times: int = CALLS
) -> Sequence[float]:
    """The median CPU seconds of each call, taken in turns so that drift meets all alike."""
    spent: list[list[float]] = [[] for _ in calls]
    for turn in range(times + WARM_UP):
        for call, into in zip(calls, spent, strict=True):
            start = time.process_time()
            await call()
            if turn >= WARM_UP:
                into.append(time.process_time() - start)
    return [statistics.median(one) for one in spent]


async def _add_baselines(bot: ClubBot) -> None:
    """The least command that awaits once, reads once and sends the very same message."""
    lookup = bot.services.lookup
    database: Database = lookup._database
    # As in a server, where the card has more to say and to press.
    card = await lookup.card("spline", 1, 1)
    choices = [
        app_commands.Choice(name=theory.name, value=theory.slug)
        for theory, _ in await lookup.suggestions("tro", None)
    ]

    @bot.tree.command(name="least", description="The least that could answer")
    async def least(interaction: discord.Interaction, name: str) -> None:
        async with database.read() as conn:
            await conn.execute(text("SELECT 1"))
        await interaction.response.send_message(
            embed=theory_card(card, CardPage.CARD, bot.words),
            view=card_view(card, CardPage.CARD, bot.words),
            ephemeral=True,
        )

    @least.autocomplete("name")
    async def complete(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        return choices
