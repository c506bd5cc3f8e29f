"""What a club reads by plan: its papers in their order, and how long a week there is for them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import club, club_plan_paper


async def set_plan(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    paper_ids: Sequence[str],
    minutes_a_week: int,
) -> None:
    """The club reads these papers, in place of those of a plan before."""
    await conn.execute(
        sa.update(club)
        .where(club.c.guild_id == guild_id, club.c.id == club_id)
        .values(plan_minutes=minutes_a_week)
    )
    await conn.execute(
        sa.delete(club_plan_paper).where(
            club_plan_paper.c.guild_id == guild_id, club_plan_paper.c.club_id == club_id
        )
    )
    rows = [
        {"guild_id": guild_id, "club_id": club_id, "position": position, "paper_id": paper_id}
        for position, paper_id in enumerate(paper_ids)
    ]
    if rows:
        await conn.execute(sa.insert(club_plan_paper), rows)


async def plan_of(
    conn: AsyncConnection, guild_id: int, club_id: int
) -> tuple[tuple[str, ...], int] | None:
    """The papers of the club's plan and the minutes a week for them; None without a plan."""
    minutes: int | None = await conn.scalar(
        sa.select(club.c.plan_minutes).where(club.c.guild_id == guild_id, club.c.id == club_id)
    )
    if minutes is None:
        return None
    papers = await conn.scalars(
        sa.select(club_plan_paper.c.paper_id)
        .where(club_plan_paper.c.guild_id == guild_id, club_plan_paper.c.club_id == club_id)
        .order_by(club_plan_paper.c.position)
    )
    return tuple(papers), minutes
