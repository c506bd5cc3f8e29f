"""A sweep leaves nothing of what was deleted in the database's files, and harms nothing else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.storage.engine import Database
from bot.storage.guilds import ensure_guild, present_guilds
from bot.storage.members import record_member
from tests.storage.builders import NOW


def files_with(text: bytes, path: Path) -> list[str]:
    return [f.name for f in path.parent.iterdir() if f.is_file() and text in f.read_bytes()]


async def test_nothing_of_a_deleted_row_is_left(database: Database, prepared: Path) -> None:
    async with database.write() as conn:
        await record_member(conn, 1, 11, "sentinelname", NOW)
    assert files_with(b"sentinelname", prepared)
    async with database.write() as conn:
        await conn.execute(sa.text("DELETE FROM member"))
    await database.sweep()
    assert files_with(b"sentinelname", prepared) == []
    async with database.read() as conn:
        assert await present_guilds(conn) == {1}


async def test_a_unit_that_reads_sees_its_own_moment_through_a_sweep(database: Database) -> None:
    async with database.write() as conn:
        await ensure_guild(conn, 1, NOW)
    async with database.read() as conn:
        assert await present_guilds(conn) == {1}
        sweeping = asyncio.ensure_future(database.sweep())
        await asyncio.sleep(0.05)
        assert not sweeping.done()
        assert await present_guilds(conn) == {1}
    await sweeping
    async with database.write() as conn:
        await ensure_guild(conn, 2, NOW)


async def test_units_go_on_while_many_sweeps_are_asked_for(database: Database) -> None:
    async def write(guild_id: int) -> None:
        async with database.write() as conn:
            await ensure_guild(conn, guild_id, NOW)

    async def read() -> None:
        async with database.read() as conn:
            await present_guilds(conn)

    work = [
        database.sweep() if n % 5 == 0 else (write(n) if n % 2 else read()) for n in range(1, 41)
    ]
    await asyncio.gather(*work)
    async with database.read() as conn:
        assert len(await present_guilds(conn)) == 16


async def test_a_cancelled_sweep_leaves_the_database_usable(database: Database) -> None:
    sweeping = asyncio.ensure_future(database.sweep())
    await asyncio.sleep(0)
    sweeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sweeping
    async with database.write() as conn:
        await ensure_guild(conn, 1, NOW)


async def test_a_closed_database_is_not_swept(database: Database) -> None:
    await database.close()
    with pytest.raises(RuntimeError, match="closed"):
        await database.sweep()
