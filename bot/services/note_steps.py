"""What several use cases do with notes, inside a unit of work of theirs."""

from __future__ import annotations

from bot.domain.errors import NotFound
from bot.domain.members import Actor, NoteSharing
from bot.domain.notes import NoteKind, Source, clean_text
from bot.services.work import Unit
from bot.storage import notes


async def add(
    unit: Unit,
    actor: Actor,
    paper_id: str,
    kind: NoteKind,
    text: str,
    interaction_id: int,
    *,
    source: Source | None = None,
) -> int:
    """Keeps a member's note and returns its id; shared at once only where they decided so.

    The same interaction delivered twice adds nothing: the id is that of the first. The member
    must have arrived. Raises NoteEmpty and NoteTooLong.
    """
    sharing = await notes.sharing_of(unit.conn, actor.guild_id, actor.user_id)
    return await notes.add_note(
        unit.conn,
        actor.guild_id,
        actor.user_id,
        paper_id,
        kind,
        clean_text(text),
        unit.now,
        shared=sharing is NoteSharing.SHARED,
        interaction_id=interaction_id,
        source=source,
    )


async def revise(unit: Unit, actor: Actor, note_id: int, kind: NoteKind, text: str) -> None:
    """Changes a member's own note. Raises NotFound, NoteEmpty and NoteTooLong."""
    changed = await notes.change_note(
        unit.conn, actor.guild_id, actor.user_id, note_id, kind, clean_text(text), unit.now
    )
    if not changed:
        raise NotFound
