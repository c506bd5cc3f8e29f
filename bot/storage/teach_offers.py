"""Members' offers to explain a paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.teaching import TeachOffer
from bot.storage.tables import explanation, teach_offer


def _offers() -> sa.Select[Any]:
    heard = (
        sa.select(sa.func.max(explanation.c.heard_at))
        .where(
            explanation.c.guild_id == teach_offer.c.guild_id,
            explanation.c.user_id == teach_offer.c.user_id,
            explanation.c.paper_id == teach_offer.c.paper_id,
            explanation.c.heard_at > teach_offer.c.offered_at,
        )
        .scalar_subquery()
    )
    return sa.select(
        teach_offer.c.id,
        teach_offer.c.guild_id,
        teach_offer.c.user_id,
        teach_offer.c.paper_id,
        teach_offer.c.offered_at,
        teach_offer.c.closed_at,
        sa.func.coalesce(heard, teach_offer.c.offered_at, type_=teach_offer.c.offered_at.type),
    )


_OFFERS = _offers()


async def offer_with(conn: AsyncConnection, guild_id: int, offer_id: int) -> TeachOffer | None:
    """One offer, open or closed; None when it is gone or another server's."""
    rows = await conn.execute(
        _OFFERS.where(teach_offer.c.guild_id == guild_id, teach_offer.c.id == offer_id)
    )
    row = rows.one_or_none()
    return None if row is None else TeachOffer(*row)


async def unclosed_offer(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str
) -> TeachOffer | None:
    """The member's offer for the paper that nobody has closed; there is at most one."""
    rows = await conn.execute(
        _OFFERS.where(
            teach_offer.c.guild_id == guild_id,
            teach_offer.c.user_id == user_id,
            teach_offer.c.paper_id == paper_id,
            teach_offer.c.closed_at.is_(None),
        )
    )
    row = rows.one_or_none()
    return None if row is None else TeachOffer(*row)


async def add_offer(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str, now: datetime
) -> TeachOffer:
    """Makes an offer. The member must have a row and no other unclosed offer for the paper."""
    added: int = (
        await conn.execute(
            sa.insert(teach_offer)
            .values(guild_id=guild_id, user_id=user_id, paper_id=paper_id, offered_at=now)
            .returning(teach_offer.c.id)
        )
    ).scalar_one()
    return TeachOffer(added, guild_id, user_id, paper_id, now, None, now)


async def close_offer(conn: AsyncConnection, guild_id: int, offer_id: int, now: datetime) -> None:
    """The offer is over. The first time stays."""
    await conn.execute(
        sa.update(teach_offer)
        .where(
            teach_offer.c.guild_id == guild_id,
            teach_offer.c.id == offer_id,
            teach_offer.c.closed_at.is_(None),
        )
        .values(closed_at=now)
    )
