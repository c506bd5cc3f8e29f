"""Servers come and go: noticed at once, or at the next start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.services.guilds import Guilds
from bot.services.work import Work
from bot.storage import tables
from bot.storage.engine import Database, open_database
from bot.storage.remains import Remains
from tests.installations import install

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


class SetClock:
    """A clock that stands where a test puts it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path}/club.db"
    install(tmp_path / "club.db", START)
    async with open_database(url) as opened:
        yield opened


def guilds_of(database: Database, clock: SetClock, folder: Path) -> Guilds:
    return Guilds(
        Work(database, clock, lambda _: None), Remains(database, folder / "club.db"), lambda _: None
    )


async def rows(database: Database) -> dict[int, tuple[datetime, datetime | None]]:
    guild = tables.guild.c
    async with database.read() as conn:
        found = await conn.execute(sa.select(guild.guild_id, guild.joined_at, guild.left_at))
        return {row.guild_id: (row.joined_at, row.left_at) for row in found}


async def test_leaving_and_coming_back_are_remembered(database: Database, tmp_path: Path) -> None:
    clock = SetClock(START)
    guilds = guilds_of(database, clock, tmp_path)
    await guilds.joined(1)
    clock.now += timedelta(days=1)
    await guilds.left(1)
    assert (await rows(database))[1] == (START, START + timedelta(days=1))
    clock.now += timedelta(days=1)
    await guilds.joined(1)
    assert (await rows(database))[1] == (START + timedelta(days=2), None)


async def test_what_happened_offline_is_noticed_at_the_next_start(
    database: Database, tmp_path: Path
) -> None:
    clock = SetClock(START)
    guilds = guilds_of(database, clock, tmp_path)
    await guilds.present([1, 2])
    clock.now += timedelta(hours=3)
    await guilds.present([2, 3])
    assert await rows(database) == {
        1: (START, START + timedelta(hours=3)),
        2: (START, None),
        3: (START + timedelta(hours=3), None),
    }


async def test_being_ready_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    clock = SetClock(START)
    guilds = guilds_of(database, clock, tmp_path)
    await guilds.present([1])
    before = await rows(database)
    clock.now += timedelta(hours=1)
    await guilds.present([1])
    assert await rows(database) == before
