"""The audit trail: who did what for a server. Never what members wrote."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import audit


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
