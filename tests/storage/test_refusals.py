"""A database that cannot be used is refused in a sentence, and never touched or replaced."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.errors import (
    Busy,
    Damaged,
    DatabaseRefused,
    Foreign,
    Missing,
    Newer,
    NotWritable,
)
from bot.storage.inspection import marker_of
from bot.storage.schema import prepare_database
from tests.storage.builders import NOW, query, url_of, versions_with


def refused(path: Path) -> DatabaseRefused:
    """The refusal of a start that must leave every byte of the database alone."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(DatabaseRefused) as raised:
        prepare_database(url_of(path), NOW)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert str(path.parent) in str(raised.value)
    assert raised.value.path is not None
    return raised.value


def fill(path: Path) -> None:
    """Enough rows for the file to have many pages."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO guild (guild_id, joined_at) VALUES (1, 'then')")
        connection.executemany(
            "INSERT INTO member (guild_id, user_id, display_name, first_seen_at) VALUES (1, ?, ?, 'then')",
            [(number, "a name " * 20) for number in range(1, 400)],
        )


def test_a_marker_without_its_database_means_the_disk_is_missing(prepared: Path) -> None:
    prepared.unlink()
    refusal = refused(prepared)
    assert type(refusal) is Missing
    assert "is gone" in str(refusal)
    assert not prepared.exists()


def test_an_empty_file_is_not_taken_for_a_new_database(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    refusal = refused(path)
    assert type(refusal) is Missing
    assert "is empty" in str(refusal)


def other_text(path: Path) -> None:
    path.write_bytes(b"Dear diary, today I learnt about splines. " * 100)


def zero_the_header(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def spoil_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4 * 4096 : 5 * 4096] = b"\xff" * 4096
    path.write_bytes(content)


def cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 8192 * 4096])


def cut_in_mid_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def cut_to_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


@pytest.mark.parametrize(
    "harm",
    [other_text, zero_the_header, spoil_a_page, cut_in_half, cut_in_mid_page, cut_to_the_header],
)
def test_a_damaged_file_is_refused(prepared: Path, harm: Callable[[Path], None]) -> None:
    fill(prepared)
    harm(prepared)
    refusal = refused(prepared)
    assert type(refusal) is Damaged
    assert "restore the newest backup" in str(refusal)


def test_a_database_of_a_newer_version_is_refused(prepared: Path, tmp_path: Path) -> None:
    versions = versions_with(tmp_path, v9001='op.execute("SELECT 1")')
    prepare_database(url_of(prepared), NOW, versions=versions)
    refusal = refused(prepared)
    assert type(refusal) is Newer
    assert "9001" in str(refusal)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    path.parent.mkdir()
    query(path, "CREATE TABLE theirs (a)")
    assert type(refused(path)) is Foreign


def test_a_directory_in_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    assert type(refused(path)) is NotWritable


def test_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotWritable, match="cannot be written"):
        prepare_database(url_of(tmp_path / "file" / "club.sqlite3"), NOW)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc here")
def test_a_file_system_where_nothing_can_be_made_is_refused() -> None:
    with pytest.raises(NotWritable, match="cannot be written"):
        prepare_database(url_of(Path("/proc/theory-club/club.sqlite3")), NOW)
    with pytest.raises(NotWritable, match="cannot be written"):
        prepare_database(url_of(Path("/proc/club.sqlite3")), NOW)


def test_a_file_that_may_not_be_written_is_refused(
    prepared: Path, request: pytest.FixtureRequest
) -> None:
    prepared.parent.chmod(0o777)
    prepared.chmod(0o444)
    request.getfixturevalue("nobody")
    refusal = refused(prepared)
    assert type(refusal) is NotWritable
    assert "the right to write" in str(refusal)


def test_a_directory_that_may_not_be_written_is_refused(
    prepared: Path, request: pytest.FixtureRequest
) -> None:
    prepared.chmod(0o666)
    prepared.parent.chmod(0o555)
    request.getfixturevalue("nobody")
    assert type(refused(prepared)) is NotWritable


def test_a_new_database_in_a_directory_that_may_not_be_written_is_refused(
    path: Path, request: pytest.FixtureRequest
) -> None:
    path.parent.mkdir()
    path.parent.chmod(0o555)
    request.getfixturevalue("nobody")
    assert type(refused(path)) is NotWritable
    assert not list(path.parent.iterdir())


def test_a_database_somebody_else_is_writing_is_refused_after_a_while(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.inspection._PATIENCE", 0.05)
    with closing(sqlite3.connect(prepared, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert type(refused(prepared)) is Busy
    prepare_database(url_of(prepared), NOW)


def test_a_full_disk_is_named_and_leaves_the_database_as_it_was(
    prepared: Path, tmp_path: Path
) -> None:
    fill(prepared)
    pages = query(prepared, "PRAGMA page_count")[0][0]
    grow = (
        f'op.execute("PRAGMA max_page_count = {pages}")\n'
        'op.execute("CREATE TABLE big AS SELECT * FROM member")'
    )
    versions = versions_with(tmp_path, v9001=grow)
    with pytest.raises(DatabaseRefused, match="full"):
        prepare_database(url_of(prepared), NOW, versions=versions)
    assert len(query(prepared, "SELECT * FROM member")) == 399
    assert not query(prepared, "SELECT * FROM sqlite_master WHERE name = 'big'")
    prepare_database(url_of(prepared), NOW)


def test_the_way_to_begin_anew_works(prepared: Path) -> None:
    prepared.write_bytes(b"")
    refused(prepared)
    prepared.unlink()
    marker_of(prepared).unlink()
    assert prepare_database(url_of(prepared), NOW).created


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_log_without_its_database_is_not_played_into_a_new_one(path: Path, ending: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    leftover = path.with_name(path.name + ending)
    leftover.write_bytes(b"what another database was about to write")
    found = refused(path)
    assert isinstance(found, Missing)
    assert leftover.name in str(found)
    assert not path.exists()


def test_a_link_that_leads_nowhere_is_not_replaced(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(tmp_path / "disk-that-is-not-mounted" / "club.db")
    assert isinstance(refused(path), Missing)
    assert path.is_symlink()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite:////",
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite:///club.db?mode=ro",
        "x",
    ],
)
def test_an_address_that_names_no_file_is_refused(url: str) -> None:
    with pytest.raises(DatabaseRefused) as raised:
        prepare_database(url, NOW)
    assert type(raised.value) is DatabaseRefused
