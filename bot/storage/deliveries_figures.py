"""What the ledger tells: what was missed, what stands how, and what is old enough to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import MISSED, OPEN_STATES, DeliveryState, Reason, ReminderKind
from bot.storage.tables import delivery


async def missed(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    reader: int,
    since: datetime,
    until: datetime,
) -> Mapping[tuple[ReminderKind, Reason], int]:
    """What one reader (or the channel) did not get of a club in that time, counted."""
    rows = await conn.execute(
        sa.select(delivery.c.kind, delivery.c.reason, sa.func.count())
        .where(
            delivery.c.guild_id == guild_id,
            delivery.c.club_id == club_id,
            delivery.c.reader == reader,
            delivery.c.state.in_((DeliveryState.SKIPPED, DeliveryState.FAILED)),
            delivery.c.reason.in_(sorted(MISSED)),
            delivery.c.settled_at >= since,
            delivery.c.settled_at < until,
        )
        .group_by(delivery.c.kind, delivery.c.reason)
    )
    return Counter({(kind, reason): count for kind, reason, count in rows})


async def standing(
    conn: AsyncConnection, guild_id: int, since: datetime
) -> Mapping[tuple[DeliveryState, Reason | None], int]:
    """How the deliveries of a server that were due since then stand, counted."""
    rows = await conn.execute(
        sa.select(delivery.c.state, delivery.c.reason, sa.func.count())
        .where(delivery.c.guild_id == guild_id, delivery.c.due_at >= since)
        .group_by(delivery.c.state, delivery.c.reason)
    )
    return Counter({(state, reason): count for state, reason, count in rows})


async def forget_closed(conn: AsyncConnection, before: datetime, limit: int) -> int:
    """Removes rows that are done with and whose time is over since then; how many.

    A row that is of use still must stay: its key is what keeps it from being sent twice.
    """
    old = (
        sa.select(delivery.c.id)
        .where(delivery.c.deadline_at < before, delivery.c.state.not_in(OPEN_STATES))
        # The oldest have the lowest ids: the search ends early.
        .order_by(delivery.c.id)
        .limit(limit)
    )
    gone = await conn.execute(sa.delete(delivery).where(delivery.c.id.in_(old)))
    return gone.rowcount
