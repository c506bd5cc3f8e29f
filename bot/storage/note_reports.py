"""Shared notes that members reported or organisers hid."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import insert
from bot.storage.tables import note, note_report


async def set_hidden(
    conn: AsyncConnection,
    guild_id: int,
    note_id: int,
    now: datetime | None,
    organiser_id: int | None,
) -> bool:
    """Hides a shared note since ``now``, or shows it again (None); False when nothing changed."""
    was = note.c.hidden_at.is_(None) if now else note.c.hidden_at.is_not(None)
    changed = await conn.execute(
        sa.update(note)
        .where(note.c.guild_id == guild_id, note.c.id == note_id, note.c.shared.is_(sa.true()), was)
        .values(hidden_at=now, hidden_by=organiser_id)
    )
    return changed.rowcount == 1


async def add_report(
    conn: AsyncConnection, guild_id: int, note_id: int, user_id: int, now: datetime
) -> bool:
    """A member reports a note; False when they did before."""
    new = insert(conn, note_report).values(
        guild_id=guild_id, note_id=note_id, user_id=user_id, reported_at=now
    )
    added = await conn.execute(
        new.on_conflict_do_nothing(
            index_elements=[
                note_report.c.guild_id,
                note_report.c.note_id,
                note_report.c.user_id,
            ]
        )
    )
    return added.rowcount == 1


async def clear_reports(conn: AsyncConnection, guild_id: int, note_id: int) -> bool:
    """Organisers have looked at the note; False when nobody had reported it."""
    gone = await conn.execute(
        sa.delete(note_report).where(
            note_report.c.guild_id == guild_id, note_report.c.note_id == note_id
        )
    )
    return gone.rowcount > 0


async def reported(conn: AsyncConnection, guild_id: int) -> dict[int, int]:
    """How many members reported each shared note that is not hidden, by the note's id."""
    rows = await conn.execute(
        sa.select(note_report.c.note_id, sa.func.count())
        .join(note, note.c.id == note_report.c.note_id)
        .where(
            note_report.c.guild_id == guild_id,
            note.c.guild_id == guild_id,
            note.c.shared.is_(sa.true()),
            note.c.hidden_at.is_(None),
        )
        .group_by(note_report.c.note_id)
        .order_by(note_report.c.note_id)
    )
    return {note_id: times for note_id, times in rows}  # noqa: C416 - rows are not pairs to mypy
