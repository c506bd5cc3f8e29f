"""Who can explain a paper and lets others ask, and who asked whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.progress import Depth
from bot.domain.teaching import ASK_AGAIN_AFTER, Explainer
from bot.storage.statements import insert
from bot.storage.tables import explanation_request, member, reading


async def able_members(
    conn: AsyncConnection, guild_id: int, papers: Collection[str], asker_id: int, now: datetime
) -> tuple[Explainer, ...]:
    """Who knows one of the papers at *almost understood* or better, a row a member and paper.

    Only members who let others ask them and are here now; and the asker in any case.
    """
    rows = await conn.execute(
        sa.select(reading.c.user_id, member.c.display_name, reading.c.paper_id, reading.c.depth)
        .join(
            member,
            sa.and_(member.c.guild_id == reading.c.guild_id, member.c.user_id == reading.c.user_id),
        )
        .where(
            reading.c.guild_id == guild_id,
            reading.c.paper_id.in_(list(papers)),
            reading.c.depth.in_([depth for depth in Depth if depth.is_understander]),
            sa.or_(reading.c.user_id == asker_id, _may_be_asked(now)),
        )
    )
    return tuple(Explainer(*row) for row in rows)


def _may_be_asked(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        member.c.explains,
        member.c.departed_at.is_(None),
        sa.or_(member.c.away_from.is_(None), member.c.away_from > now, member.c.away_until <= now),
    )


async def explains(conn: AsyncConnection, guild_id: int, user_id: int) -> bool:
    """Whether the member lets others ask them to explain; not so for somebody unknown."""
    found: bool | None = await conn.scalar(
        sa.select(member.c.explains).where(
            member.c.guild_id == guild_id, member.c.user_id == user_id
        )
    )
    return bool(found)


async def set_explains(conn: AsyncConnection, guild_id: int, user_id: int, on: bool) -> None:
    """Whether others may ask the member to explain. The member must have a row."""
    await conn.execute(
        sa.update(member)
        .where(member.c.guild_id == guild_id, member.c.user_id == user_id)
        .values(explains=on)
    )


async def record_request(
    conn: AsyncConnection, guild_id: int, asker_id: int, asked_id: int, paper_id: str, now: datetime
) -> datetime | None:
    """One member asks another for a paper; None when that is recorded.

    Otherwise the moment of the last time, which was less than a week ago.
    """
    new = insert(conn, explanation_request).values(
        guild_id=guild_id, user_id=asker_id, asked_id=asked_id, paper_id=paper_id, asked_at=now
    )
    asked = await conn.execute(
        new.on_conflict_do_update(
            index_elements=list(explanation_request.primary_key),
            set_={"asked_at": new.excluded.asked_at},
            where=explanation_request.c.asked_at <= now - ASK_AGAIN_AFTER,
        )
    )
    if asked.rowcount == 1:
        return None
    last: datetime | None = await conn.scalar(
        sa.select(explanation_request.c.asked_at).where(
            explanation_request.c.guild_id == guild_id,
            explanation_request.c.user_id == asker_id,
            explanation_request.c.asked_id == asked_id,
            explanation_request.c.paper_id == paper_id,
        )
    )
    return last
