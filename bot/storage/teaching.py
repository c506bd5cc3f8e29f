"""What listeners said of explanations, and everything stored of one member's teaching."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.teaching import TeachOffer
from bot.storage.statements import insert
from bot.storage.tables import explanation


async def record_heard(
    conn: AsyncConnection, offer: TeachOffer, listener_id: int, step: str | None, now: datetime
) -> bool:
    """A listener's word on an explanation, once a pair and paper; whether that was news.

    ``step`` is what was unclear, None where the listener could now explain it. *Clear* takes
    the place of *unclear*; nothing takes the place of *clear*.
    """
    new = insert(conn, explanation).values(
        guild_id=offer.guild_id,
        user_id=offer.user_id,
        listener_id=listener_id,
        paper_id=offer.paper_id,
        heard_at=now,
        unclear_step=step,
    )
    key = ("guild_id", "user_id", "listener_id", "paper_id")
    recorded = await conn.execute(
        new.on_conflict_do_update(
            index_elements=[explanation.c[name] for name in key],
            set_={"heard_at": new.excluded.heard_at, "unclear_step": None},
            where=sa.and_(
                explanation.c.unclear_step.is_not(None), new.excluded.unclear_step.is_(None)
            ),
        )
    )
    return recorded.rowcount == 1


async def was_clear(conn: AsyncConnection, offer: TeachOffer, listener_id: int) -> bool | None:
    """What the listener said of this member's explanation; None when nothing yet."""
    row = (
        await conn.execute(
            sa.select(explanation.c.unclear_step).where(
                explanation.c.guild_id == offer.guild_id,
                explanation.c.user_id == offer.user_id,
                explanation.c.listener_id == listener_id,
                explanation.c.paper_id == offer.paper_id,
            )
        )
    ).one_or_none()
    return None if row is None else row.unclear_step is None


async def taught(
    conn: AsyncConnection, guild_id: int, paper_ids: Collection[str]
) -> Mapping[str, int]:
    """How many members explained each paper so that a listener could explain it too."""
    rows = await conn.execute(
        sa.select(
            explanation.c.paper_id,
            sa.func.count(sa.distinct(explanation.c.user_id)).label("members"),
        )
        .where(
            explanation.c.guild_id == guild_id,
            explanation.c.paper_id.in_(list(paper_ids)),
            explanation.c.unclear_step.is_(None),
        )
        .group_by(explanation.c.paper_id)
    )
    found: dict[str, int] = {row.paper_id: row.members for row in rows}
    return {paper_id: found.get(paper_id, 0) for paper_id in paper_ids}


async def taught_of(conn: AsyncConnection, guild_id: int, user_id: int) -> Mapping[str, int]:
    """How many listeners could explain a paper after this member did, by the paper's id."""
    rows = await conn.execute(
        # Those who are erased since have no name: however many, they count as one.
        sa.select(
            explanation.c.paper_id,
            sa.func.count(
                sa.distinct(sa.func.coalesce(explanation.c.listener_id, sa.literal_column("0")))
            ).label("listeners"),
        )
        .where(
            explanation.c.guild_id == guild_id,
            explanation.c.user_id == user_id,
            explanation.c.unclear_step.is_(None),
        )
        .group_by(explanation.c.paper_id)
    )
    return {row.paper_id: row.listeners for row in rows}
