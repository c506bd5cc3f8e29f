"""The ledger of one member: what there was no budget for, and what a message told them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import Delivery, DeliveryState, Planned, Reason
from bot.storage.deliveries import COLUMNS, read_row
from bot.storage.tables import delivery

_UNDECIDED = (DeliveryState.PENDING, DeliveryState.CLAIMED)


async def losers(conn: AsyncConnection, planned: Planned, now: datetime) -> tuple[Delivery, ...]:
    """What the same member did not get for want of budget, and is of use still."""
    rows = await conn.execute(
        sa.select(*COLUMNS)
        .where(
            delivery.c.guild_id == planned.guild_id,
            delivery.c.dest == planned.dest,
            delivery.c.user_id == planned.reader,
            delivery.c.state == DeliveryState.SKIPPED,
            delivery.c.reason == Reason.BUDGET,
            delivery.c.deadline_at > now,
        )
        .order_by(delivery.c.due_at, delivery.c.id)
    )
    return tuple(read_row(row) for row in rows.mappings())


async def take_along(conn: AsyncConnection, loser: Delivery, lead: Delivery, now: datetime) -> None:
    """The message of ``lead`` tells this as well."""
    await conn.execute(
        sa.update(delivery)
        .where(
            delivery.c.id == loser.id,
            delivery.c.guild_id == loser.planned.guild_id,
            delivery.c.reason == Reason.BUDGET,
        )
        .values(reason=Reason.MERGED, merged_into=lead.id, settled_at=now)
    )


async def call_off(
    conn: AsyncConnection, guild_id: int, user_id: int, keys: Iterable[str], now: datetime
) -> None:
    """The member is told these in another way: what is not on its way yet does not go out."""
    await conn.execute(
        sa.update(delivery)
        .where(
            delivery.c.guild_id == guild_id,
            delivery.c.dest == user_id,
            delivery.c.user_id == user_id,
            delivery.c.key.in_(list(keys)),
            delivery.c.state.in_(_UNDECIDED),
        )
        .values(state=DeliveryState.CANCELLED, next_at=None, settled_at=now)
    )


async def clubs_told_of(
    conn: AsyncConnection, guild_id: int, user_id: int, message_id: int
) -> frozenset[int]:
    """The clubs that a direct message told of (0: none); empty when it is not known (yet)."""
    message = sa.select(delivery.c.id).where(
        delivery.c.guild_id == guild_id,
        delivery.c.dest == user_id,
        delivery.c.user_id == user_id,
        delivery.c.message_id == message_id,
    )
    found = sa.select(delivery.c.club_id).where(
        delivery.c.guild_id == guild_id,
        delivery.c.user_id == user_id,
        sa.or_(delivery.c.id.in_(message), delivery.c.merged_into.in_(message)),
    )
    return frozenset(await conn.scalars(found))
