"""Putting a backup in the place of the database, which is set aside and never deleted."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.storage.backup import STAMP, Progress, made_at
from bot.storage.disk import flush, make_directory, make_file, not_writable
from bot.storage.errors import Damaged, DatabaseRefused, Foreign, Missing, NotWritable
from bot.storage.inspection import connect, found_revision, marker_of
from bot.storage.revisions import known_revisions
from bot.storage.sqlite import refusal

log = logging.getLogger(__name__)

_AT_A_TIME = 1 << 20
# More numbers than are given in the weeks for which a backup is kept.
_GAP = 1_000_000
_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to: the backup's moment and revision, and where the old one lies now."""

    made_at: datetime
    revision: str
    set_aside: Path | None


def restore(path: Path, copy: Path, now: datetime, progress: Progress | None = None) -> Restored:
    """Puts ``copy`` in the place of the database at ``path``; nobody else may use it meanwhile.

    ``progress`` is called with the bytes that are in place and those there are, as it goes on.
    The copy is checked first, so a bad one changes nothing. What was there is renamed. Raises
    DatabaseRefused: Missing without a copy, Damaged, Foreign, Newer, NotWritable; Foreign also
    where a database of another program has the place, which is left alone.
    """
    revision = _checked(copy)
    _refuse_foreign(path)
    make_directory(path.parent)
    draft = path.with_name(path.name + ".restoring")
    try:
        draft.unlink(missing_ok=True)
        make_file(draft)
        _copy(copy, draft, progress)
        flush(draft)
        aside = _set_aside(path, now)
        draft.rename(path)
        marker_of(path).touch(mode=0o600)
        flush(path.parent)
    except sqlite3.Error as error:
        raise refusal(copy, error) from error
    except OSError as error:
        raise not_writable(path, error) from error
    made = made_at(copy, path) or datetime.fromtimestamp(copy.stat().st_mtime, UTC)
    return Restored(made, revision, aside)


def skip_numbers(path: Path) -> None:
    """Sees to it that no number is given again which may have been given since the backup.

    Buttons and messages from then still stand in Discord and name things by their numbers: they
    must find nothing rather than something else. Raises DatabaseRefused.
    """
    try:
        with closing(connect(path, "rw")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_master WHERE"
                " type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
                " AND name NOT IN (SELECT name FROM sqlite_sequence)"
            )
            connection.execute("UPDATE sqlite_sequence SET seq = seq + ?", (_GAP,))
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise refusal(path, error) from error


def _refuse_foreign(path: Path) -> None:
    """Raises Foreign or NotWritable for what is no database of ours, whatever its state."""
    if path.exists() and not path.is_file():
        raise NotWritable(f"{path} is not a file; name a file for the database.", path)
    try:
        found_revision(path, known_revisions())
    except Foreign:
        raise
    except DatabaseRefused:
        log.debug("a backup replaces what cannot be used")


def _copy(copy: Path, draft: Path, progress: Progress | None) -> None:
    if copy.with_name(copy.name + "-wal").exists():
        # What was set aside may have a log, in which the last that was written stands.
        with closing(connect(copy, "ro")) as source, closing(connect(draft, "rw")) as target:
            source.backup(target)
        return
    whole, done = copy.stat().st_size, 0
    with copy.open("rb") as source, draft.open("wb") as target:
        while part := source.read(_AT_A_TIME):
            done += target.write(part)
            if progress is not None:
                progress(done, whole)


def _checked(copy: Path) -> str:
    """The copy's revision."""
    if not copy.is_file() or not copy.stat().st_size:
        raise Missing(f"There is no backup at {copy}; name one of the files in backups/.", copy)
    revision = found_revision(copy, known_revisions())
    assert revision is not None
    try:
        with closing(connect(copy, "ro")) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise refusal(copy, error) from error
    if verdict != "ok":
        raise Damaged(f"The backup {copy} fails SQLite's check ({verdict}); take another.", copy)
    return revision


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Renames the database with its log, which belongs to it and to no other."""
    aside = path.with_name(f"{path.name}.replaced-{now.astimezone(UTC).strftime(STAMP)}")
    found = [ending for ending in _BESIDE if path.with_name(path.name + ending).exists()]
    for ending in found:
        path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside if found else None
