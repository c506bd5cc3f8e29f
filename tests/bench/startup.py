"""What a start costs beside a bare discord.py bot: CPU until ready, and resident memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.table import Row

RUNS = 5
_READY = """
import asyncio, json, time, resource, discord, psutil, simcord
async def ready(bot):
    env = simcord.Env(bot)
    await env.start()
    rss = psutil.Process().memory_info().rss
    print(json.dumps({"cpu": time.process_time(), "rss": rss / 2**20}))
    await env.shutdown()
"""
BARE = (
    _READY
    + """
from discord.ext import commands
async def main():
    await ready(commands.AutoShardedBot(
        command_prefix=(), intents=discord.Intents(guilds=True), shard_count=1))
asyncio.run(main())
"""
)
OURS = (
    _READY
    + """
from bot.app import open_bot
from bot.settings import Settings
async def main():
    async with open_bot(Settings(database_url="sqlite+aiosqlite:///{database}")) as bot:
        await ready(bot)
asyncio.run(main())
"""
)


def rows() -> list[Row]:
    """CPU from the first byte of the process to ready, and memory then (simulator in both)."""
    bare: list[dict[str, float]] = []
    ours: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        script = OURS.replace("{database}", str(Path(folder) / "bench.db"))
        _run(script)  # the first start makes the database, which later starts do not
        for _ in range(RUNS):
            bare.append(_run(BARE))
            ours.append(_run(script))
    cpu = statistics.median(r["cpu"] for r in ours), statistics.median(r["cpu"] for r in bare)
    rss = statistics.median(r["rss"] for r in ours), statistics.median(r["rss"] for r in bare)
    return [
        Row(
            "start to ready",
            cpu[0] / cpu[1],
            3.5,
            "x",
            f"{cpu[0]:.2f} s beside {cpu[1]:.2f} s of CPU",
        ),
        Row(
            "resident memory", rss[0] - rss[1], 60, " MB", f"{rss[0]:.0f} MB beside {rss[1]:.0f} MB"
        ),
    ]


def _run(script: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured
