"""Where sessions are discussed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import session


async def set_thread(
    conn: AsyncConnection, guild_id: int, session_id: int, thread_id: int | None
) -> None:
    """Where the session is discussed."""
    await conn.execute(
        sa.update(session)
        .where(session.c.guild_id == guild_id, session.c.id == session_id)
        .values(thread_id=thread_id)
    )


async def forget_thread(conn: AsyncConnection, guild_id: int, thread_id: int) -> None:
    """Sessions that were discussed in this thread are discussed nowhere any more."""
    await conn.execute(
        sa.update(session)
        .where(session.c.guild_id == guild_id, session.c.thread_id == thread_id)
        .values(thread_id=None)
    )
