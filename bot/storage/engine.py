"""The open database: units of work that are done whole or not at all.

Cancellation. A statement runs in the connection's own thread, where it cannot be called back.
A task that is cancelled while it waits would leave the unit of work in an unknown state:
SQLAlchemy would throw the connection away while its thread may still be writing, and a
second connection for writing would open beside it. So no cancellation ever reaches SQLAlchemy
here: every call to the database (connect, statement, COMMIT, ROLLBACK) runs to its end
(``bot.storage.completion``), and the caller's cancellation is raised after it, at a point where
the connection is known to be idle. The block is then left by the ordinary way, which rolls back
and returns the connection. A cancellation during COMMIT is raised when the COMMIT is done:
"cancelled" never means "not saved".
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import CannotSave
from bot.storage.completion import complete
from bot.storage.errors import Missing
from bot.storage.sqlite import READERS, database_path, reader_engine, refusal, writer_engine

_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY)
log = logging.getLogger(__name__)


class Database:
    """One writer and a few readers on one database; use it in the event loop that opened it.

    A unit of work takes no other connection than its own, awaits nothing but the database,
    and ends with its block: committed when the block is left normally (``write``), rolled
    back when it raises. Reads see the state as of their first statement until the block ends,
    and are never held up by the writer.
    """

    def __init__(self, writer: AsyncEngine, readers: AsyncEngine) -> None:
        self._writer = writer
        self._readers = readers
        # The turns are taken here and not in the pools, whose waiting is bound by a timeout.
        self._turn = asyncio.Lock()
        self._slots = asyncio.Semaphore(READERS)
        self._writing: asyncio.Task[Any] | None = None
        self._closed = False

    @classmethod
    async def open(cls, url: str) -> Database:
        """Opens a database that ``prepare_database`` has made ready; never creates one.

        Raises DatabaseRefused when it is missing or cannot be used.
        """
        path = database_path(url)
        if not path.exists():
            raise Missing(f"There is no database at {path}; start the program anew.", path)
        database = cls(writer_engine(path), reader_engine(path))
        try:
            # The writer first: it turns WAL on and makes the files a reader cannot make.
            async with database.write():
                pass
            async with database.read():
                pass
        except BaseException as error:
            await database.close()
            if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
                raise refusal(path, error.orig) from error
            raise
        return database

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A unit of work that may write; one at a time, in the order asked for.

        Raises RuntimeError inside another ``write`` of the same task, which would wait for
        itself for ever, and when the database is closed; CannotSave when the disk is full.
        """
        task = asyncio.current_task()
        if task is not None and task is self._writing:
            raise RuntimeError("a unit of work must not begin another one")
        async with self._turn:
            self._writing = task
            try:
                async with self._unit(self._writer) as conn:
                    yield conn
                    await complete(_commit(conn))
            except DBAPIError as error:
                if not _is_full(error):
                    raise
                log.critical("nothing can be saved: the disk is full, read-only, or fails")
                raise CannotSave from error
            finally:
                self._writing = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A unit of work that only reads. Raises RuntimeError when the database is closed."""
        async with self._slots, self._unit(self._readers) as conn:
            yield conn

    async def sweep(self) -> None:
        """Takes what was deleted out of the files: builds them anew and empties the log.

        Units that only read go on meanwhile, up to the last moment. Raises sqlite3.Error when
        the disk has no room for a second copy, or when another process reads for long.
        """
        async with self._turn:
            if self._closed:
                raise RuntimeError("the database is closed")
            # The turn is held on after a cancellation: the statement under way runs to its end.
            await complete(self._run_alone("VACUUM"))
            async with AsyncExitStack() as all_idle:
                for _ in range(READERS):
                    await all_idle.enter_async_context(self._slots)
                await complete(self._run_alone("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def _run_alone(self, statement: str) -> None:
        """Runs a statement that must stand outside any transaction, on the writer."""
        pooled = await self._writer.raw_connection()
        try:
            driver = pooled.driver_connection
            assert driver is not None
            async with driver.execute(statement) as cursor:
                row = await cursor.fetchone()
        finally:
            pooled.close()
        if row is not None and row[0]:
            raise sqlite3.OperationalError("the log could not be emptied: it is being read")

    async def close(self) -> None:
        """Refuses new units, waits for those under way, closes the connections.

        A second call does nothing. When it is cancelled, it stops waiting and closes: units
        still under way close their own connection as they end.
        """
        self._closed = True
        try:
            async with AsyncExitStack() as all_idle:
                await all_idle.enter_async_context(self._turn)
                for _ in range(READERS):
                    await all_idle.enter_async_context(self._slots)
        finally:
            await complete(self._dispose())

    async def _dispose(self) -> None:
        # Readers first: the last connection to close folds the log into the file, which
        # takes one that may write.
        await self._readers.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def _unit(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        if self._closed:
            raise RuntimeError("the database is closed")
        conn = UnitConnection(engine)
        try:
            await complete(conn.start())
            yield conn
        finally:
            await complete(self._leave(conn))

    async def _leave(self, conn: AsyncConnection) -> None:
        if conn.sync_connection is None:
            return
        try:
            await conn.rollback()
        except SQLAlchemyError:
            log.exception("A unit of work could not be rolled back; its connection is closed")
            await conn.invalidate()
        if self._closed:
            await conn.invalidate()
        await conn.close()


def _is_full(error: DBAPIError) -> bool:
    """Whether nothing can be written, though all that is there may be read."""
    # The low byte is the primary code; the rest narrows it down.
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _FULL


async def _commit(conn: AsyncConnection) -> None:
    try:
        await conn.commit()
    except SQLAlchemyError:
        # The transaction is still open, and SQLAlchemy takes it for ended: it would not roll
        # back. Closing the connection does.
        await conn.invalidate()
        raise


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """``Database.open`` as a block that closes the database at its end."""
    database = await Database.open(url)
    try:
        yield database
    finally:
        await database.close()


class UnitConnection(AsyncConnection):
    """A connection whose statements run to their end before a cancellation is raised.

    ``scalar`` and ``scalars`` go through ``execute``. Streams are left as they are.
    """

    __slots__ = ()

    # The signatures stay those of AsyncConnection, overloads and all.
    if not TYPE_CHECKING:

        async def execute(self, *args: Any, **options: Any) -> Any:
            """As AsyncConnection has it."""
            return await complete(super().execute(*args, **options))

        async def exec_driver_sql(self, *args: Any, **options: Any) -> Any:
            """As AsyncConnection has it."""
            return await complete(super().exec_driver_sql(*args, **options))

        async def run_sync(self, *args: Any, **options: Any) -> Any:
            """As AsyncConnection has it."""
            return await complete(super().run_sync(*args, **options))
