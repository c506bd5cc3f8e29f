"""The database at the start of the program: made, checked, backed up, brought up to date."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from filelock import FileLock, Timeout
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.storage import deployment
from bot.storage.backup import back_up
from bot.storage.disk import (
    flush,
    make_directory,
    make_file,
    not_writable,
    refuse_network_disk,
    refuse_unwritable_directory,
)
from bot.storage.errors import Busy, Damaged, NotMigrated
from bot.storage.inspection import (
    connect,
    found_revision,
    marker_of,
    refuse_old_sqlite,
    refuse_unwritable,
)
from bot.storage.migration import migrate
from bot.storage.revisions import VERSIONS, known_revisions
from bot.storage.sqlite import database_path, refusal

log = logging.getLogger(__name__)

# How long a second copy of the program waits while the first one migrates, in seconds.
_LOCK_TIMEOUT = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """What ``prepare_database`` found and did.

    ``created`` is True when there was no database before. ``migrated_from`` is the revision
    before the migration and ``backup`` the copy made of it, both None without one.
    """

    created: bool
    migrated_from: str | None
    backup: Path | None
    revision: str


def prepare_database(
    url: str,
    now: datetime,
    *,
    versions: Path = VERSIONS,
    new_id: Callable[[], UUID] = uuid4,
) -> Prepared:
    """Makes the database at ``url`` ready to be opened; call it once, before ``Database.open``.

    It blocks: call it before the event loop starts, or in a thread. A new database is built
    under another name and appears whole, with a marker beside it (``<name>.created``, holding
    the installation's id) that tells a first start from a disk that is not mounted. An older
    one is backed up and migrated, in one transaction; two programs starting at once do it
    once. Raises DatabaseRefused with a sentence for the person who runs the program.
    """
    refuse_old_sqlite()
    path = database_path(url)
    known = known_revisions(versions)
    newest = known[-1]
    make_directory(path.parent)
    refuse_network_disk(path)
    if found_revision(path, known) == newest and marker_of(path).exists():
        refuse_unwritable(path)
        return Prepared(False, None, None, newest)
    with _lock(path):
        # Another program may have done the work while this one waited.
        revision = found_revision(path, known)
        if revision is None:
            _create(path, versions, new_id(), now)
        backup = None
        if revision not in (None, newest):
            backup = _update(path, known, str(revision), versions, now)
        _mark(path)
        refuse_unwritable(path)
    migrated_from = None if backup is None else revision
    return Prepared(revision is None, migrated_from, backup, newest)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    # The lock would take a directory where nothing can be made for one that is taken.
    refuse_unwritable_directory(path.parent)
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=_LOCK_TIMEOUT, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(
            f"Another process has been preparing the database {path} for {_LOCK_TIMEOUT} s;"
            " stop the other copy of the program and start again.",
            path,
        ) from error
    except OSError as error:
        raise not_writable(path.parent, error) from error
    try:
        yield
    finally:
        lock.release()


def _create(path: Path, versions: Path, new: UUID, now: datetime) -> None:
    draft = path.with_name(path.name + ".new")

    def finish(connection: Connection) -> None:
        connection.execute(deployment.founding(new, now))

    try:
        for leftover in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + leftover).unlink(missing_ok=True)
        make_file(draft)
        migrate(draft, versions, finish)
        flush(draft)
        draft.rename(path)
        flush(path.parent)
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise refusal(path, error.orig) from error
        raise
    except OSError as error:
        raise not_writable(path, error) from error
    log.info("A new database was made, revision %s", known_revisions(versions)[-1])


def _update(path: Path, known: Sequence[str], revision: str, versions: Path, now: datetime) -> Path:
    backup = back_up(path, revision, now)
    try:
        migrate(path, versions)
    except Exception as error:
        raise NotMigrated(
            f"The database {path} could not be brought from revision {revision} to {known[-1]}"
            f" and is as it was ({_reason(error)}); start the previous version of the program and"
            f" report this (there is a copy: {backup}).",
            path,
        ) from error
    log.info("The database was brought from revision %s to %s", revision, known[-1])
    return backup


def _reason(error: Exception) -> str:
    # Of SQLAlchemy's account, which holds the statement and its values, only the cause.
    return str(error.orig if isinstance(error, DBAPIError) else error)


def _mark(path: Path) -> None:
    marker = marker_of(path)
    if marker.exists():
        return
    draft = marker.with_name(marker.name + ".new")
    try:
        with closing(connect(path, "ro")) as connection:
            row = connection.execute("SELECT uuid FROM deployment").fetchone()
        if row is None:
            raise Damaged(
                f"The database {path} does not say which installation it belongs to; restore the"
                " newest backup.",
                path,
            )
        draft.unlink(missing_ok=True)
        make_file(draft)
        draft.write_text(f"{row[0]}\n", encoding="ascii")
        flush(draft)
        draft.rename(marker)
        flush(path.parent)
    except sqlite3.Error as error:
        raise refusal(path, error) from error
    except OSError as error:
        raise not_writable(marker, error) from error
