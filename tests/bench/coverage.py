"""``/coverage`` beside a command of the same reads, its map beside bare matplotlib, 10,000 readings.

CPU time of the process where two commands are compared, wall time for the picture of the large
group, which is what a member waits.
"""

from __future__ import annotations

import asyncio
import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import discord
import simcord
import sqlalchemy as sa
from matplotlib.figure import Figure

from bot.app import open_bot
from bot.client import ClubBot
from bot.demo.simcord_internals import start_patiently
from bot.domain.coverage import View
from bot.domain.members import Actor
from bot.domain.progress import Depth
from bot.render import plots
from bot.render.coverage_pictures import MapPicture, map_picture
from bot.settings import Settings
from bot.storage import coverage
from bot.storage.tables import depth_change, guild, member, reading
from bot.ui.pictures import Pictures, picture_file
from cogs.coverage._views import Views
from tests.bench.interactions import interleaved
from tests.bench.table import Row
from tests.cogs.conftest import PATIENCE

READINGS, CALLS, DRAWN = 10_000, 60, 9


async def rows() -> list[Row]:
    """The two commands, the picture alone, and the large group."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        async with open_bot(Settings(database_url=url)) as bot:
            large, picture = await _large(bot), _picture(bot)
            env = simcord.Env(bot, check_errors=False, settle_timeout=PATIENCE)
            await _add_baselines(bot)
            await start_patiently(env, PATIENCE)
            try:
                return [*await _commands(env, bot), large, picture]
            finally:
                await env.shutdown()


async def _commands(env: simcord.Env, bot: ClubBot) -> list[Row]:
    server = env.create_guild("Bench")
    channel = server.create_text_channel("bench")
    reader = server.add_member(env.create_user("reader"))
    await _fill(bot, server.id, 300, env.now())
    cog = bot.cogs["coverage"]

    async def uncached() -> None:
        bot.services.coverage._communities.clear()
        cog._pictures._kept.clear()  # type: ignore[attr-defined]  # the front door's own
        await reader.slash(channel, "coverage")

    with env.time_context():
        cached, least = await interleaved(
            lambda: reader.slash(channel, "coverage"),
            lambda: reader.slash(channel, "least-coverage"),
            times=CALLS,
        )
        fresh, drawn = await interleaved(
            uncached, lambda: reader.slash(channel, "least-drawn"), times=DRAWN
        )
    return [
        Row("/coverage, nothing changed", cached / least, 1.5, "x", _ms(cached, least)),
        Row("/coverage, drawn anew", fresh / drawn, 1.5, "x", _ms(fresh, drawn)),
    ]


def _ms(ours: float, least: float) -> str:
    return f"{ours * 1e3:.2f} ms beside {least * 1e3:.2f} ms of CPU for the same reads and message"


async def _add_baselines(bot: ClubBot) -> None:
    """The least commands that run the same statements and send the very same message."""
    views = Views(bot.services, Pictures(), bot.words)
    made: dict[int, tuple[discord.ui.LayoutView, bytes, str]] = {}

    async def message(guild_id: int) -> tuple[discord.ui.LayoutView, bytes, str]:
        if guild_id not in made:
            who = Actor(guild_id, 1, "reader")
            view, files = await views.compose(who, View.MAP, 0)
            made[guild_id] = view, files[0].fp.read(), str(files[0].description)
        return made[guild_id]

    async def answer(interaction: discord.Interaction, *, draws: bool) -> None:
        await interaction.response.defer(thinking=True)
        assert interaction.guild_id is not None
        view, png, alt = await message(interaction.guild_id)
        async with bot.services.coverage._work.read() as conn:
            mark = await coverage.coverage_mark(conn, interaction.guild_id)
            if draws:
                await coverage.snapshot(conn, interaction.guild_id, mark)
        if draws:
            png = await asyncio.to_thread(_bare, _counts(), ["signed up"] * 6, ["theory"] * 9)
        await interaction.edit_original_response(
            view=view, attachments=[picture_file(png, "coverage-map", alt)]
        )

    @bot.tree.command(name="least-coverage", description="The least that could answer")
    async def least(interaction: discord.Interaction) -> None:
        await answer(interaction, draws=False)

    @bot.tree.command(name="least-drawn", description="The least that could draw and answer")
    async def least_drawn(interaction: discord.Interaction) -> None:
        await answer(interaction, draws=True)


async def _fill(bot: ClubBot, guild_id: int, readings: int, now: datetime) -> None:
    """So many readings of the catalogue's papers, each with its history."""
    papers = [paper.id for theory in bot.services.catalogues.shipped for paper in theory.papers]
    chance = random.Random(7)
    rows = [
        {
            "guild_id": guild_id,
            "user_id": 1 + n // len(papers),
            "paper_id": papers[n % len(papers)],
            "depth": chance.choice(list(Depth)),
            "updated_at": now - timedelta(days=chance.randrange(300)),
        }
        for n in range(readings)
    ]
    people = [
        {"guild_id": guild_id, "user_id": u, "display_name": f"m{u}", "first_seen_at": now}
        for u in range(1, 2 + readings // len(papers))
    ]
    changes = [
        {**{k: v for k, v in row.items() if k != "updated_at"}, "changed_at": row["updated_at"]}
        for row in rows
    ]
    async with bot.services.coverage._work.write() as unit:
        if (
            await unit.conn.scalar(sa.select(guild.c.guild_id).where(guild.c.guild_id == guild_id))
            is None
        ):
            await unit.conn.execute(sa.insert(guild).values(guild_id=guild_id, joined_at=now))
        await unit.conn.execute(sa.insert(member), people)
        await unit.conn.execute(sa.insert(reading), rows)
        await unit.conn.execute(sa.insert(depth_change), changes)


async def _large(bot: ClubBot) -> Row:
    """The wall time from nothing known to the picture, and the longest the loop stood still."""
    await _fill(bot, 2, READINGS, discord.utils.utcnow())
    pictures = Pictures()
    await pictures.warm_up()
    views = Views(bot.services, pictures, bot.words)
    stalls: list[float] = []

    async def meter() -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.002)
            stalls.append(time.perf_counter() - start - 0.002)

    metering = asyncio.create_task(meter())
    start = time.perf_counter()
    await views.compose(Actor(2, 1, "reader"), View.MAP, 0)
    took = time.perf_counter() - start
    metering.cancel()
    detail = (
        f"{READINGS} readings to a picture, nothing kept; the loop stood {max(stalls) * 1e3:.0f} ms"
    )
    return Row("/coverage of a large server", took, 1.0, " s", detail)


def _picture(bot: ClubBot) -> Row:
    picture = _map(bot)
    counts = [list(row.counts) for row in picture.rows]
    names = [row.name for row in picture.rows]
    ours, bare = _alternating(
        lambda: plots.draw(picture), lambda: _bare(counts, list(picture.columns), names)
    )
    detail = f"{ours * 1e3:.0f} ms beside {bare * 1e3:.0f} ms, the same matrix, labels and size"
    return Row("the map beside bare matplotlib", ours / bare, 1.5, "x", detail)


def _map(bot: ClubBot) -> MapPicture:
    (_, community), *_ = bot.services.coverage._communities.values()
    catalogue = bot.services.catalogues.shipped
    return map_picture(community, catalogue, 0, discord.utils.utcnow(), bot.words)


def _counts() -> list[list[int]]:
    return [[(3 * row + column) % 7 for column in range(6)] for row in range(9)]


def _bare(counts: list[list[int]], columns: list[str], names: list[str]) -> bytes:
    """A heat map as matplotlib's own example draws one: image, ticks, a number a cell."""
    figure = Figure(figsize=(3.6, 3.86), dpi=200)
    axes = figure.add_subplot()
    axes.imshow(counts)
    axes.set_xticks(range(len(columns)), labels=columns, rotation=45, ha="right")
    axes.set_yticks(range(len(names)), labels=names)
    for row, cells in enumerate(counts):
        for column, count in enumerate(cells):
            axes.text(column, row, str(count), ha="center", va="center", color="w")
    figure.colorbar(axes.images[0])
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _alternating(*draws: Callable[[], object], times: int = DRAWN) -> list[float]:
    spent: list[list[float]] = [[] for _ in draws]
    for turn in range(times + 2):
        for draw, into in zip(draws, spent, strict=True):
            start = time.process_time()
            draw()
            if turn >= 2:
                into.append(time.process_time() - start)
    return [statistics.median(one) for one in spent]
