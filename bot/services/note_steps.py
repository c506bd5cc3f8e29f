"""Steps with notes that other use cases take in their own transaction."""

from __future__ import annotations

from bot.domain.members import Actor, NoteSharing
from bot.domain.notes import NoteKind
from bot.services.work import Unit
from bot.storage import notes, progress


async def add(
    unit: Unit, actor: Actor, paper_id: str, kind: NoteKind, text: str, interaction_id: int
) -> int:
    """Stores a member's note and returns its id; shared if they decided so for all notes.

    The same interaction delivered twice adds nothing.
    """
    _, sharing = await progress.standing(unit.conn, actor.guild_id, actor.user_id, paper_id)
    return await notes.add_note(
        unit.conn,
        actor.guild_id,
        actor.user_id,
        paper_id,
        kind,
        text,
        interaction_id,
        unit.now,
        shared=sharing is NoteSharing.SHARED,
    )
