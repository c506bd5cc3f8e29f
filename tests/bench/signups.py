"""What a rush on the last seats takes, and ``/signup`` beside a command of the same reads and writes."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import discord
import simcord
from sqlalchemy import text

from bot.app import open_bot
from bot.client import ClubBot
from bot.demo.simcord_internals import start_patiently
from bot.domain.errors import ClubError
from bot.domain.members import Actor
from bot.settings import Settings
from bot.storage import guilds, standings
from tests.bench.interactions import interleaved
from tests.bench.table import Row
from tests.cogs.conftest import PATIENCE

PAPER, TITLE = "spline-icml2018", "A Spline Theory of Deep Learning"
SEATS, MEMBERS, PRESSES = 12, 250, 500


async def rows() -> list[Row]:
    """The rush, then the command."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        async with open_bot(Settings(database_url=url)) as bot:
            rush = await _rush(bot)
            statements = await _add_baseline(bot)
            env = simcord.Env(bot, check_errors=False, settle_timeout=PATIENCE)
            await start_patiently(env, PATIENCE)
            try:
                return [rush, await _command(env, statements)]
            finally:
                await env.shutdown()


async def _rush(bot: ClubBot) -> Row:
    signups = bot.services.signups
    async with signups._work.write() as unit:
        await guilds.ensure_guild(unit.conn, 1, unit.now)
        await standings.set_seats(unit.conn, 1, PAPER, SEATS)

    async def press(user_id: int) -> None:
        actor = Actor(1, user_id, f"member {user_id}")
        try:
            await signups.sign_up(actor, PAPER)
        except ClubError:
            with suppress(ClubError):
                await signups.wait(actor, PAPER)

    start = time.perf_counter()
    await asyncio.gather(*(press(1 + n % MEMBERS) for n in range(PRESSES)))
    took = time.perf_counter() - start
    detail = f"{PRESSES} presses by {MEMBERS} members on {SEATS} seats, all answered"
    return Row("rush on a paper", took, 1.0, " s", detail)


async def _command(env: simcord.Env, statements: str) -> Row:
    guild = env.create_guild("Bench")
    channel = guild.create_text_channel("bench")
    member = guild.add_member(env.create_user("member"))

    async def both() -> None:
        await member.slash(channel, "signup", paper=TITLE)
        await member.slash(channel, "withdraw", paper=TITLE)

    async def least() -> None:
        await member.slash(channel, "least-write", paper=TITLE)
        await member.slash(channel, "least-write", paper=TITLE)

    with env.time_context():
        ours, base = await interleaved(both, least)
    detail = f"{ours * 1e3:.2f} ms beside {base * 1e3:.2f} ms of CPU; {statements}"
    return Row("/signup and /withdraw", ours / base, 1.5, "x", detail)


async def _add_baseline(bot: ClubBot) -> str:
    """A command that makes as many reads and writes, in one transaction, and says as much."""
    database = bot.services.lookup._database
    statements = await _statements(bot)

    @bot.tree.command(name="least-write", description="The least that could store as much")
    async def least(interaction: discord.Interaction, paper: str) -> None:
        async with database.write() as conn:
            for _ in range(statements["read"] // 2):
                await conn.execute(text("SELECT count(*) FROM guild WHERE guild_id = 1"))
            for _ in range(statements["write"] // 2):
                await conn.execute(text("UPDATE guild SET seats = 3 WHERE guild_id = 1"))
        view = discord.ui.View(timeout=None)
        for label in ("a", "b", "c", "d"):
            view.add_item(discord.ui.Button(label=label, custom_id=label))
        view.stop()
        await interaction.response.send_message(
            "You are signed up. " * 10, view=view, ephemeral=True
        )

    return f"{statements['read']} reads and {statements['write']} writes each"


async def _statements(bot: ClubBot) -> dict[str, int]:
    """How many statements signing up and giving back make, counted at the driver."""
    from sqlalchemy import event

    counted = {"read": 0, "write": 0}
    engine = bot.services.lookup._database._writer.sync_engine

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        counted["read" if statement.lstrip().upper().startswith("SELECT") else "write"] += 1

    event.listen(engine, "before_cursor_execute", count)
    actor = Actor(2, 2, "member")
    await bot.services.signups.sign_up(actor, PAPER)
    await bot.services.signups.withdraw(actor, PAPER)
    event.remove(engine, "before_cursor_execute", count)
    return counted
