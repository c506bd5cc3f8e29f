from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import deployment, guilds
from bot.storage.engine import Database
from bot.storage.members import record_member
from tests.storage.builders import NOW, query

LATER = NOW + timedelta(days=1)
MUCH_LATER = NOW + timedelta(days=9)


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[AsyncConnection]:
    async with database.write() as unit:
        yield unit


async def test_a_server_that_is_seen_again_keeps_its_date_of_joining(
    database: Database, prepared: Path
) -> None:
    async with database.write() as conn:
        await guilds.record_joined(conn, 1, NOW)
        await guilds.record_joined(conn, 1, LATER)
    assert query(prepared, "SELECT joined_at, left_at FROM guild") == [
        ("2026-01-05T18:00:00.000000Z", None)
    ]


async def test_a_server_that_comes_back_has_joined_anew(database: Database, prepared: Path) -> None:
    async with database.write() as conn:
        await guilds.record_joined(conn, 1, NOW)
        await guilds.record_left(conn, 1, LATER)
        await guilds.record_joined(conn, 1, MUCH_LATER)
    assert query(prepared, "SELECT joined_at, left_at FROM guild") == [
        ("2026-01-14T18:00:00.000000Z", None)
    ]


async def test_a_server_has_left_since_the_first_time_it_was_noticed(
    database: Database, prepared: Path
) -> None:
    async with database.write() as conn:
        await guilds.record_joined(conn, 1, NOW)
        await guilds.record_left(conn, 1, LATER)
        await guilds.record_left(conn, 1, MUCH_LATER)
    assert query(prepared, "SELECT left_at FROM guild") == [("2026-01-06T18:00:00.000000Z",)]


async def test_only_servers_the_bot_is_in_are_present(conn: AsyncConnection) -> None:
    for guild_id in (1, 2, 3):
        await guilds.record_joined(conn, guild_id, NOW)
    await guilds.record_left(conn, 2, LATER)
    await guilds.record_left(conn, 99, LATER)
    assert await guilds.present_guilds(conn) == {1, 3}


async def test_the_target_is_two_until_it_is_set(conn: AsyncConnection) -> None:
    await guilds.record_joined(conn, 1, NOW)
    assert await guilds.target_readers(conn, 1) == 2
    assert await guilds.target_readers(conn, 99) == 2
    await guilds.set_target_readers(conn, 1, 5, NOW)
    await guilds.set_target_readers(conn, 2, 50, NOW)
    assert await guilds.target_readers(conn, 1) == 5
    assert await guilds.target_readers(conn, 2) == 50


@pytest.mark.parametrize("target", [0, 51])
async def test_a_target_out_of_range_is_refused(conn: AsyncConnection, target: int) -> None:
    with pytest.raises(IntegrityError, match="ck_guild_target_readers"):
        await guilds.set_target_readers(conn, 1, target, NOW)


async def test_a_member_keeps_the_first_date_and_the_last_name(
    database: Database, prepared: Path
) -> None:
    async with database.write() as conn:
        await record_member(conn, 1, 2, "Ada", NOW)
        await record_member(conn, 1, 2, "Ada L.", LATER)
        await record_member(conn, 3, 2, "Countess", LATER)
    assert query(
        prepared,
        "SELECT guild_id, user_id, display_name, first_seen_at FROM member ORDER BY guild_id",
    ) == [
        (1, 2, "Ada L.", "2026-01-05T18:00:00.000000Z"),
        (3, 2, "Countess", "2026-01-06T18:00:00.000000Z"),
    ]


async def test_the_installation_keeps_its_id(conn: AsyncConnection) -> None:
    assert UUID(await deployment.installation(conn)) == UUID(await deployment.installation(conn))


async def test_the_fingerprint_of_the_commands_is_kept_until_it_is_forgotten(
    conn: AsyncConnection,
) -> None:
    assert await deployment.command_fingerprint(conn) is None
    await deployment.set_command_fingerprint(conn, "abc")
    assert await deployment.command_fingerprint(conn) == "abc"
    await deployment.set_command_fingerprint(conn, None)
    assert await deployment.command_fingerprint(conn) is None
