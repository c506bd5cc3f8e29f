"""A look at a database file before it is opened for work: what it is, and whether it is sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bot.storage.disk import not_writable
from bot.storage.errors import Damaged, DatabaseRefused, Foreign, Missing, Newer, NotWritable
from bot.storage.sqlite import OLDEST_SQLITE, file_uri, refusal

# A start that waits for another process gives up after this many seconds.
_PATIENCE = 3


def marker_of(path: Path) -> Path:
    """The file beside the database that says: there was a database here."""
    return path.with_name(path.name + ".created")


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A plain connection (``ro`` or ``rw``) that begins no transaction on its own."""
    return sqlite3.connect(file_uri(path, mode), uri=True, isolation_level=None, timeout=_PATIENCE)


def refuse_old_sqlite() -> None:
    """Raises DatabaseRefused when the SQLite of this Python is too old for our tables."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise DatabaseRefused(
            f"SQLite {oldest} or newer is needed and this Python has {sqlite3.sqlite_version};"
            " use a newer Python."
        )


def found_revision(path: Path, known: Sequence[str]) -> str | None:
    """The schema revision of the database at ``path``, or None when there is none yet.

    Changes nothing. Raises DatabaseRefused: Missing for a marker without its database and for
    an empty file (SQLite would take it for a healthy empty database), Damaged, Foreign, Newer,
    NotWritable, Busy.
    """
    try:
        # The marker first: it is made after the database, so one that is there proves the other.
        marked = marker_of(path).exists()
        size = path.stat().st_size
    except FileNotFoundError:
        if marked or path.is_symlink():
            raise _missing(path, "is gone") from None
        _refuse_leftovers(path)
        return None
    except OSError as error:
        raise not_writable(path, error) from error
    if not path.is_file():
        raise NotWritable(f"{path} is not a file; name a file for the database.", path)
    if size == 0:
        raise _missing(path, "is empty")
    # A reader cannot undo a write that was cut short in a rollback journal.
    cut_short = path.with_name(path.name + "-journal").exists()
    try:
        with closing(connect(path, "rw" if cut_short else "ro")) as connection:
            _refuse_damage(path, connection)
            return _revision(path, connection, known)
    except sqlite3.Error as error:
        raise refusal(path, error) from error


def refuse_unwritable(path: Path) -> None:
    """Raises NotWritable when the database cannot be written, Busy when somebody else does."""
    try:
        with closing(connect(path, "rw")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            # A transaction on a file that cannot be written fails at its first change only.
            connection.execute("PRAGMA user_version = 1")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise refusal(path, error) from error


def _refuse_leftovers(path: Path) -> None:
    """SQLite would play the log of a database that is gone into the new one of the same name."""
    for ending in ("-wal", "-journal"):
        leftover = path.with_name(path.name + ending)
        if leftover.exists():
            raise Missing(
                f"The database {path} is gone, but {leftover.name} is still there; restore the"
                f" database from a backup, or remove {leftover.name} as well to begin anew.",
                path,
            )


def _missing(path: Path, state: str) -> Missing:
    return Missing(
        f"The database {path} {state}, though there was one; mount its disk or restore a backup"
        f" (to begin anew on purpose, remove {path.name}, {path.name}-wal,"
        f" {path.name}-shm and {marker_of(path).name}).",
        path,
    )


def _refuse_damage(path: Path, connection: sqlite3.Connection) -> None:
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise Damaged(
            f"The database {path} is damaged ({_one_line(verdict)}); stop everything that uses it,"
            " keep the file, and restore the newest backup.",
            path,
        )


def _one_line(verdict: str) -> str:
    """SQLite's own words; they come on several lines when more than one thing is wrong."""
    return " ".join(verdict.split())


def _revision(path: Path, connection: sqlite3.Connection, known: Sequence[str]) -> str:
    tables = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    rows = (
        connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if tables[0]
        else []
    )
    if len(rows) != 1:
        raise Foreign(
            f"{path} is a database of another program; choose another place for ours.", path
        )
    revision: str = rows[0][0]
    if revision not in known:
        raise Newer(
            f"The database {path} was changed by a newer version of the program (its revision is"
            f" {revision}, this version knows up to {known[-1]}); start that version, or restore"
            " a backup from before the update.",
            path,
        )
    return revision
