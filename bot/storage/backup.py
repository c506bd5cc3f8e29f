"""A copy of the database, whole and checked, while others may be writing to it."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.storage.disk import flush, make_directory, make_file, not_writable
from bot.storage.errors import Damaged
from bot.storage.inspection import connect
from bot.storage.sqlite import refusal

_UNFINISHED = ".partial"


def back_up(path: Path, revision: str, now: datetime) -> Path:
    """Copies the database into ``backups`` beside it and returns the copy's path.

    The copy holds the state of one moment, is named after ``now`` (in UTC) and the schema
    revision, and has passed SQLite's integrity check. Until then it has another name, so what
    is called a backup is one. Raises DatabaseRefused; Damaged when the copy fails the check.
    """
    folder = path.parent / "backups"
    make_directory(folder)
    try:
        for leftover in folder.glob(f"*{_UNFINISHED}"):
            leftover.unlink()
        target = _free_name(folder, path, revision, now)
        copy = target.with_name(target.name + _UNFINISHED)
        make_file(copy)
        with closing(connect(path, "ro")) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        _refuse_bad_copy(path, copy)
        flush(copy)
        copy.rename(target)
        flush(folder)
    except sqlite3.Error as error:
        raise refusal(path, error) from error
    except OSError as error:
        raise not_writable(folder, error) from error
    return target


def _free_name(folder: Path, path: Path, revision: str, now: datetime) -> Path:
    stem = f"{path.stem}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{revision}"
    for number in itertools.count(1):
        suffix = "" if number == 1 else f"-{number}"
        name = folder / f"{stem}{suffix}{path.suffix}"
        if not name.exists():
            return name
    raise AssertionError("unreachable: counting does not end")


def _refuse_bad_copy(path: Path, copy: Path) -> None:
    with closing(connect(copy, "ro")) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise Damaged(
            f"A copy of the database {path} fails SQLite's check ({verdict}); stop everything"
            " that uses it, keep the file, and restore the newest backup.",
            path,
        )
