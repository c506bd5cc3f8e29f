from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import CannotSave
from bot.storage.engine import Database, open_database
from bot.storage.errors import DatabaseRefused, Missing
from bot.storage.schema import prepare_database
from bot.storage.tables import guild, member
from tests.storage.builders import NOW, query, url_of


async def add_guild(conn: AsyncConnection, guild_id: int) -> None:
    await conn.execute(sa.insert(guild).values(guild_id=guild_id, joined_at=NOW))


async def guild_ids(database: Database) -> list[int]:
    async with database.read() as conn:
        return list(await conn.scalars(sa.select(guild.c.guild_id).order_by(guild.c.guild_id)))


async def pragma(conn: AsyncConnection, name: str) -> object:
    return (await conn.exec_driver_sql(f"PRAGMA {name}")).scalar_one()


async def test_a_unit_left_normally_is_saved(database: Database, path: Path) -> None:
    async with database.write() as conn:
        await add_guild(conn, 1)
    assert query(path, "SELECT guild_id FROM guild") == [(1,)]


async def test_a_unit_that_raises_leaves_nothing(database: Database) -> None:
    async def failing_unit() -> None:
        async with database.write() as conn:
            await add_guild(conn, 1)
            raise LookupError

    with pytest.raises(LookupError):
        await failing_unit()
    assert await guild_ids(database) == []


async def test_the_writer_is_set_up_for_safety(database: Database) -> None:
    async with database.write() as conn:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        assert [await pragma(conn, name) for name in names] == ["wal", 2, 1, 5000]


async def test_a_reader_can_only_read(database: Database) -> None:
    async with database.read() as conn:
        assert await pragma(conn, "query_only") == 1
        with pytest.raises(DBAPIError, match="readonly"):
            await add_guild(conn, 1)
        # Also when somebody lifts the ban: the file itself is open for reading alone.
        await conn.exec_driver_sql("PRAGMA query_only = 0")
        with pytest.raises(DBAPIError, match="readonly"):
            await add_guild(conn, 1)
        await conn.exec_driver_sql("PRAGMA query_only = 1")


async def test_readers_go_on_while_a_unit_writes_and_do_not_see_it(database: Database) -> None:
    async with database.write() as writing:
        await add_guild(writing, 1)
        assert await guild_ids(database) == []
    assert await guild_ids(database) == [1]


async def test_a_read_sees_one_state_to_its_end(database: Database) -> None:
    count = sa.select(sa.func.count()).select_from(guild)
    async with database.read() as reading:
        before = await reading.scalar(count)
        async with database.write() as writing:
            await add_guild(writing, 1)
        assert await reading.scalar(count) == before
    assert await guild_ids(database) == [1]


async def test_units_write_one_after_the_other_in_order(database: Database) -> None:
    order: list[int] = []

    async def unit(number: int) -> None:
        async with database.write() as conn:
            seen = await conn.scalars(sa.select(guild.c.guild_id))
            order.append(len(seen.all()))
            await add_guild(conn, number)

    await asyncio.gather(*(unit(number) for number in range(1, 41)))
    assert order == list(range(40))
    assert await guild_ids(database) == list(range(1, 41))


async def test_more_reads_than_connections_all_end(database: Database) -> None:
    assert await asyncio.gather(*(guild_ids(database) for _ in range(20))) == [[]] * 20


async def test_a_unit_within_a_unit_is_refused_instead_of_waiting_for_itself(
    database: Database,
) -> None:
    async with database.write():
        with pytest.raises(RuntimeError, match="must not begin another"):
            async with database.write():
                pass
    async with database.write() as conn:
        await add_guild(conn, 1)


async def test_a_commit_that_fails_leaves_a_clean_connection(database: Database) -> None:
    orphan = sa.insert(member).values(
        guild_id=9, user_id=9, display_name="nobody", first_seen_at=NOW
    )

    async def unit_that_breaks_at_its_commit() -> None:
        async with database.write() as conn:
            await conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            await conn.execute(orphan)

    with pytest.raises(IntegrityError):
        await unit_that_breaks_at_its_commit()
    async with database.write() as conn:
        await add_guild(conn, 1)
    assert await guild_ids(database) == [1]


async def test_foreign_keys_hold_and_cascade(database: Database, path: Path) -> None:
    async with database.write() as conn:
        await add_guild(conn, 1)
        await conn.execute(
            sa.insert(member).values(guild_id=1, user_id=2, display_name="a", first_seen_at=NOW)
        )
    async with database.write() as conn:
        await conn.execute(sa.delete(guild).where(guild.c.guild_id == 1))
    assert query(path, "SELECT * FROM member") == []


async def test_an_error_tells_nothing_of_what_was_to_be_stored(database: Database) -> None:
    row = {"guild_id": 9, "user_id": 9, "display_name": "a secret name", "first_seen_at": NOW}
    async with database.write() as conn:
        with pytest.raises(IntegrityError) as raised:
            await conn.execute(sa.insert(member).values(row))
    assert "secret" not in str(raised.value)


async def test_closing_waits_for_the_unit_under_way_and_refuses_new_ones(
    prepared: Path,
) -> None:
    database = await Database.open(url_of(prepared))
    entered = asyncio.Event()
    leave = asyncio.Event()

    async def unit() -> None:
        async with database.write() as conn:
            entered.set()
            await leave.wait()
            await add_guild(conn, 1)

    under_way = asyncio.create_task(unit())
    await entered.wait()
    closing = asyncio.create_task(database.close())
    waiting = asyncio.create_task(guild_ids(database))
    await asyncio.wait((waiting,))
    assert not closing.done()
    leave.set()
    await asyncio.gather(under_way, closing)
    assert isinstance(waiting.exception(), RuntimeError)
    assert query(prepared, "SELECT guild_id FROM guild") == [(1,)]
    await database.close()


async def test_closing_that_is_cancelled_closes_all_the_same(prepared: Path) -> None:
    database = await Database.open(url_of(prepared))
    async with database.write() as conn:
        closing = asyncio.create_task(database.close())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.wait((closing,))
        await add_guild(conn, 1)
    assert query(prepared, "SELECT guild_id FROM guild") == [(1,)]


async def test_a_closed_database_leaves_a_single_file(prepared: Path) -> None:
    async with open_database(url_of(prepared)) as database, database.write() as conn:
        await add_guild(conn, 1)
    names = {file.name for file in prepared.parent.iterdir()}
    assert {name for name in names if name.endswith(("-wal", "-shm"))} == set()


def test_opening_never_creates_a_database(url: str, path: Path) -> None:
    with pytest.raises(Missing, match=r"club\.sqlite3"):
        asyncio.run(Database.open(url))
    assert not path.exists()


async def test_opening_what_is_no_database_says_so() -> None:
    with pytest.raises(DatabaseRefused, match="damaged"):
        await Database.open(url_of(Path(__file__)))


@pytest.mark.parametrize("name", ["a b", "a?b", "a#b", "100%", "a%20b", "späť", "a&mode=rw", "'"])
async def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / f"{name}.sqlite3"
    prepare_database(url_of(path), NOW)
    async with open_database(url_of(path)) as database:
        async with database.write() as conn:
            await add_guild(conn, 1)
        assert await guild_ids(database) == [1]


@pytest.mark.parametrize(
    "address",
    [
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite:///x?mode=memory",
        "postgresql+asyncpg://host/club",
        "club.sqlite3",
    ],
)
async def test_an_address_of_another_kind_is_refused_with_the_right_form(address: str) -> None:
    with pytest.raises(DatabaseRefused, match=r"sqlite\+aiosqlite:///"):
        await Database.open(address)


async def test_a_full_disk_loses_nothing_says_so_and_is_over_when_there_is_room(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    long = "x" * 100_000

    async def fill_up() -> None:
        async with database.write() as conn:
            await add_guild(conn, 2)
            pages = (await conn.exec_driver_sql("PRAGMA page_count")).scalar_one()
            await conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            await conn.execute(
                sa.insert(member).values(
                    guild_id=2, user_id=2, display_name=long, first_seen_at=NOW
                )
            )

    async with database.write() as conn:
        await add_guild(conn, 1)
    with pytest.raises(CannotSave):
        await fill_up()
    assert "nothing can be saved" in caplog.text
    assert await guild_ids(database) == [1]
    async with database.write() as conn:
        await conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
        await add_guild(conn, 3)
    assert await guild_ids(database) == [1, 3]
