"""Old copies of the database are deleted, and nothing else is."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.storage.backup import back_up, prune
from bot.storage.engine import open_database
from bot.storage.tables import guild
from tests.storage.builders import NOW, query, url_of

DAY = timedelta(days=1)


def test_copies_from_before_a_moment_go_and_later_ones_stay(prepared: Path) -> None:
    old, older, new = (back_up(prepared, "0002", NOW + days * DAY) for days in (1, 0, 2))
    assert prune(prepared, NOW + 2 * DAY) == (older, old)
    assert list(old.parent.iterdir()) == [new]


async def test_a_copy_made_while_units_are_saved_is_whole_and_halves_none(prepared: Path) -> None:
    """Twenty copies, each the state of one moment: every unit with all its rows or with none."""
    async with open_database(url_of(prepared)) as database:
        written = 0

        async def write(until: asyncio.Event) -> None:
            nonlocal written
            while not until.is_set():
                pair = [2 * written + 1, 2 * written + 2]
                async with database.write() as conn:
                    for guild_id in pair:
                        row = {"guild_id": guild_id, "joined_at": NOW}
                        await conn.execute(sa.insert(guild).values(row))
                written += 1

        over = asyncio.Event()
        writing = asyncio.create_task(write(over))
        counts = []
        for number in range(20):
            before = written
            copy = await asyncio.to_thread(back_up, prepared, "0001", NOW + number * DAY)
            ids = {row[0] for row in query(copy, "SELECT guild_id FROM guild")}
            assert ids == set(range(1, len(ids) + 1))
            assert len(ids) % 2 == 0
            assert 2 * before <= len(ids) <= 2 * (written + 1)
            counts.append(len(ids))
        over.set()
        await writing
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_second_copy_of_the_same_moment_goes_as_well(prepared: Path) -> None:
    copies = [back_up(prepared, "0002", NOW) for _ in range(2)]
    assert prune(prepared, NOW + DAY) == tuple(sorted(copies))


def test_what_is_no_copy_of_this_database_is_left_alone(prepared: Path) -> None:
    folder = prepared.parent / "backups"
    folder.mkdir()
    names = [
        "notes.txt",
        "club-before-the-move.sqlite3",
        "other-20200101T000000Z-0001.sqlite3",
        "club-20200101T000000Z-0001.sqlite3.gz",
    ]
    for name in names:
        (folder / name).touch()
    assert prune(prepared, NOW) == ()
    assert sorted(file.name for file in folder.iterdir()) == sorted(names)


def test_without_any_copy_there_is_nothing_to_do(prepared: Path) -> None:
    assert prune(prepared, NOW) == ()
