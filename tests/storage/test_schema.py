"""The start: a database made, found as it should be, or brought up to date."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest

from bot.storage.errors import NotMigrated
from bot.storage.inspection import marker_of
from bot.storage.revisions import known_revisions
from bot.storage.schema import Prepared, prepare_database
from tests.storage.builders import NOW, ROOT, query, schema_of, url_of, versions_with

NEWEST = known_revisions()[-1]
ADD_COLUMN = 'op.add_column("guild", sa.Column("motto", sa.Text()))'


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def content_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def add_guild(path: Path, guild_id: int = 1) -> None:
    query(path, f"INSERT INTO guild (guild_id, joined_at) VALUES ({guild_id}, 'then')")


def test_the_first_start_makes_the_database_and_its_marker(path: Path, url: str) -> None:
    installation = UUID(int=7)
    prepared = prepare_database(url, NOW, new_id=lambda: installation)
    assert prepared == Prepared(True, None, None, NEWEST)
    assert marker_of(path).read_text() == f"{installation}\n"
    assert query(path, "SELECT uuid, created_at, command_fingerprint FROM deployment") == [
        (str(installation), "2026-01-05T18:00:00.000000Z", None)
    ]


def test_what_the_first_start_makes_is_for_this_account_alone(path: Path, url: str) -> None:
    before = os.umask(0)
    try:
        prepare_database(url, NOW)
    finally:
        os.umask(before)
    assert mode(path.parent) == 0o700
    assert {file.name: mode(file) for file in path.parent.iterdir()} == {
        "club.sqlite3": 0o600,
        "club.sqlite3.created": 0o600,
        "club.sqlite3.lock": 0o600,
    }


def test_a_second_start_changes_nothing(prepared: Path) -> None:
    before = content_of(prepared.parent)
    assert prepare_database(url_of(prepared), NOW) == Prepared(False, None, None, NEWEST)
    assert content_of(prepared.parent) == before


def test_a_database_without_its_marker_gets_one_again(prepared: Path) -> None:
    marker = marker_of(prepared)
    before = marker.read_text()
    marker.unlink()
    assert not prepare_database(url_of(prepared), NOW).created
    assert marker.read_text() == before


def test_a_start_with_nothing_to_migrate_does_not_import_alembic(prepared: Path) -> None:
    program = (
        "import sys, datetime\nfrom bot.storage.schema import prepare_database\n"
        "prepare_database(sys.argv[1], datetime.datetime.now(datetime.UTC))\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, url_of(prepared)], cwd=ROOT, check=True)


def test_an_older_database_is_copied_and_brought_up_to_date(prepared: Path, tmp_path: Path) -> None:
    add_guild(prepared)
    versions = versions_with(tmp_path, v9001=ADD_COLUMN)
    evening = datetime(2026, 3, 1, 1, 2, 3, tzinfo=timezone(timedelta(hours=2)))
    result = prepare_database(url_of(prepared), evening, versions=versions)
    copy = prepared.parent / "backups" / f"club-20260228T230203Z-{NEWEST}.sqlite3"
    assert result == Prepared(False, NEWEST, copy, "9001")
    assert query(prepared, "SELECT guild_id, motto FROM guild") == [(1, None)]
    assert query(copy, "SELECT guild_id FROM guild") == [(1,)]
    assert query(copy, "SELECT version_num FROM alembic_version") == [(NEWEST,)]
    assert (mode(copy), mode(copy.parent)) == (0o600, 0o700)
    assert [file.name for file in copy.parent.iterdir()] == [copy.name]


def test_a_copy_never_replaces_another(prepared: Path, tmp_path: Path) -> None:
    folder = prepared.parent / "backups"
    folder.mkdir()
    taken = folder / f"club-20260105T180000Z-{NEWEST}.sqlite3"
    taken.write_text("kept")
    (folder / "older.sqlite3.partial").write_text("left by a copy that was cut short")
    versions = versions_with(tmp_path, v9001=ADD_COLUMN)
    result = prepare_database(url_of(prepared), NOW, versions=versions)
    assert result.backup == folder / f"club-20260105T180000Z-{NEWEST}-2.sqlite3"
    assert taken.read_text() == "kept"
    assert not list(folder.glob("*.partial"))


def test_a_copy_holds_what_is_still_only_in_the_log(prepared: Path, tmp_path: Path) -> None:
    open_elsewhere = sqlite3.connect(prepared, isolation_level=None)
    open_elsewhere.execute("INSERT INTO guild (guild_id, joined_at) VALUES (5, 'then')")
    versions = versions_with(tmp_path, v9001=ADD_COLUMN)
    result = prepare_database(url_of(prepared), NOW, versions=versions)
    open_elsewhere.close()
    assert result.backup is not None
    assert query(result.backup, "SELECT guild_id FROM guild") == [(5,)]


def test_a_write_cut_short_in_a_rollback_journal_is_undone_first(
    prepared: Path, tmp_path: Path
) -> None:
    add_guild(prepared)
    seen = tmp_path / "seen"
    with closing(sqlite3.connect(prepared, isolation_level=None)) as writing:
        # As a database is that was restored from a copy: not in WAL. A tiny cache makes SQLite
        # write to the file before the transaction ends.
        for setting in ("journal_mode = delete", "cache_size = 1"):
            writing.execute(f"PRAGMA {setting}")
        writing.execute("BEGIN")
        rows = [(number, "a name " * 50) for number in range(2, 300)]
        writing.executemany(
            "INSERT INTO member (guild_id, user_id, display_name, first_seen_at) VALUES (1, ?, ?, 'then')",
            rows,
        )
        shutil.copytree(prepared.parent, seen)
    copy = seen / prepared.name
    assert (seen / "club.sqlite3-journal").stat().st_size > 0
    assert prepare_database(url_of(copy), NOW) == Prepared(False, None, None, NEWEST)
    assert query(copy, "SELECT * FROM member") == []
    assert query(copy, "SELECT guild_id FROM guild") == [(1,)]


def test_a_failing_migration_undoes_the_ones_before_it_and_keeps_the_copy(
    prepared: Path, tmp_path: Path
) -> None:
    add_guild(prepared)
    before = schema_of(prepared)
    versions = versions_with(
        tmp_path,
        v9001=ADD_COLUMN + "\nop.execute(\"UPDATE guild SET motto = 'x'\")",
        v9002='op.create_table("half", sa.Column("a", sa.Integer()))\nop.execute("no such SQL")',
    )
    with pytest.raises(NotMigrated, match="is as it was") as refused:
        prepare_database(url_of(prepared), NOW, versions=versions)
    assert schema_of(prepared) == before
    assert query(prepared, "SELECT version_num FROM alembic_version") == [(NEWEST,)]
    (copy,) = (prepared.parent / "backups").iterdir()
    assert str(copy) in str(refused.value)
    assert query(copy, "SELECT guild_id FROM guild") == [(1,)]
    # The version before starts again as if nothing had been.
    assert prepare_database(url_of(prepared), NOW) == Prepared(False, None, None, NEWEST)


def test_a_migration_that_leaves_dangling_rows_is_undone(prepared: Path, tmp_path: Path) -> None:
    add_guild(prepared)
    query(
        prepared,
        "INSERT INTO member (guild_id, user_id, display_name, first_seen_at) VALUES (1, 2, 'Ada', 'then')",
    )
    versions = versions_with(tmp_path, v9001='op.execute("DELETE FROM guild")')
    with pytest.raises(NotMigrated, match="member"):
        prepare_database(url_of(prepared), NOW, versions=versions)
    assert query(prepared, "SELECT guild_id FROM guild") == [(1,)]


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(prepared: Path, tmp_path: Path) -> None:
    add_guild(prepared)
    query(
        prepared,
        "INSERT INTO member (guild_id, user_id, display_name, first_seen_at) VALUES (1, 2, 'Ada', 'then')",
    )
    query(prepared, "INSERT INTO reading VALUES (1, 2, 'paper', 'read', 'then')")
    rebuild = (
        'with op.batch_alter_table("guild", recreate="always",\n'
        '        table_kwargs={"sqlite_strict": True}) as guild:\n'
        '    guild.add_column(sa.Column("motto", sa.Text()))'
    )
    versions = versions_with(tmp_path, v9001=rebuild)
    prepare_database(url_of(prepared), NOW, versions=versions)
    assert query(prepared, "SELECT display_name FROM member") == [("Ada",)]
    assert query(prepared, "SELECT depth FROM reading") == [("read",)]
    assert (
        "REFERENCES guild (guild_id)"
        in query(prepared, "SELECT sql FROM sqlite_master WHERE name = 'member'")[0][0]
    )
    assert schema_of(prepared)["guild"].endswith("STRICT")


def test_two_programs_that_start_at_once_do_the_work_once(path: Path, tmp_path: Path) -> None:
    versions = versions_with(tmp_path, v9001=ADD_COLUMN)

    def start(folder: Path | None) -> Prepared:
        url = url_of(path)
        if folder is None:
            return prepare_database(url, NOW)
        return prepare_database(url, NOW, versions=folder)

    with ThreadPoolExecutor(4) as programs:
        made = list(programs.map(start, [None] * 4))
        brought = list(programs.map(start, [versions] * 4))
    assert sorted(result.created for result in made) == [False, False, False, True]
    assert sum(result.migrated_from is not None for result in brought) == 1
    assert len(list((path.parent / "backups").iterdir())) == 1
