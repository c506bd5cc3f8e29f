"""What is left of the erased outside the tables: bytes in the files, old copies, a hash."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.privacy import BACKUPS_KEPT, PastErasure
from bot.storage.backup import prune
from bot.storage.disk import not_writable
from bot.storage.engine import Database
from bot.storage.erasure import seen_guilds, seen_members
from bot.storage.erasure_journal import ErasureJournal

log = logging.getLogger(__name__)


class Remains:
    """The files of one database and what lies beside it."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path
        self._journal = ErasureJournal(path)

    async def remember_member(
        self, guild_id: int, user_id: int, at: datetime, *, keep_notes: bool
    ) -> None:
        """Call it last in the transaction that erases the member. Raises OSError."""
        await asyncio.to_thread(self._journal.append, guild_id, user_id, at, keep_notes=keep_notes)

    async def remember_guild(self, guild_id: int, at: datetime) -> None:
        """Call it last in the transaction that erases the server. Raises OSError."""
        await asyncio.to_thread(self._journal.append, guild_id, None, at, keep_notes=False)

    async def back_again(self, conn: AsyncConnection) -> list[tuple[int, int | None, PastErasure]]:
        """Members, and servers (without a member), that a restored backup has brought back."""
        if not await asyncio.to_thread(self._journal.entries):
            return []
        seen = [*await seen_guilds(conn), *await seen_members(conn)]
        return await asyncio.to_thread(self._journal.erased, seen)

    async def clear_away(self) -> None:
        """Takes the bytes of the erased out of the database's files.

        What fails is logged, and done at the next erasure or start.
        """
        try:
            lines = await asyncio.to_thread(self._journal.unswept)
            if lines:
                await self._database.sweep()
                await asyncio.to_thread(self._journal.mark_swept, lines)
        except (OSError, sqlite3.Error, SQLAlchemyError) as error:
            log.warning(
                "The files could not be swept (%s); it is tried again", type(error).__name__
            )

    async def drop_old(self, now: datetime) -> None:
        """Deletes copies of the database, and memories of erasures, that have lived long enough.

        What fails is logged, and done at the next start.
        """
        try:
            gone = await asyncio.to_thread(prune, self._path, now - BACKUPS_KEPT)
            await asyncio.to_thread(self._journal.prune, now)
        except OSError as error:
            log.warning("Old copies could not be deleted: %s", not_writable(self._path, error))
        else:
            if gone:
                log.info("%d old copies of the database were deleted", len(gone))
