"""Members' notes."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notes import NoteKind
from bot.storage.statements import insert
from bot.storage.tables import note


async def add_note(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    paper_id: str,
    kind: NoteKind,
    text: str,
    interaction_id: int,
    now: datetime,
    *,
    shared: bool,
) -> int:
    """Adds a member's note and returns its id; the same interaction adds one of a kind once."""
    new = insert(conn, note).values(
        guild_id=guild_id,
        user_id=user_id,
        paper_id=paper_id,
        kind=kind,
        text=text,
        shared=shared,
        created_at=now,
        updated_at=now,
        interaction_id=interaction_id,
    )
    await conn.execute(
        new.on_conflict_do_nothing(index_elements=[note.c.interaction_id, note.c.kind])
    )
    added: int = (
        await conn.execute(
            sa.select(note.c.id).where(
                note.c.guild_id == guild_id,
                note.c.user_id == user_id,
                note.c.interaction_id == interaction_id,
                note.c.kind == kind,
            )
        )
    ).scalar_one()
    return added
