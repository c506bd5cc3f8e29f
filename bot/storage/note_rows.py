"""Reading members' notes: one, several, or a member's own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notes import Note, Source
from bot.domain.signups import LIVE
from bot.storage.tables import member, note, note_report, reading, signup

_writer = member.alias("writer")
_quoted = member.alias("quoted")

REPORTS = (
    sa.select(sa.func.count())
    .where(note_report.c.guild_id == note.c.guild_id, note_report.c.note_id == note.c.id)
    .scalar_subquery()
)
COLUMNS: tuple[sa.ColumnElement[Any], ...] = (
    note.c.id,
    note.c.user_id,
    _writer.c.display_name.label("author"),
    note.c.paper_id,
    note.c.kind,
    note.c.text,
    note.c.shared,
    note.c.created_at,
    note.c.updated_at,
    note.c.source_channel_id,
    note.c.source_message_id,
    note.c.source_author_id,
    _quoted.c.display_name.label("source_author"),
    note.c.hidden_at,
)


def named(source: sa.FromClause = note) -> sa.FromClause:
    """The notes of ``source`` (which holds ``note``) with the names of writer and quoted."""
    return source.outerjoin(
        _writer,
        sa.and_(_writer.c.guild_id == note.c.guild_id, _writer.c.user_id == note.c.user_id),
    ).outerjoin(
        _quoted,
        sa.and_(
            _quoted.c.guild_id == note.c.guild_id, _quoted.c.user_id == note.c.source_author_id
        ),
    )


async def note_with(conn: AsyncConnection, guild_id: int, note_id: int) -> Note | None:
    """One note of the server, whoever may read it; None when there is none."""
    row = (
        (
            await conn.execute(
                sa.select(*COLUMNS, REPORTS.label("reports"))
                .select_from(named())
                .where(note.c.guild_id == guild_id, note.c.id == note_id)
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else as_note(row)


async def notes_with(
    conn: AsyncConnection, guild_id: int, note_ids: Collection[int]
) -> dict[int, Note]:
    """Notes of the server by their id, whoever may read them."""
    rows = await conn.execute(
        sa.select(*COLUMNS)
        .select_from(named())
        .where(note.c.guild_id == guild_id, note.c.id.in_(list(note_ids)))
    )
    return {row["id"]: as_note(row) for row in rows.mappings()}


async def own_notes(
    conn: AsyncConnection, guild_id: int, user_id: int, *, offset: int = 0, limit: int | None = None
) -> tuple[Note, ...]:
    """A member's notes, private ones too, newest first."""
    rows = await conn.execute(
        sa.select(*COLUMNS)
        .select_from(named())
        .where(*_own(guild_id, user_id))
        .order_by(note.c.created_at.desc(), note.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return tuple(as_note(row) for row in rows.mappings())


async def count_own(conn: AsyncConnection, guild_id: int, user_id: int) -> int:
    """How many notes a member has."""
    counted: int = (
        await conn.execute(
            sa.select(sa.func.count()).select_from(note).where(*_own(guild_id, user_id))
        )
    ).scalar_one()
    return counted


async def papers_taken_up(
    conn: AsyncConnection, guild_id: int, user_id: int, limit: int
) -> tuple[str, ...]:
    """The papers a member most likely means: signed up for, then read, the newest first."""
    signed = sa.select(
        signup.c.paper_id, sa.literal(0).label("place"), signup.c.created_at.label("since")
    ).where(
        signup.c.guild_id == guild_id, signup.c.user_id == user_id, signup.c.state.in_(list(LIVE))
    )
    taken = sa.select(reading.c.paper_id, sa.literal(1), reading.c.updated_at).where(
        reading.c.guild_id == guild_id, reading.c.user_id == user_id
    )
    both = sa.union_all(signed, taken).subquery()
    rows = await conn.scalars(
        sa.select(both.c.paper_id).order_by(both.c.place, both.c.since.desc()).limit(2 * limit)
    )
    return tuple(dict.fromkeys(rows))[:limit]


def as_note(found: sa.RowMapping) -> Note:
    """A row of COLUMNS."""
    source = None
    if found["source_message_id"] is not None:
        source = Source(
            found["source_channel_id"],
            found["source_message_id"],
            found["source_author_id"],
            found["source_author"],
        )
    return Note(
        id=found["id"],
        author_id=found["user_id"],
        author=found["author"],
        paper_id=found["paper_id"],
        kind=found["kind"],
        text=found["text"],
        shared=found["shared"],
        created_at=found["created_at"],
        updated_at=found["updated_at"],
        source=source,
        is_hidden=found["hidden_at"] is not None,
        reports=found.get("reports", 0),
    )


def _own(guild_id: int, user_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return note.c.guild_id == guild_id, note.c.user_id == user_id
