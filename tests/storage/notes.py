"""Builders of notes for the storage tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notes import NoteKind, Source, search_words
from bot.storage import note_papers, note_search, notes
from bot.storage.members import record_member
from tests.storage.builders import NOW

HERE, ELSEWHERE = 1, 2
ADA, BEN = 11, 12
_interactions = count(1000)


async def write(
    conn: AsyncConnection,
    text: str,
    *,
    guild_id: int = HERE,
    user_id: int = ADA,
    paper_id: str = "paper-one",
    kind: NoteKind = NoteKind.CLAIM,
    shared: bool = True,
    source: Source | None = None,
    interaction_id: int | None = None,
    now: datetime | None = None,
) -> int:
    """A note of a member, who is made if need be; each is a minute newer than the last."""
    await record_member(conn, guild_id, user_id, f"member {user_id}", NOW)
    number = next(_interactions)
    return await notes.add_note(
        conn,
        guild_id,
        user_id,
        paper_id,
        kind,
        text,
        now or NOW + timedelta(minutes=number),
        shared=shared,
        interaction_id=interaction_id or number,
        source=source,
    )


async def found(
    conn: AsyncConnection,
    typed: str,
    *,
    guild_id: int = HERE,
    user_id: int = BEN,
    papers: list[str] | None = None,
) -> list[int]:
    """The ids a member finds, newest first."""
    closed = await note_papers.closed_papers(conn, guild_id, user_id)
    hits = await note_search.search(
        conn, guild_id, user_id, search_words(typed), papers=papers, closed=closed, limit=100
    )
    return [note_id for note_id, _ in hits]
