"""Notes as others see them: on a theory's card, found by their words, reported, hidden."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.catalogue import Theory
from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.notes import (
    NOTES_A_PAGE,
    Excerpt,
    FoundNotes,
    Note,
    NotesPage,
    OpenNote,
    OwnNote,
    ReportedAlready,
    page_within,
)
from bot.domain.notices import NoticeKind
from bot.services.catalogues import Catalogues
from bot.services.work import Unit, Work
from bot.storage import guilds, note_papers, note_reports, note_rows, note_search

# No further pages are offered: whoever did not find it by then needs another word.
_LAST_PAGE = 99


class SharedNotes:
    """What members wrote, as far as the asker may see it."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def reported(self, actor: Actor) -> tuple[int, ...]:
        """The ids of notes that members reported and nobody settled. Raises OrganisersOnly."""
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            return tuple(sorted(await note_reports.reported(conn, actor.guild_id)))

    async def find(
        self, actor: Actor, words: Sequence[str], theory: Theory | None, page: int
    ) -> FoundNotes:
        """One page of the notes with all ``words``, newest first: own ones and open ones."""
        page = min(page, _LAST_PAGE)
        papers = None if theory is None else [paper.id for paper in theory.every_paper]
        async with self._work.read() as conn:
            closed = await note_papers.closed_papers(conn, actor.guild_id, actor.user_id)
            hits = await note_search.search(
                conn,
                actor.guild_id,
                actor.user_id,
                words,
                papers=papers,
                closed=closed,
                offset=page * NOTES_A_PAGE,
                limit=NOTES_A_PAGE + 1,
            )
            shown = hits[:NOTES_A_PAGE]
            found = await note_rows.notes_with(conn, actor.guild_id, [hit[0] for hit in shown])
        return FoundNotes(
            tuple(words),
            tuple(Excerpt(found[note_id], parts) for note_id, parts in shown),
            page,
            len(hits) > NOTES_A_PAGE and page < _LAST_PAGE,
        )

    async def of_theory(self, actor: Actor, theory: Theory, page: int, *, alone: bool) -> NotesPage:
        """One page of the shared notes on a theory's papers, newest first.

        ``alone``: only the member sees it. Then notes on papers in blind mode are there once
        they have written their own, and organisers see what is hidden or reported.
        """
        papers = [paper.id for paper in theory.every_paper]
        async with self._work.read() as conn:
            state = await note_papers.theory_notes(conn, actor.guild_id, actor.user_id, papers)
            rules = await guilds.guild_rules(conn, actor.guild_id)
            organises = alone and actor.is_organiser(rules.organiser_role_id)
            here = state if alone else state.for_everybody()
            closed = tuple(paper_id for paper_id in papers if not here.papers[paper_id].is_open)
            read = [paper_id for paper_id in papers if paper_id not in closed]
            total = await note_papers.count_on(conn, actor.guild_id, read, hidden=organises)
            page = page_within(page, total, NOTES_A_PAGE)
            found = await note_papers.notes_on(
                conn,
                actor.guild_id,
                read,
                hidden=organises,
                offset=page * NOTES_A_PAGE,
                limit=NOTES_A_PAGE,
            )
        return NotesPage(
            found,
            page,
            (page + 1) * NOTES_A_PAGE < total,
            total,
            closed,
            frozenset(paper_id for paper_id in papers if here.papers[paper_id].is_blind),
            organises,
        )

    async def open(self, actor: Actor, note_id: int) -> OpenNote:
        """One note that the member may read, in full. Raises NotFound."""
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            closed = await note_papers.closed_papers(conn, actor.guild_id, actor.user_id)
            found = await note_rows.note_with(conn, actor.guild_id, note_id)
        organises = actor.is_organiser(rules.organiser_role_id)
        if found is None or not _may_read(found, actor, closed, organises=organises):
            raise NotFound
        shown = found if organises else found.without_reports()
        return OpenNote(shown, found.is_of(actor.user_id), organises)

    async def report(self, actor: Actor, note_id: int) -> None:
        """Tell the organisers that a note is wrong here. Raises NotFound for one that the member
        cannot read, OwnNote and ReportedAlready.
        """
        async with self._work.write() as unit:
            await unit.arrive(actor)
            closed = await note_papers.closed_papers(unit.conn, actor.guild_id, actor.user_id)
            found = await note_rows.note_with(unit.conn, actor.guild_id, note_id)
            if found is None or not _may_read(found, actor, closed, organises=False):
                raise NotFound
            if found.is_of(actor.user_id):
                raise OwnNote
            if not await note_reports.add_report(
                unit.conn, actor.guild_id, note_id, actor.user_id, unit.now
            ):
                raise ReportedAlready

    async def hide(self, actor: Actor, note_id: int) -> None:
        """Take a shared note out of others' sight; its author is told, once.

        Raises OrganisersOnly and NotFound.
        """
        async with self._work.write() as unit:
            found = await self._moderated(unit, actor, note_id)
            if not await note_reports.set_hidden(
                unit.conn, actor.guild_id, note_id, unit.now, actor.user_id
            ):
                return
            await unit.audit(actor, "note-hidden", f"note:{note_id}", member_id=found.author_id)
            if found.author_id is not None and not found.is_of(actor.user_id):
                await unit.tell(
                    actor.guild_id,
                    found.author_id,
                    NoticeKind.NOTE_HIDDEN,
                    paper_id=found.paper_id,
                )

    async def show_again(self, actor: Actor, note_id: int) -> None:
        """Let others read a hidden note again; its reports are settled.

        Raises OrganisersOnly and NotFound.
        """
        async with self._work.write() as unit:
            found = await self._moderated(unit, actor, note_id)
            if await note_reports.set_hidden(unit.conn, actor.guild_id, note_id, None, None):
                await note_reports.clear_reports(unit.conn, actor.guild_id, note_id)
                await unit.audit(
                    actor, "note-shown-again", f"note:{note_id}", member_id=found.author_id
                )

    async def settle_reports(self, actor: Actor, note_id: int) -> None:
        """The note may stay as it is: nothing of its reports is left to look at.

        Raises OrganisersOnly and NotFound.
        """
        async with self._work.write() as unit:
            found = await self._moderated(unit, actor, note_id)
            if await note_reports.clear_reports(unit.conn, actor.guild_id, note_id):
                await unit.audit(
                    actor, "note-reports-settled", f"note:{note_id}", member_id=found.author_id
                )

    async def set_blind(self, actor: Actor, paper_id: str, *, on: bool) -> None:
        """Switch blind mode of a paper. Raises OrganisersOnly and NotFound."""
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.write() as unit:
            await unit.arrive(actor)
            rules = await guilds.guild_rules(unit.conn, actor.guild_id)
            rules.require_organiser(actor)
            if catalogue.theory_of(paper_id) is None:
                raise NotFound
            if await note_papers.set_blind(unit.conn, actor.guild_id, paper_id, on=on):
                await unit.audit(actor, "blind-on" if on else "blind-off", f"paper:{paper_id}")

    async def _moderated(self, unit: Unit, actor: Actor, note_id: int) -> Note:
        await unit.arrive(actor)
        rules = await guilds.guild_rules(unit.conn, actor.guild_id)
        rules.require_organiser(actor)
        found = await note_rows.note_with(unit.conn, actor.guild_id, note_id)
        if found is None or not found.shared:
            raise NotFound
        return found


def _may_read(note: Note, actor: Actor, closed: frozenset[str], *, organises: bool) -> bool:
    """Own ones always; others' when they are shared, not hidden, and not waiting for one's own.

    An organiser may read a shared note in any case: somebody has to judge it.
    """
    if note.is_of(actor.user_id):
        return True
    if not note.shared:
        return False
    return organises or (not note.is_hidden and note.paper_id not in closed)
