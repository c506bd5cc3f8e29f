"""A statement is one trip to the connection's thread, and says all that the DB-API asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Database
from bot.storage.tables import guild
from tests.storage.builders import NOW


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[AsyncConnection]:
    """A unit of work that may write."""
    async with database.write() as unit:
        yield unit


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is handed to the threads of connections from now on."""
    handed: list[object] = []
    original: Any = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, *args: object) -> object:
        handed.append(args)
        return await original(self, *args)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return handed


async def test_a_statement_is_one_trip(conn: AsyncConnection, trips: list[object]) -> None:
    await conn.execute(sa.insert(guild).values(guild_id=1, joined_at=NOW))
    before = len(trips)
    assert (await conn.execute(sa.select(guild.c.guild_id))).all() == [(1,)]
    assert len(trips) == before + 1


async def test_a_unit_is_its_statements_a_begin_and_an_end(
    database: Database, trips: list[object]
) -> None:
    async with database.read() as conn:
        await conn.execute(sa.select(guild))
    assert len(trips) == 3


async def test_rows_are_counted_numbered_and_returned(conn: AsyncConnection) -> None:
    many = [{"guild_id": n, "joined_at": NOW} for n in range(1, 4)]
    await conn.execute(sa.insert(guild), many)
    changed = await conn.execute(sa.update(guild).where(guild.c.guild_id > 1).values(joined_at=NOW))
    assert changed.rowcount == 2
    added = await conn.exec_driver_sql("INSERT INTO guild (guild_id, joined_at) VALUES (9, 1)")
    assert added.lastrowid == 9
    gone = await conn.execute(
        sa.delete(guild).where(guild.c.guild_id < 3).returning(guild.c.guild_id)
    )
    assert sorted(gone.scalars()) == [1, 2]
    assert [
        column[0]
        for column in (await conn.exec_driver_sql("SELECT 1 AS a, 2 AS b")).cursor.description
    ] == ["a", "b"]


@pytest.mark.parametrize("size", [1, 2, 5])
async def test_rows_are_read_a_few_at_a_time(conn: AsyncConnection, size: int) -> None:
    many = [{"guild_id": n, "joined_at": NOW} for n in range(1, 6)]
    await conn.execute(sa.insert(guild), many)
    found = await conn.execute(sa.select(guild.c.guild_id).order_by(guild.c.guild_id))
    parts = [list(part) for part in found.scalars().partitions(size)]
    assert [number for part in parts for number in part] == [1, 2, 3, 4, 5]
    assert {len(part) for part in parts[:-1]} <= {size}


async def test_a_stream_has_the_same_rows(conn: AsyncConnection) -> None:
    many = [{"guild_id": n, "joined_at": NOW} for n in range(1, 6)]
    await conn.execute(sa.insert(guild), many)
    async with conn.stream(sa.select(guild.c.guild_id).order_by(guild.c.guild_id)) as found:
        assert await found.fetchone() == (1,)
        assert [tuple(row) async for row in found] == [(2,), (3,), (4,), (5,)]


async def test_one_row_is_a_few_where_nobody_says_how_many(conn: AsyncConnection) -> None:
    many = [{"guild_id": n, "joined_at": NOW} for n in range(1, 4)]
    await conn.execute(sa.insert(guild), many)
    found = await conn.execute(sa.select(guild.c.guild_id).order_by(guild.c.guild_id))
    assert found.fetchmany() == [(1,)]
    assert found.fetchone() == (2,)


async def test_an_error_leaves_the_connection_usable(conn: AsyncConnection) -> None:
    with pytest.raises(sa.exc.OperationalError, match="no such table"):
        await conn.exec_driver_sql("SELECT * FROM nowhere")
    with pytest.raises(sa.exc.IntegrityError):
        await conn.execute(
            sa.insert(guild), [{"guild_id": 4, "joined_at": NOW}, {"guild_id": 4, "joined_at": NOW}]
        )
    assert await conn.scalar(sa.select(sa.literal(1))) == 1


async def test_no_cursor_is_left_open(database: Database, prepared: Path) -> None:
    async with database.write() as conn:
        await conn.execute(sa.insert(guild).values(guild_id=1, joined_at=NOW))
        await conn.execute(sa.select(guild))
    await database.close()
    assert not prepared.with_name(prepared.name + "-wal").exists()
