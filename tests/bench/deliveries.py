"""A rush of reminders in one minute, and a ledger of a million beside one of a thousand."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.domain.reminders import ReminderKind
from bot.storage import deliveries
from bot.storage.engine import Database
from bot.storage.types import instant_text
from tests.bench.interactions import interleaved
from tests.bench.table import Row, print_table
from tests.services.reminding import GUILD, ROOM, Club, club_at, planned
from tests.storage.builders import NOW

RUSH, CHANNELS = 1000, 400
# Rows that are done with, and a few that are open, as in a club's every day.
FEW, MANY, OPEN = 1000, 1_000_000, 500


async def rows() -> list[Row]:
    """What the rush takes, then what a long ledger costs."""
    with tempfile.TemporaryDirectory() as folder:
        return [*await _rush(Path(folder)), *await _long_ledger(Path(folder))]


async def _rush(folder: Path) -> list[Row]:
    async with club_at(folder / "rush.sqlite3") as club:
        kinds = (ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE)
        club.source.plans = [
            planned(
                kinds[n % 2],
                NOW + timedelta(seconds=60 * n / RUSH),
                timedelta(minutes=50),
                key=str(n),
                dest=ROOM + n % CHANNELS,
            )
            for n in range(RUSH)
        ]
        await club.deliveries.plan()
        # All of them at the end of the minute: the worst that one minute can bring.
        club.now += timedelta(seconds=60)
        began, claims = club.now, list[float]()
        _time_claims(club, claims)
        stalls = asyncio.create_task(_longest_stall())
        start = time.process_time()
        await club.pass_time(minutes=2)
        spent = time.process_time() - start
        stalls.cancel()
        assert len({message.mark for message in club.discord.messages}) == RUSH
        last = (max(club.discord.sent_at) - began).total_seconds()
        hour = [n for n, kind in enumerate(club.discord.order) if kind is kinds[1]]
        assert max(hour) < RUSH // 2
    p99 = statistics.quantiles(claims, n=100)[98] * 1e3
    detail = f"{RUSH:,} reminders due in one minute to {CHANNELS} channels, the hour before first"
    return [
        Row("a rush of reminders, sent", last, 30, " s", detail + ", at 40 a second"),
        Row("a rush of reminders, CPU", spent, 3, " s", "planning left out, Discord in memory"),
        Row("a rush of reminders, claim", p99, 50, "ms", "p99 of the claims of 25 each"),
        Row("a rush, longest stall", await _stall(stalls) * 1e3, 100, "ms", "of the event loop"),
    ]


def _time_claims(club: Club, into: list[float]) -> None:
    claim = club.deliveries._claim

    async def timed(limit: int) -> object:
        start = time.perf_counter()
        found = await claim(limit)
        into.append(time.perf_counter() - start)
        return found

    club.deliveries._claim = timed  # type: ignore[method-assign, assignment]  # watched only


async def _longest_stall() -> float:
    longest = 0.0
    try:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - start - 0.001)
    except asyncio.CancelledError:
        return longest


async def _stall(measuring: asyncio.Task[float]) -> float:
    return await measuring


async def _long_ledger(folder: Path) -> list[Row]:
    async with AsyncExitStack() as opened:
        few, many = [
            (await opened.enter_async_context(club_at(folder / f"{count}.sqlite3"))).database
            for count in (FEW, MANY)
        ]
        await _fill(few, FEW)
        await _fill(many, MANY)

        async def next_due(database: Database) -> None:
            async with database.read() as conn:
                for _ in range(20):
                    assert await deliveries.next_due(conn) is not None

        async def claim(database: Database) -> None:
            async with database.write() as conn:
                found = await deliveries.claim(conn, "bench", NOW, timedelta(), 25)
            assert len(found) == 25

        look = await interleaved(lambda: next_due(few), lambda: next_due(many), times=40)
        take = await interleaved(lambda: claim(few), lambda: claim(many), times=40)
    detail = f"a ledger of {MANY:,} beside one of {FEW:,}, {OPEN} open in each"
    return [
        Row(
            "next reminder, long ledger", look[1] / look[0], 1.5, "x",
            f"{look[1] / 20 * 1e3:.2f} ms beside {look[0] / 20 * 1e3:.2f} ms of CPU; {detail}",
        ),
        Row(
            "claim of 25, long ledger", take[1] / take[0], 1.5, "x",
            f"{take[1] * 1e3:.2f} ms beside {take[0] * 1e3:.2f} ms of CPU",
        ),
    ]  # fmt: skip


async def _fill(database: Database, count: int) -> None:
    """``count`` rows in all, the last of them open and due; made by SQLite itself."""
    values = {"count": count, "open": count - OPEN, "guild": GUILD, "room": ROOM}
    async with database.write() as conn:
        await conn.execute(sa.text(_FILLING), {**values, "at": instant_text(NOW)})


_FILLING = f"""
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
INSERT INTO delivery (guild_id, club_id, key, kind, part, reader, dest, due_at, deadline_at,
    urgency, version, state, next_at, first_post_at, message_id, settled_at)
SELECT :guild, i % 7500, i, 'day-before', 0, 0, :room + i % {CHANNELS}, at, at, 3, 1,
    iif(is_open, 'pending', 'sent'), iif(is_open, at, NULL), iif(is_open, NULL, at),
    iif(is_open, NULL, i + 1), iif(is_open, NULL, at)
FROM (SELECT i, i >= :open AS is_open,
    strftime('%Y-%m-%dT%H:%M:%f000Z', :at, (i - :count) || ' minutes') AS at FROM n)
"""


if __name__ == "__main__":
    print_table(asyncio.run(rows()))
