"""A member's own notes: written, read again, changed, shared, deleted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.errors import NotFound
from bot.domain.members import Actor, NoteSharing
from bot.domain.notes import (
    OWN_NOTES_A_PAGE,
    Note,
    NoteKind,
    NotesPage,
    Source,
    page_within,
)
from bot.services import note_steps
from bot.services.catalogues import Catalogues
from bot.services.work import Work
from bot.storage import note_rows, notes

_CHOICES = 25


@dataclass(frozen=True, slots=True)
class AddedNote:
    """A note that is stored now, and what its member decided about new ones."""

    note_id: int
    sharing: NoteSharing


class Notes:
    """What a member wrote, for that member alone."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def likely_papers(self, guild_id: int, user_id: int) -> tuple[str, ...]:
        """The ids of the papers a member most likely means, what they signed up for first."""
        async with self._work.read() as conn:
            return await note_rows.papers_taken_up(conn, guild_id, user_id, _CHOICES)

    async def add(
        self,
        actor: Actor,
        paper_id: str,
        kind: NoteKind,
        text: str,
        interaction_id: int,
        source: Source | None = None,
    ) -> AddedNote:
        """Keep a note; private unless the member decided to share all of theirs.

        Raises NotFound for an unknown paper, NoteEmpty and NoteTooLong.
        """
        catalogue = await self._catalogues.of(actor.guild_id)
        if catalogue.theory_of(paper_id) is None:
            raise NotFound
        async with self._work.write() as unit:
            await unit.arrive(actor)
            note_id = await note_steps.add(
                unit, actor, paper_id, kind, text, interaction_id, source=source
            )
            sharing = await notes.sharing_of(unit.conn, actor.guild_id, actor.user_id)
        return AddedNote(note_id, sharing)

    async def mine(self, actor: Actor, page: int) -> NotesPage:
        """One page of the member's notes, newest first; past the end the last one."""
        async with self._work.read() as conn:
            total = await note_rows.count_own(conn, actor.guild_id, actor.user_id)
            page = page_within(page, total, OWN_NOTES_A_PAGE)
            found = await note_rows.own_notes(
                conn,
                actor.guild_id,
                actor.user_id,
                offset=page * OWN_NOTES_A_PAGE,
                limit=OWN_NOTES_A_PAGE,
            )
        return NotesPage(found, page, (page + 1) * OWN_NOTES_A_PAGE < total, total)

    async def own(self, actor: Actor, note_id: int) -> Note:
        """One of the member's notes. Raises NotFound."""
        async with self._work.read() as conn:
            found = await note_rows.note_with(conn, actor.guild_id, note_id)
        if found is None or not found.is_of(actor.user_id):
            raise NotFound
        return found.without_reports()

    async def edit(self, actor: Actor, note_id: int, kind: NoteKind, text: str) -> None:
        """Change one of the member's notes. Raises NotFound, NoteEmpty and NoteTooLong."""
        async with self._work.write() as unit:
            await note_steps.revise(unit, actor, note_id, kind, text)

    async def delete(self, actor: Actor, note_id: int) -> None:
        """Delete one of the member's notes. Raises NotFound.

        The index drops its words when it next merges, or with the next erasure: merging it for
        each deletion would keep all other servers waiting.
        """
        async with self._work.write() as unit:
            if not await notes.delete_note(unit.conn, actor.guild_id, actor.user_id, note_id):
                raise NotFound

    async def share(self, actor: Actor, note_ids: Collection[int], *, shared: bool) -> None:
        """Share notes of the member with the server, or keep them private.

        All of them or none. Raises NotFound when one is not theirs.
        """
        wanted = set(note_ids)
        async with self._work.write() as unit:
            changed = await notes.set_shared(
                unit.conn, actor.guild_id, actor.user_id, wanted, shared=shared
            )
            if not wanted or changed != len(wanted):
                raise NotFound

    async def always(self, actor: Actor, sharing: NoteSharing) -> None:
        """Decide what becomes of the member's new notes from now on."""
        async with self._work.write() as unit:
            await unit.arrive(actor)
            await notes.set_sharing(unit.conn, actor.guild_id, actor.user_id, sharing)
