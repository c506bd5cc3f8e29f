"""Members: who they are in one server, by the name last seen there."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members import DmConsent
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


async def dm_consent(conn: AsyncConnection, guild_id: int, user_id: int) -> DmConsent:
    """Whether the bot may write to the member; UNASKED for somebody unknown."""
    consent: DmConsent | None = await conn.scalar(
        sa.select(member.c.dm).where(member.c.guild_id == guild_id, member.c.user_id == user_id)
    )
    return DmConsent.UNASKED if consent is None else consent


async def set_dm(conn: AsyncConnection, guild_id: int, user_id: int, consent: DmConsent) -> None:
    """Records the member's answer."""
    await conn.execute(
        sa.update(member)
        .where(member.c.guild_id == guild_id, member.c.user_id == user_id)
        .values(dm=consent)
    )


async def set_away(
    conn: AsyncConnection, guild_id: int, user_id: int, away: tuple[datetime, datetime] | None
) -> None:
    """Records from when until when the member is away; None: not at all."""
    begins, ends = away or (None, None)
    await conn.execute(
        sa.update(member)
        .where(member.c.guild_id == guild_id, member.c.user_id == user_id)
        .values(away_from=begins, away_until=ends)
    )


async def is_known(conn: AsyncConnection, guild_id: int, user_id: int) -> bool:
    """Whether the member has a row in this server."""
    found = sa.select(member.c.user_id).where(
        member.c.guild_id == guild_id, member.c.user_id == user_id
    )
    return await conn.scalar(found) is not None
