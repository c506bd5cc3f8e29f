"""The driver's connection, with one trip to its thread for a statement instead of four.

SQLAlchemy asks a driver for a cursor, for the execution, for the rows and for the end of the
cursor. With aiosqlite each of these is a message to the connection's thread and one back, which
costs more than a short statement itself; here all four happen in one.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple, Self

import aiosqlite


class Outcome(NamedTuple):
    """What a statement left: its rows, and what the DB-API tells of them (PEP 249)."""

    rows: Sequence[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


_NOTHING = Outcome((), None, -1, None)


class StatementCursor:
    """A cursor that is made, executed, read to its end and closed in one trip.

    It has what SQLAlchemy asks of the cursor of an asynchronous driver, and no more.
    """

    def __init__(self, connection: StatementConnection) -> None:
        self.arraysize = 1
        self._connection = connection
        self._outcome = _NOTHING
        self._rows: deque[Any] = deque()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> StatementCursor:
        """Executes a statement and takes all its rows. Raises sqlite3.Error."""
        return await self._take(partial(_execute, sql=sql, parameters=parameters or ()))

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> StatementCursor:
        """Executes a statement for each set of parameters. Raises sqlite3.Error."""
        return await self._take(partial(_execute_many, sql=sql, parameters=parameters))

    async def _take(self, work: Callable[[sqlite3.Connection], Outcome]) -> StatementCursor:
        self._outcome = await self._connection.outcome(work)
        self._rows = deque(self._outcome.rows)
        return self

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return self._rows.popleft() if self._rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """As many of the next rows as there are, up to ``size``."""
        wanted = self.arraysize if size is None else size
        return [self._rows.popleft() for _ in range(min(wanted, len(self._rows)))]

    async def fetchall(self) -> list[Any]:
        """All rows that are left."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    async def close(self) -> None:
        """Forgets the rows; the cursor itself was closed as its statement ended."""
        self._rows.clear()

    @property
    def rowcount(self) -> int:
        """As PEP 249 has it: rows changed, -1 for a query."""
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The row that the last INSERT made."""
        return self._outcome.lastrowid

    @property
    def description(self) -> Any:
        """The columns of the rows, or None for a statement without any."""
        return self._outcome.description


class StatementConnection(aiosqlite.Connection):
    """A connection whose cursors need one trip to its thread."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        # A program that ends does not wait for a connection that was left open.
        self._thread.daemon = True

    def cursor(self) -> StatementCursor:  # type: ignore[override] # made without a trip
        """A cursor, which is not made before its statement is."""
        return StatementCursor(self)

    async def outcome(self, work: Callable[[sqlite3.Connection], Outcome]) -> Outcome:
        """What ``work`` makes of the connection in its own thread."""
        made: Outcome = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return made


def _execute(connection: sqlite3.Connection, sql: str, parameters: Any) -> Outcome:
    cursor = connection.execute(sql, parameters)
    try:
        rows = cursor.fetchall() if cursor.description else ()
        return Outcome(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()


def _execute_many(connection: sqlite3.Connection, sql: str, parameters: Any) -> Outcome:
    cursor = connection.executemany(sql, parameters)
    try:
        return Outcome((), None, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()
