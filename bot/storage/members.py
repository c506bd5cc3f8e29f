"""Members: who they are in one server, by the name last seen there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.guilds import ensure_guild
from bot.storage.statements import insert
from bot.storage.tables import member


async def record_member(
    conn: AsyncConnection, guild_id: int, user_id: int, display_name: str, now: datetime
) -> None:
    """Makes the member's row, and the server's, or brings the name up to date."""
    await ensure_guild(conn, guild_id, now)
    new = insert(conn, member).values(
        guild_id=guild_id, user_id=user_id, display_name=display_name, first_seen_at=now
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[member.c.guild_id, member.c.user_id],
            set_={"display_name": new.excluded.display_name},
        )
    )
