"""A unit of work that is cancelled is done whole or not at all, and harms nobody after it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bot.storage.completion import complete
from bot.storage.engine import Database, open_database
from bot.storage.tables import guild
from tests.storage.builders import NOW, query, url_of


async def add_pair(database: Database, number: int) -> None:
    """One unit of work: the rows 2n and 2n + 1, with a read between them."""
    async with database.write() as conn:
        await conn.execute(sa.insert(guild).values(guild_id=2 * number, joined_at=NOW))
        await conn.execute(sa.select(guild.c.guild_id).where(guild.c.guild_id == 2 * number))
        await conn.execute(sa.insert(guild).values(guild_id=2 * number + 1, joined_at=NOW))


def pairs(path: Path) -> set[int]:
    """The numbers of the pairs that are there. Fails on half a pair, and on a bad file."""
    assert query(path, "PRAGMA integrity_check") == [("ok",)]
    present = [row[0] for row in query(path, "SELECT guild_id FROM guild")]
    assert len(present) == 2 * len({row // 2 for row in present}), "half a unit of work"
    return {row // 2 for row in present}


@pytest.fixture
def connections(database: Database) -> list[object]:
    """Every connection for writing that is opened from now on."""
    opened: list[object] = []
    event.listen(
        database._writer.sync_engine, "connect", lambda connection, _: opened.append(connection)
    )
    return opened


async def spin(seconds: float) -> None:
    """Lets other tasks run for so long, without giving them a timer to wait for."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:  # noqa: ASYNC110 (nothing to be told of: time passes)
        await asyncio.sleep(0)


async def test_hundreds_of_units_cancelled_at_random(
    database: Database, prepared: Path, connections: list[object]
) -> None:
    chance = random.Random(20260105)
    finished: set[int] = set()
    cancelled = 0
    for start in range(1, 601, 3):
        tasks = {n: asyncio.create_task(add_pair(database, n)) for n in range(start, start + 3)}
        for task in tasks.values():
            await spin(chance.uniform(0, 0.0015))
            task.cancel()
            if chance.random() < 0.3:
                await asyncio.sleep(0)
                task.cancel()
        await asyncio.wait(tasks.values())
        finished |= {n for n, task in tasks.items() if not task.cancelled()}
        cancelled += sum(task.cancelled() for task in tasks.values())
    assert cancelled > 200
    # The next one begins as if nothing had been.
    await add_pair(database, 1000)
    assert finished | {1000} <= pairs(prepared)
    assert connections == []


class NthCall:
    """Calls ``strike`` just after the n-th call that any connection hands to its thread."""

    def __init__(self, number: int, strike: Callable[[], object]) -> None:
        self.left = number
        self.strike = strike

    def count(self) -> None:
        self.left -= 1
        if self.left == 0:
            # Not before the caller waits for the answer.
            asyncio.get_running_loop().call_soon(self.strike)


@pytest.fixture
def nth_call(monkeypatch: pytest.MonkeyPatch) -> Callable[[NthCall], None]:
    armed: list[NthCall] = []
    original: Any = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, *args: Any, **options: Any) -> Any:
        for call in armed:
            call.count()
        return await original(self, *args, **options)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)

    def arm(call: NthCall) -> None:
        armed[:] = [call]

    return arm


async def test_a_unit_cancelled_at_each_of_its_calls_in_turn(
    database: Database,
    prepared: Path,
    connections: list[object],
    nth_call: Callable[[NthCall], None],
) -> None:
    saved_though_cancelled = []
    for number in range(1, 100):
        task = asyncio.create_task(add_pair(database, number))
        call = NthCall(number, task.cancel)
        nth_call(call)
        await asyncio.wait((task,))
        if not task.cancelled():
            break
        if number in pairs(prepared):
            saved_though_cancelled.append(number)
    # One call is the COMMIT: it ran to its end, and only then was the caller cancelled.
    assert len(saved_though_cancelled) == 1
    assert call.left > 0, "the last unit must have passed untouched"
    assert number > 5
    assert connections == []


async def test_every_task_of_the_loop_cancelled_at_each_call_in_turn(
    database: Database, prepared: Path, nth_call: Callable[[NthCall], None]
) -> None:
    """As a loop does when it ends."""
    test = asyncio.current_task()

    def cancel_all() -> None:
        for task in asyncio.all_tasks() - {test}:
            task.cancel()

    for number in range(1, 100):
        task = asyncio.create_task(add_pair(database, number))
        call = NthCall(number, cancel_all)
        nth_call(call)
        await asyncio.wait((task,))
        pairs(prepared)
        if not task.cancelled():
            break
    assert call.left > 0
    nth_call(NthCall(0, task.cancel))
    await add_pair(database, 1000)
    assert 1000 in pairs(prepared)


async def test_a_unit_that_runs_out_of_time_leaves_nothing(
    database: Database, prepared: Path
) -> None:
    async def slow_unit() -> None:
        async with asyncio.timeout(0), database.write() as conn:
            await conn.execute(sa.insert(guild).values(guild_id=2, joined_at=NOW))

    with pytest.raises(TimeoutError):
        await slow_unit()
    assert pairs(prepared) == set()


async def test_a_unit_cancelled_while_it_waits_its_turn_never_begins(
    database: Database, prepared: Path
) -> None:
    async with database.write():
        waiting = asyncio.create_task(add_pair(database, 1))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait((waiting,))
    await add_pair(database, 2)
    assert pairs(prepared) == {2}


async def test_reads_cancelled_at_random_leave_the_readers_usable(database: Database) -> None:
    async def read() -> int:
        async with database.read() as conn:
            rows = await conn.scalars(sa.select(guild.c.guild_id))
            return len(rows.all())

    chance = random.Random(1)
    for _ in range(100):
        tasks = [asyncio.create_task(read()) for _ in range(4)]
        await spin(chance.uniform(0, 0.001))
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    await add_pair(database, 1)
    assert await asyncio.gather(*(read() for _ in range(6))) == [2] * 6


async def test_a_savepoint_cancelled_inside_rolls_the_whole_unit_back(
    database: Database, prepared: Path, nth_call: Callable[[NthCall], None]
) -> None:
    async def unit(number: int) -> None:
        async with database.write() as conn:
            await conn.execute(sa.insert(guild).values(guild_id=2 * number, joined_at=NOW))
            async with conn.begin_nested():
                await conn.execute(sa.insert(guild).values(guild_id=2 * number + 1, joined_at=NOW))

    for number in range(1, 100):
        task = asyncio.create_task(unit(number))
        call = NthCall(number, task.cancel)
        nth_call(call)
        await asyncio.wait((task,))
        pairs(prepared)
        if not task.cancelled():
            break
    assert call.left > 0
    await add_pair(database, 1000)
    assert {number, 1000} <= pairs(prepared)


async def test_a_cancellation_wins_over_the_error_of_what_it_waited_for() -> None:
    async def failing() -> None:
        await asyncio.sleep(0)
        raise LookupError

    task = asyncio.create_task(complete(failing()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as raised:
        await task
    assert isinstance(raised.value.__cause__, LookupError)


async def test_closing_with_units_in_the_queue_leaves_whole_units(prepared: Path) -> None:
    chance = random.Random(7)
    for first in range(1, 100, 10):
        async with open_database(url_of(prepared)) as database:
            units = [asyncio.create_task(add_pair(database, first + n)) for n in range(5)]
            await spin(chance.uniform(0, 0.006))
        outcomes = await asyncio.gather(*units, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} <= {RuntimeError, type(None)}
        done = {first + n for n, outcome in enumerate(outcomes) if outcome is None}
        assert done == {n for n in pairs(prepared) if n >= first}
