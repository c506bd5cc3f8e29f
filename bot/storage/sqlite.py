"""What is particular to SQLite: where the file is, how a connection is set up, what failed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.driver import StatementConnection
from bot.storage.errors import Busy, Damaged, DatabaseRefused, NotWritable

# How long a connection waits for another process's write, in milliseconds.
BUSY_TIMEOUT_MS = 5000
READERS = 3

# STRICT tables came with this version.
OLDEST_SQLITE = (3, 37, 0)

_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

Pragmas = Mapping[str, int | str]

_EVERY: Pragmas = {"foreign_keys": 1, "busy_timeout": BUSY_TIMEOUT_MS}
# What is deleted is written over with zeros.
_WRITER: Pragmas = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, **_EVERY}
_READER: Pragmas = {**_EVERY, "query_only": 1}
_MIGRATION: Pragmas = {**_WRITER, "foreign_keys": 0}

# The driver must never begin a transaction on its own: it would do so late, and not for DDL.
_OWN_BEGIN: Mapping[str, Any] = {"isolation_level": None, "timeout": BUSY_TIMEOUT_MS / 1000}


class _Cursor(Protocol):
    def execute(self, operation: Any, parameters: Any = ..., /) -> Any: ...
    def fetchone(self) -> Any: ...
    def close(self) -> None: ...


class _DriverConnection(Protocol):
    def cursor(self) -> _Cursor: ...
    def rollback(self) -> None: ...
    def close(self) -> None: ...


def database_path(url: str) -> Path:
    """The absolute path of the file a ``sqlite+aiosqlite:///…`` address names.

    Raises DatabaseRefused for any other kind of database, and for one in memory.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseRefused(
            "The database address cannot be read; write it as sqlite+aiosqlite:///path/to/file."
        ) from error
    if parsed.get_backend_name() != "sqlite":
        raise DatabaseRefused(
            "Only SQLite databases are supported so far;"
            " write the address as sqlite+aiosqlite:///path/to/file."
        )
    if not parsed.database or parsed.database == ":memory:" or "?" in url or "%00" in url:
        raise DatabaseRefused(
            "The database must be a plain file; write the address as"
            " sqlite+aiosqlite:///path/to/file."
        )
    path = Path(parsed.database).expanduser().absolute()
    if not path.name:
        raise DatabaseRefused(
            "The database must be a file and not a directory; write the address as"
            " sqlite+aiosqlite:///path/to/file."
        )
    return path


def file_uri(path: Path, mode: str) -> str:
    """A SQLite URI that opens ``path`` as ``ro`` or ``rw`` and never creates it."""
    return f"file:{quote(os.fsencode(path))}?mode={mode}"


def writer_engine(path: Path) -> AsyncEngine:
    """The engine with the only connection that writes; it waits its turn at BEGIN.

    A transaction that begins by reading and then writes fails at once when another process
    wrote in between, whatever the timeout; BEGIN IMMEDIATE waits instead.
    """
    return _engine(path, "rw", 1, _WRITER, "BEGIN IMMEDIATE")


def reader_engine(path: Path) -> AsyncEngine:
    """The engine with a few connections that can only read."""
    return _engine(path, "ro", READERS, _READER, "BEGIN")


def migration_engine(path: Path) -> Engine:
    """The engine of migrations: a connection of its own a time, foreign keys off, blocking."""
    engine = create_engine(
        _url(path, "pysqlite", "rw"),
        poolclass=NullPool,
        connect_args=dict(_OWN_BEGIN),
        hide_parameters=True,
    )
    _set_up(engine, _MIGRATION, "BEGIN IMMEDIATE")
    return engine


def refuse_dangling_rows(connection: Connection) -> None:
    """Raises ValueError when a row points to one that is not there."""
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if dangling is not None:
        raise ValueError(f"a row of {dangling[0]} points to none of {dangling[2]}")


def _engine(path: Path, mode: str, size: int, pragmas: Pragmas, begin: str) -> AsyncEngine:
    async def connect() -> StatementConnection:
        uri = file_uri(path, mode)
        # SQLAlchemy may give a connection up from another thread than its own.
        connection = StatementConnection(
            partial(sqlite3.connect, uri, uri=True, check_same_thread=False, **_OWN_BEGIN)
        )
        await connection
        return connection

    engine = create_async_engine(
        _url(path, "aiosqlite", mode),
        async_creator=connect,
        pool_size=size,
        max_overflow=0,
        # Every unit of work ends its own transaction.
        pool_reset_on_return=None,
        # What members wrote must not reach a log through an error's text.
        hide_parameters=True,
    )
    _set_up(engine.sync_engine, pragmas, begin)
    return engine


def _url(path: Path, driver: str, mode: str) -> URL:
    query = {"mode": mode, "uri": "true"}
    return URL.create(f"sqlite+{driver}", database=f"file:{quote(os.fsencode(path))}", query=query)


def _set_up(engine: Engine, pragmas: Pragmas, begin: str) -> None:
    def set_up(connection: _DriverConnection, _record: object) -> None:
        try:
            set_pragmas(connection, pragmas)
        except BaseException:
            connection.close()
            raise

    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    def undo(connection: _DriverConnection, _record: object, _error: object) -> None:
        # A connection closed while somebody still holds a cursor of it lives on unseen, with
        # its transaction and its lock, until that cursor is collected.
        with suppress(sqlite3.Error):
            connection.rollback()

    event.listen(engine, "connect", set_up)
    event.listen(engine, "invalidate", undo)
    event.listen(engine, "begin", begin_transaction)


def set_pragmas(connection: _DriverConnection, pragmas: Pragmas) -> None:
    """Sets each pragma and asserts that it took: SQLite ignores what it cannot do in silence.

    Raises DatabaseRefused when one did not take.
    """
    cursor = connection.cursor()
    try:
        for name, wanted in pragmas.items():
            cursor.execute(f"PRAGMA {name} = {wanted}")
            cursor.execute(f"PRAGMA {name}")
            row = cursor.fetchone()
            if row is None or row[0] != wanted:
                raise DatabaseRefused(
                    f"SQLite does not accept {name} = {wanted} for this database;"
                    " put it on a local disk with an ordinary file system."
                )
    finally:
        cursor.close()


def refusal(path: Path, error: sqlite3.Error) -> DatabaseRefused:
    """What the failure of SQLite means for the person who runs the program."""
    # The low byte is the primary code; the rest narrows it down.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED:
        return Damaged(
            f"The database {path} is damaged ({error}); stop everything that uses it, keep the"
            " file, and restore the newest backup.",
            path,
        )
    if code in _BUSY:
        return Busy(
            f"The database {path} is held by another process;"
            " stop the other copy of the program and start again.",
            path,
        )
    if code == sqlite3.SQLITE_IOERR:
        return NotWritable(
            f"The disk with the database {path} fails or is full ({error}); make room or replace"
            " it, and start again.",
            path,
        )
    if code == sqlite3.SQLITE_FULL:
        return NotWritable(
            f"The disk with the database {path} is full; make room and start again.", path
        )
    return NotWritable(
        f"The database {path} cannot be opened for writing ({error}); give the account that runs"
        " the program the right to write the file and its directory.",
        path,
    )
