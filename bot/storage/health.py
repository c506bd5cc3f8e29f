"""How the database itself is, and what organisers have seen of what failed."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.health import DatabaseState
from bot.storage.backup import backups_of
from bot.storage.revisions import known_revisions
from bot.storage.statements import insert
from bot.storage.tables import health_seen

_PARTS = ("", "-wal")


def database_state(path: Path, opened_at: datetime, *, is_backed_up: bool) -> DatabaseState:
    """How the database at ``path`` is that this process opened then. Reads no row of it.

    A start brings the schema to the newest revision the program knows, so that is the one.
    """
    parts = (path.with_name(path.name + ending) for ending in _PARTS)
    return DatabaseState(
        revision=known_revisions()[-1],
        sqlite=sqlite3.sqlite_version,
        size=sum(part.stat().st_size for part in parts if part.exists()),
        free=shutil.disk_usage(path.parent).free,
        backup_at=max(backups_of(path).values(), default=None),
        opened_at=opened_at,
        is_backed_up=is_backed_up,
    )


async def seen_at(conn: AsyncConnection, guild_id: int) -> datetime | None:
    """When an organiser of the server last said that they had seen what failed."""
    found: datetime | None = await conn.scalar(
        sa.select(health_seen.c.seen_at).where(health_seen.c.guild_id == guild_id)
    )
    return found


async def set_seen(conn: AsyncConnection, guild_id: int, now: datetime) -> None:
    """An organiser has seen what failed until now."""
    new = insert(conn, health_seen).values(guild_id=guild_id, seen_at=now)
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[health_seen.c.guild_id], set_={"seen_at": new.excluded.seen_at}
        )
    )
