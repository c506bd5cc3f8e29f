"""A copy of the database, whole and checked, while others may be writing to it."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from glob import escape as glob_escape
from pathlib import Path

from bot.storage.disk import flush, make_directory, make_file, not_writable
from bot.storage.errors import Damaged
from bot.storage.inspection import connect
from bot.storage.sqlite import refusal

_UNFINISHED = ".partial"
# So many of SQLite's own instructions between two looks at how far it is: some milliseconds.
_STEPS = 200_000
STAMP = "%Y%m%dT%H%M%SZ"

Progress = Callable[[int, int], None]


def back_up(path: Path, revision: str, now: datetime, progress: Progress | None = None) -> Path:
    """Copies the database into ``backups`` beside it and returns the copy's path.

    ``progress`` is called with the bytes that are copied and those there are, as it goes on.

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
            if progress is not None:
                told = partial(_tell, progress, path, copy)
                connection.set_progress_handler(told, _STEPS)
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


def _tell(progress: Progress, path: Path, copy: Path) -> int:
    """Called by SQLite while it copies; anything but 0 would stop it."""
    progress(copy.stat().st_size, path.stat().st_size)
    return 0


def prune(path: Path, before: datetime) -> tuple[Path, ...]:
    """Deletes the copies of the database made before a moment, and returns their paths.

    Also what a restored backup took the place of. Their own names say when they were made; what
    has another name is left alone. Raises OSError.
    """
    moment = before.astimezone(UTC)
    copies = backups_of(path) | set_aside_of(path)
    old = tuple(copy for copy, made in copies.items() if made < moment)
    for copy in old:
        copy.unlink(missing_ok=True)
    for folder in {copy.parent for copy in old}:
        flush(folder)
    return old


def backups_of(path: Path) -> dict[Path, datetime]:
    """The copies of the database that there are, with the moment each was made, by name."""
    folder = path.parent / "backups"
    named = sorted(folder.glob(f"{glob_escape(path.stem)}-*{glob_escape(path.suffix)}"))
    return {copy: made for copy in named if (made := made_at(copy, path)) is not None}


def set_aside_of(path: Path) -> dict[Path, datetime]:
    """What was set aside when a backup was restored, with the moment of each, by name."""
    begin = f"{path.name}.replaced-"
    found = {}
    for file in sorted(path.parent.glob(f"{glob_escape(begin)}*")):
        moment = _moment(file.name.removeprefix(begin).split("-", 1)[0])
        if moment is not None:
            found[file] = moment
    return found


def made_at(copy: Path, path: Path) -> datetime | None:
    """When a copy of the database was made, by its own name; None for another name."""
    return _moment(copy.name.removeprefix(f"{path.stem}-").split("-", 1)[0])


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _free_name(folder: Path, path: Path, revision: str, now: datetime) -> Path:
    stem = f"{path.stem}-{now.astimezone(UTC).strftime(STAMP)}-{revision}"
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
