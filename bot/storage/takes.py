"""The notes that the form of ``/progress log`` shows: a member's newest of each kind."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.logbook import Take
from bot.domain.notes import NoteKind
from bot.storage.tables import note


async def newest_takes(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str
) -> tuple[Take, ...]:
    """What a member wrote of a paper, newest first; not what they saved of others' words.

    One of each kind at most.
    """
    newest = (
        sa.select(sa.func.max(note.c.id))
        .where(
            note.c.guild_id == guild_id,
            note.c.user_id == user_id,
            note.c.paper_id == paper_id,
            note.c.source_message_id.is_(None),
        )
        .group_by(note.c.kind)
    )
    rows = await conn.execute(
        sa.select(note.c.id, note.c.kind, note.c.text)
        .where(note.c.guild_id == guild_id, note.c.id.in_(newest))
        .order_by(note.c.id.desc())
    )
    return tuple(Take(*row) for row in rows)


async def rewrite(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    paper_id: str,
    note_id: int,
    kind: NoteKind,
    text: str,
    now: datetime,
) -> bool:
    """Changes a member's own note on a paper; False when they have no such note."""
    changed = await conn.execute(
        sa.update(note)
        .where(
            note.c.guild_id == guild_id,
            note.c.id == note_id,
            note.c.user_id == user_id,
            note.c.paper_id == paper_id,
            note.c.source_message_id.is_(None),
        )
        .values(kind=kind, text=text, updated_at=now)
    )
    return changed.rowcount == 1
