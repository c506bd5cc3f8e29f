"""Sections that are done, and one member's papers with all that belongs to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.history import DepthChange
from bot.domain.members import NoteSharing, Visibility
from bot.domain.progress import Depth
from bot.storage.statements import insert
from bot.storage.tables import depth_change, member, reading, section_done


async def sections_done(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str
) -> frozenset[str]:
    """The ids of the sections that the member has done."""
    rows = await conn.scalars(
        sa.select(section_done.c.section_id).where(*_sections(guild_id, user_id, paper_id))
    )
    return frozenset(rows)


async def mark_done(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    paper_id: str,
    section_ids: Collection[str],
    now: datetime,
) -> None:
    """The member has done these sections; those done already keep their date.

    IntegrityError when they have not taken the paper up.
    """
    if not section_ids:
        return
    rows = [
        {
            "guild_id": guild_id,
            "user_id": user_id,
            "paper_id": paper_id,
            "section_id": section_id,
            "done_at": now,
        }
        for section_id in sorted(section_ids)
    ]
    await conn.execute(insert(conn, section_done).values(rows).on_conflict_do_nothing())


async def unmark_done(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str, section_ids: Collection[str]
) -> None:
    """The member has not done these sections after all."""
    if section_ids:
        await conn.execute(
            sa.delete(section_done).where(
                *_sections(guild_id, user_id, paper_id),
                section_done.c.section_id.in_(sorted(section_ids)),
            )
        )


async def all_sections_done(
    conn: AsyncConnection, guild_id: int, user_id: int
) -> dict[str, frozenset[str]]:
    """The sections that a member has done, by the paper's id."""
    rows = await conn.execute(
        sa.select(section_done.c.paper_id, section_done.c.section_id).where(
            section_done.c.guild_id == guild_id, section_done.c.user_id == user_id
        )
    )
    found: dict[str, set[str]] = {}
    for paper_id, section_id in rows:
        found.setdefault(paper_id, set()).add(section_id)
    return {paper_id: frozenset(ids) for paper_id, ids in found.items()}


async def own_readings(
    conn: AsyncConnection, guild_id: int, user_id: int
) -> dict[str, tuple[Depth, datetime]]:
    """How well a member knows the papers they took up, and since when, by the paper's id."""
    rows = await conn.execute(
        sa.select(reading.c.paper_id, reading.c.depth, reading.c.updated_at).where(
            reading.c.guild_id == guild_id, reading.c.user_id == user_id
        )
    )
    return {paper_id: (depth, updated_at) for paper_id, depth, updated_at in rows}


async def standing(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str
) -> tuple[Depth | None, NoteSharing]:
    """A member's depth for a paper, and what they decided about new notes."""
    found = await conn.execute(
        sa.select(reading.c.depth, member.c.note_sharing)
        .select_from(member)
        .outerjoin(
            reading,
            sa.and_(
                reading.c.guild_id == member.c.guild_id,
                reading.c.user_id == member.c.user_id,
                reading.c.paper_id == paper_id,
            ),
        )
        .where(member.c.guild_id == guild_id, member.c.user_id == user_id)
    )
    row = found.one_or_none()
    return (None, NoteSharing.ASK) if row is None else (row.depth, row.note_sharing)


async def shown_name(conn: AsyncConnection, guild_id: int, user_id: int) -> str | None:
    """The member's name, if others may see what they read; None also for somebody unknown."""
    name: str | None = await conn.scalar(
        sa.select(member.c.display_name).where(
            member.c.guild_id == guild_id,
            member.c.user_id == user_id,
            member.c.visibility == Visibility.SERVER,
        )
    )
    return name


async def history(
    conn: AsyncConnection, guild_id: int, since: datetime | None = None
) -> tuple[DepthChange, ...]:
    """Every change of a depth in the server, in order; only those from ``since`` on, if given."""
    wanted = sa.select(
        depth_change.c.user_id,
        depth_change.c.paper_id,
        depth_change.c.depth,
        depth_change.c.changed_at,
    ).where(depth_change.c.guild_id == guild_id)
    if since is not None:
        wanted = wanted.where(depth_change.c.changed_at >= since)
    rows = await conn.execute(wanted.order_by(depth_change.c.changed_at, depth_change.c.id))
    return tuple(DepthChange(*row) for row in rows)


def _sections(guild_id: int, user_id: int, paper_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        section_done.c.guild_id == guild_id,
        section_done.c.user_id == user_id,
        section_done.c.paper_id == paper_id,
    )
