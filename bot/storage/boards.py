"""Boards: where they hang and when their message was last edited."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import board


async def edit_times(
    conn: AsyncConnection, guild_id: int
) -> tuple[tuple[int, datetime | None], ...]:
    """Every board of the server, with the moment its message was last edited."""
    rows = await conn.execute(
        sa.select(board.c.id, board.c.edited_at).where(board.c.guild_id == guild_id)
    )
    return tuple((row.id, row.edited_at) for row in rows)
