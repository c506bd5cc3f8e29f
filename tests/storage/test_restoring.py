"""A backup in the place of the database: checked first, and nothing is ever deleted by it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage import restored_messages
from bot.storage.backup import back_up, prune, set_aside_of
from bot.storage.engine import open_database
from bot.storage.errors import Busy, Damaged, DatabaseRefused, Foreign, Missing, Newer, NotWritable
from bot.storage.occupancy import occupied
from bot.storage.restoring import restore, skip_numbers
from bot.storage.revisions import known_revisions
from bot.storage.schema import prepare_database
from tests.storage.builders import NOW, ROOT, query, url_of

LATER = NOW + timedelta(days=2)


def add_guild(path: Path, number: int) -> None:
    query(
        path,
        f"INSERT INTO guild (guild_id, joined_at) VALUES ({number}, '2026-01-05T18:00:00.000000Z')",
    )


def guilds_of(path: Path) -> list[int]:
    return [row[0] for row in query(path, "SELECT guild_id FROM guild ORDER BY guild_id")]


def test_what_was_stored_comes_back_and_what_came_later_is_set_aside(prepared: Path) -> None:
    add_guild(prepared, 1)
    copy = back_up(prepared, known_revisions()[-1], NOW)
    add_guild(prepared, 2)
    heard: list[tuple[int, int]] = []
    done = restore(prepared, copy, LATER, lambda *told: heard.append(told))
    assert heard[-1] == (copy.stat().st_size, copy.stat().st_size)
    assert guilds_of(prepared) == [1]
    assert (done.made_at, done.revision) == (NOW, known_revisions()[-1])
    assert done.set_aside is not None
    assert guilds_of(done.set_aside) == [1, 2]
    prepare_database(url_of(prepared), LATER)


def test_a_database_that_is_gone_comes_back_too(prepared: Path) -> None:
    add_guild(prepared, 1)
    copy = back_up(prepared, known_revisions()[-1], NOW)
    for file in prepared.parent.glob(f"{prepared.name}*"):
        file.unlink()
    assert restore(prepared, copy, LATER).set_aside is None
    assert guilds_of(prepared) == [1]


def test_what_was_set_aside_comes_back_with_the_last_that_was_written(prepared: Path) -> None:
    copy = back_up(prepared, known_revisions()[-1], NOW)
    connection = sqlite3.connect(prepared)
    connection.execute("INSERT INTO guild (guild_id, joined_at) VALUES (7, '2026-01-05')")
    connection.commit()
    # The program was killed: what it wrote last stands in the log alone.
    aside = restore(prepared, copy, NOW).set_aside
    assert aside is not None
    assert guilds_of(prepared) == []
    restore(prepared, aside, LATER)
    connection.close()
    assert guilds_of(prepared) == [7]


def test_another_programs_database_is_left_where_it_is(prepared: Path, tmp_path: Path) -> None:
    copy = back_up(prepared, known_revisions()[-1], NOW)
    other, folder = tmp_path / "other.db", tmp_path / "folder.db"
    foreign_to(other)
    folder.mkdir()
    for path, error in ((other, Foreign), (folder, NotWritable)):
        with pytest.raises(error):
            restore(path, copy, LATER)
        assert set_aside_of(path) == {}
    assert query(other, "SELECT count(*) FROM other") == [(0,)]


def test_no_number_from_after_the_backup_is_given_again(prepared: Path) -> None:
    copy = back_up(prepared, known_revisions()[-1], NOW)
    restore(prepared, copy, LATER)
    skip_numbers(prepared)
    add_guild(prepared, 1)
    query(
        prepared,
        "INSERT INTO import_draft (guild_id, user_id, file_name, format, digest, lines, expires_at)"
        " VALUES (1, 2, 'a.bib', 'bib', '', '', '2026-01-05T18:00:00.000000Z')",
    )
    assert query(prepared, "SELECT id FROM import_draft") == [(1_000_001,)]


def cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:5000])


def empty(copy: Path) -> None:
    copy.write_bytes(b"")


def foreign(copy: Path) -> None:
    copy.unlink()
    foreign_to(copy)


def foreign_to(path: Path) -> None:
    query(path, "CREATE TABLE other (id INTEGER)")


def newer(copy: Path) -> None:
    query(copy, "UPDATE alembic_version SET version_num = '9999'")


def gone(copy: Path) -> None:
    copy.unlink()


@pytest.mark.parametrize(
    ("spoil", "error"),
    [(cut, Damaged), (empty, Missing), (foreign, Foreign), (newer, Newer), (gone, Missing)],
)
def test_a_bad_copy_changes_nothing(
    prepared: Path, spoil: Callable[[Path], None], error: type[DatabaseRefused]
) -> None:
    add_guild(prepared, 1)
    copy = back_up(prepared, known_revisions()[-1], NOW)
    add_guild(prepared, 2)
    spoil(copy)
    with pytest.raises(error):
        restore(prepared, copy, LATER)
    assert guilds_of(prepared) == [1, 2]
    assert set_aside_of(prepared) == {}


def test_what_was_set_aside_goes_with_the_backups_of_its_time(prepared: Path) -> None:
    copy = back_up(prepared, known_revisions()[-1], NOW)
    aside = restore(prepared, copy, LATER).set_aside
    assert aside is not None
    prune(prepared, LATER)
    assert aside.exists()
    prune(prepared, LATER + timedelta(seconds=1))
    assert not aside.exists()


def test_one_program_a_database_and_a_killed_one_gives_it_back(tmp_path: Path) -> None:
    path = tmp_path / "club.sqlite3"
    program = (
        "import sys, time; from pathlib import Path; from bot.storage.occupancy import occupied\n"
        f"with occupied(Path({str(path)!r})):\n print('held', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Busy, match="Another copy of the program"), occupied(path):
            pass
    finally:
        other.kill()
        other.communicate()
    with occupied(path):
        pass
    with occupied(path):
        pass


async def test_what_stands_in_discord_is_brought_up_to_date(prepared: Path) -> None:
    add_guild(prepared, 1)
    stamp = "'2026-01-05T18:00:00.000000Z'"
    query(
        prepared,
        "INSERT INTO board (id, guild_id, channel_id, message_id, scope, created_at, shown)"
        f" VALUES (1, 1, 5, 6, 'all', {stamp}, 'x'), (2, 1, 5, NULL, 'all', {stamp}, NULL)",
    )
    query(
        prepared,
        "INSERT INTO split_round (id, guild_id, state, unit, each_papers, weeks, created_at,"
        " deadline_at, closed_at, channel_id, message_id, shown) VALUES"
        f" (3, 1, 'collecting', 'papers', 1, 3, {stamp}, {stamp}, NULL, 5, 7, 'x'),"
        f" (4, 1, 'closed', 'papers', 1, 3, {stamp}, {stamp}, {stamp}, 5, 8, 'x')",
    )
    async with open_database(url_of(prepared)) as database, database.write() as conn:
        await restored_messages.show_again(conn, NOW, LATER)
    due = query(prepared, "SELECT kind, subject_id FROM deadline ORDER BY kind")
    assert due == [("board", 1), ("split-panel", 3)]
    assert query(prepared, "SELECT shown FROM board") == [(None,), (None,)]
    assert query(prepared, "SELECT shown FROM split_round ORDER BY id") == [(None,), ("x",)]
