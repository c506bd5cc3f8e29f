"""``python -m bot backup`` and ``restore`` on the command line, and the daily backup."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.backups import DailyBackups, make_backup
from bot.startup import ExitCode
from bot.storage.backup import backups_of
from bot.storage.occupancy import occupied
from tests.installations import install
from tests.storage.builders import NOW, query, url_of


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that the command line finds by its settings."""
    found = tmp_path / "club.sqlite3"
    install(found, NOW)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url_of(found))
    return found


def test_a_backup_is_made_and_put_back(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup"]) == ExitCode.OK
    (copy,) = backups_of(path)
    assert str(copy) in capsys.readouterr().out
    query(path, "INSERT INTO guild (guild_id, joined_at) VALUES (1, '2026-01-05T18:00:00.000000Z')")
    assert main(["restore", str(copy)]) == ExitCode.OK
    printed = capsys.readouterr().out
    assert "What was there is" in printed
    assert query(path, "SELECT count(*) FROM guild") == [(0,)]
    # What fell due since the backup is known to the ledger as perhaps sent already.
    ((backup_at, restored_at),) = query(path, "SELECT backup_at, restored_at FROM ledger_restore")
    assert backup_at < restored_at
    assert {row[0] for row in query(path, "SELECT seq FROM sqlite_sequence")} >= {1_000_000}


def test_nothing_is_put_back_while_the_bot_runs(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["backup"])
    (copy,) = backups_of(path)
    with occupied(path):
        assert main(["restore", str(copy)]) == ExitCode.CANNOT_WRITE
    assert "stop it first" in capsys.readouterr().err


def test_without_a_database_or_a_copy_one_line_says_so(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["restore", str(tmp_path / "none.sqlite3")]) == ExitCode.DAMAGED
    assert "There is no backup at" in capsys.readouterr().err
    for file in tmp_path.glob("club*"):
        file.unlink()
    assert main(["backup"]) == ExitCode.DAMAGED
    assert "nothing to copy" in capsys.readouterr().err


@pytest.mark.parametrize("rest", ["", ":memory:", "x.db?mode=ro", "a%00b"])
def test_an_address_that_names_no_file_is_one_line_for_each_command(
    rest: str, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{rest}")
    assert main(["backup"]) == main(["restore", str(path)]) == ExitCode.CONFIG
    assert capsys.readouterr().err.count("must be a plain file") == 2
    assert main(["check"]) == ExitCode.CONFIG
    assert "WRONG  The database must be a plain file" in capsys.readouterr().out


def test_a_running_bot_backs_up_once_a_day(path: Path) -> None:
    daily, now = DailyBackups(path), datetime.now(UTC)
    daily._make_if_due(now)
    daily._make_if_due(now + timedelta(hours=23))
    assert len(backups_of(path)) == 1
    daily._make_if_due(now + timedelta(hours=25))
    assert len(backups_of(path)) == 2


async def test_what_cannot_be_copied_is_logged_and_nothing_ends(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await DailyBackups(tmp_path / "none.sqlite3")._tick()
    assert "no backup could be made" in caplog.text


def test_old_copies_go_as_new_ones_come(path: Path) -> None:
    for day in range(20):
        copy, _ = make_backup(path, NOW + timedelta(days=day))
        assert copy.exists()
    assert len(backups_of(path)) <= 11
