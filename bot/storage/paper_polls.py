"""Polls for the next paper, until their result is said."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.paper_polls import PaperPoll
from bot.storage.tables import paper_poll


async def add_poll(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    channel_id: int,
    poll_id: int,
    ends_at: datetime,
) -> int:
    """Adds a poll that has just begun, and returns its id."""
    new = sa.insert(paper_poll).values(
        guild_id=guild_id, club_id=club_id, channel_id=channel_id, poll_id=poll_id, ends_at=ends_at
    )
    added: int = (await conn.execute(new.returning(paper_poll.c.id))).scalar_one()
    return added


async def poll_with(conn: AsyncConnection, guild_id: int, key: int) -> PaperPoll | None:
    """One poll of this server; None once its result was said."""
    found = sa.select(paper_poll).where(paper_poll.c.guild_id == guild_id, paper_poll.c.id == key)
    row = (await conn.execute(found)).mappings().one_or_none()
    return None if row is None else PaperPoll(**row)


async def record_posting(conn: AsyncConnection, guild_id: int, key: int, now: datetime) -> None:
    """Its result is about to be said: whether it was, is known when it is settled."""
    await conn.execute(
        sa.update(paper_poll)
        .where(paper_poll.c.guild_id == guild_id, paper_poll.c.id == key)
        .values(posted_at=now)
    )


async def forget_poll(conn: AsyncConnection, guild_id: int, key: int) -> None:
    """There is nothing to say about it any more."""
    await conn.execute(
        sa.delete(paper_poll).where(paper_poll.c.guild_id == guild_id, paper_poll.c.id == key)
    )
