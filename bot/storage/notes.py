"""Members' notes: written, changed, shared, exported, erased."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members import NoteSharing
from bot.domain.notes import NoteKind, Source
from bot.storage.note_reports import reported
from bot.storage.statements import insert
from bot.storage.tables import member, note

__all__ = [
    "add_note",
    "change_note",
    "delete_note",
    "erase_notes",
    "reported",
    "set_shared",
    "set_sharing",
    "sharing_of",
]


async def add_note(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    paper_id: str,
    kind: NoteKind,
    text: str,
    now: datetime,
    *,
    shared: bool,
    interaction_id: int | None,
    source: Source | None = None,
) -> int:
    """Adds a note and returns its id; that of the first where an interaction comes twice."""
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
        source_channel_id=source.channel_id if source else None,
        source_message_id=source.message_id if source else None,
        source_author_id=source.author_id if source else None,
    )
    added: int | None = await conn.scalar(
        new.on_conflict_do_nothing(index_elements=[note.c.interaction_id, note.c.kind]).returning(
            note.c.id
        )
    )
    if added is not None:
        return added
    known: int = (
        await conn.execute(
            sa.select(note.c.id).where(
                *_own(guild_id, user_id),
                note.c.interaction_id == interaction_id,
                note.c.kind == kind,
            )
        )
    ).scalar_one()
    return known


async def change_note(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    note_id: int,
    kind: NoteKind,
    text: str,
    now: datetime,
) -> bool:
    """Changes a member's own note; False when they have none with this id."""
    changed = await conn.execute(
        sa.update(note)
        .where(*_own(guild_id, user_id), note.c.id == note_id)
        .values(kind=kind, text=text, updated_at=now)
    )
    return changed.rowcount == 1


async def delete_note(conn: AsyncConnection, guild_id: int, user_id: int, note_id: int) -> bool:
    """Deletes a member's own note; False when they have none with this id."""
    gone = await conn.execute(sa.delete(note).where(*_own(guild_id, user_id), note.c.id == note_id))
    return gone.rowcount == 1


async def set_shared(
    conn: AsyncConnection, guild_id: int, user_id: int, note_ids: Collection[int], *, shared: bool
) -> int:
    """Shares a member's own notes, or keeps them private; how many of them there are."""
    changed = await conn.execute(
        sa.update(note)
        .where(*_own(guild_id, user_id), note.c.id.in_(list(note_ids)))
        .values(shared=shared)
    )
    return changed.rowcount


async def erase_notes(conn: AsyncConnection, guild_id: int, user_id: int, *, keep: bool) -> None:
    """Removes what a member wrote: altogether, or (``keep``) all but their shared own words.

    Kept notes have no name and no source; one that was hidden, or that quotes somebody else, is
    not kept.
    """
    theirs = _own(guild_id, user_id)
    if keep:
        await conn.execute(
            sa.update(note)
            .where(
                *theirs,
                note.c.shared.is_(sa.true()),
                note.c.hidden_at.is_(None),
                sa.or_(note.c.source_author_id.is_(None), note.c.source_author_id == user_id),
            )
            .values(
                user_id=None,
                source_channel_id=None,
                source_message_id=None,
                source_author_id=None,
                interaction_id=None,
            )
        )
    await conn.execute(sa.delete(note).where(*theirs))


async def sharing_of(conn: AsyncConnection, guild_id: int, user_id: int) -> NoteSharing:
    """What the member decided about new notes; to ask, where they have not."""
    chosen: NoteSharing | None = await conn.scalar(
        sa.select(member.c.note_sharing).where(
            member.c.guild_id == guild_id, member.c.user_id == user_id
        )
    )
    return NoteSharing.ASK if chosen is None else chosen


async def set_sharing(
    conn: AsyncConnection, guild_id: int, user_id: int, sharing: NoteSharing
) -> None:
    """Decides what becomes of the member's new notes."""
    await conn.execute(
        sa.update(member)
        .where(member.c.guild_id == guild_id, member.c.user_id == user_id)
        .values(note_sharing=sharing)
    )


def _own(guild_id: int, user_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return note.c.guild_id == guild_id, note.c.user_id == user_id
