"""The audit trail: who did what for a server. Never what members wrote."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.trail import TrailLine
from bot.storage.tables import audit, member


async def record(
    conn: AsyncConnection,
    guild_id: int,
    actor_id: int,
    action: str,
    subject: str,
    now: datetime,
    *,
    member_id: int | None = None,
) -> None:
    """Adds a line: ``actor_id`` did ``action`` to ``subject`` ("note:12"), about a member."""
    await conn.execute(
        sa.insert(audit).values(
            guild_id=guild_id,
            actor_id=actor_id,
            action=action,
            subject=subject,
            member_id=member_id,
            happened_at=now,
        )
    )


async def lines(
    conn: AsyncConnection, guild_id: int, before: int | None, limit: int
) -> tuple[TrailLine, ...]:
    """At most ``limit`` lines of the server's trail, newest first; those before a line's id."""
    actor, about = member.alias("actor"), member.alias("about")
    found = (
        sa.select(
            audit.c.id,
            actor.c.display_name.label("actor"),
            audit.c.action,
            audit.c.subject,
            about.c.display_name.label("member"),
            audit.c.happened_at,
        )
        .select_from(
            audit.outerjoin(
                actor,
                sa.and_(actor.c.guild_id == audit.c.guild_id, actor.c.user_id == audit.c.actor_id),
            ).outerjoin(
                about,
                sa.and_(about.c.guild_id == audit.c.guild_id, about.c.user_id == audit.c.member_id),
            )
        )
        .where(audit.c.guild_id == guild_id)
        .order_by(audit.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        found = found.where(audit.c.id < before)
    return tuple(TrailLine(**row) for row in (await conn.execute(found)).mappings())
