"""Taking a file of works into the server's catalogue: read, looked at, confirmed."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict

from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.errors import NotFound
from bot.domain.exports import work_of
from bot.domain.imports.comparison import Known, compare
from bot.domain.imports.drafts import (
    TIME_TO_CONFIRM,
    ChangedMeanwhile,
    ImportDraft,
    Imported,
    ImportGone,
    ImportView,
    NothingToImport,
)
from bot.domain.imports.taking import changes_of
from bot.domain.members import Actor
from bot.domain.own_entries import EditKind
from bot.exchange.bounded import check_file, content_format, contents_of, read_lines
from bot.services import catalogue_steps
from bot.services.catalogues import Catalogues, ServerCatalogue
from bot.services.work import Unit, Work
from bot.storage import guilds, import_drafts, own_entries

_LONGEST_NAME = 100
_VIEWS_KEPT = 4

_Seen = tuple[int, int, str | None]


class Importing:
    """Every use case raises OrganisersOnly for anybody else.

    A draft is found by who attached it alone, and until its time is over: ImportGone otherwise.
    """

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues
        # A file may take half a gigabyte while it is read, so one is read at a time.
        self._turn = asyncio.Lock()
        self._views: OrderedDict[_Seen, ImportView] = OrderedDict()
        self._shipped = frozenset(p.id for theory in catalogues.shipped for p in theory.papers)

    async def check(self, actor: Actor, file_name: str, size: int) -> None:
        """Whether a file may be fetched at all. Raises FileKindUnknown, FileTooLarge."""
        await self._authorise(actor)
        check_file(file_name, size)

    async def read(
        self, actor: Actor, file_name: str, content: bytes, into: str | None = None
    ) -> ImportView:
        """Reads a file, in a process of its own within bounds, and keeps what stands in it.

        Nothing of it is in the catalogue yet. New works that name no theory would go ``into`` that
        one. Raises what ``bot.exchange.bounded`` does, and NotFound for a theory that is not there.
        """
        await self._authorise(actor)
        await self._require_theory(actor, into)
        format_ = content_format(content, check_file(file_name, len(content)))
        async with self._turn:
            lines = await asyncio.to_thread(read_lines, content, format_)
        # Raises before anything is kept.
        await asyncio.to_thread(contents_of, format_, lines)
        async with self._work.write() as unit:
            await unit.arrive(actor)
            expires_at = unit.now + TIME_TO_CONFIRM
            draft_id = await import_drafts.keep_draft(
                unit.conn,
                actor.guild_id,
                actor.user_id,
                file_name=file_name[-_LONGEST_NAME:],
                format_=format_,
                digest=hashlib.sha256(content).hexdigest(),
                lines="\n".join(lines),
                into=into,
                expires_at=expires_at,
            )
            kind = DeadlineKind.IMPORT_EXPIRES
            await unit.set_deadline(actor.guild_id, kind, draft_id, expires_at)
        return await self.view(actor, draft_id)

    async def view(self, actor: Actor, draft_id: int) -> ImportView:
        """What confirming the file would do now."""
        await self._authorise(actor)
        draft = await self._draft(actor, draft_id)
        return await self._view(draft, await self._catalogues.server(actor.guild_id))

    async def put_into(self, actor: Actor, draft_id: int, slug: str) -> ImportView:
        """New works that name no theory go into this one. Raises NotFound for one not there."""
        await self._authorise(actor)
        await self._require_theory(actor, slug)
        async with self._work.write() as unit:
            await import_drafts.put_into(unit.conn, actor.guild_id, actor.user_id, draft_id, slug)
        return await self.view(actor, draft_id)

    async def drop(self, actor: Actor, draft_id: int) -> ImportDraft:
        """Throws the file away."""
        await self._authorise(actor)
        draft = await self._draft(actor, draft_id)
        async with self._work.write() as unit:
            await _forget(unit, draft)
        return draft

    async def confirm(self, actor: Actor, draft_id: int, seen: str) -> Imported | ChangedMeanwhile:
        """Imports the file in one transaction, if that does what was ``seen``.

        Otherwise nothing is changed, and the result has what it would do now. Raises
        NothingToImport, CatalogueFull.
        """
        await self._authorise(actor)
        while True:
            draft = await self._draft(actor, draft_id)
            here = await self._catalogues.server(actor.guild_id)
            view = await self._view(draft, here)
            if view.seen != seen:
                return ChangedMeanwhile(view)
            if view.comparison.is_idle:
                raise NothingToImport
            line_id = await self._take(actor, view, here)
            if line_id is not None:
                return Imported(view, line_id)

    async def on_deadline(self, unit: Unit, deadline: Deadline) -> None:
        """The time to confirm a file is over."""
        await import_drafts.drop_draft(unit.conn, deadline.guild_id, deadline.subject_id)

    async def _take(self, actor: Actor, view: ImportView, here: ServerCatalogue) -> int | None:
        """The line of the trail; None when the catalogue was changed since it was looked at."""
        guild_id = actor.guild_id
        changes = await asyncio.to_thread(changes_of, view.comparison, here.own, self._shipped)
        async with self._work.write() as unit:
            if await own_entries.newest_edit(unit.conn, guild_id) != here.newest:
                return None
            step = await catalogue_steps.record_step(
                unit, self._catalogues, actor, EditKind.IMPORTED, changes,
                file_name=view.draft.file_name,
            )  # fmt: skip
            await _forget(unit, view.draft)
        return step.line_id

    async def _authorise(self, actor: Actor) -> None:
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)

    async def _draft(self, actor: Actor, draft_id: int) -> ImportDraft:
        async with self._work.read() as conn:
            found = await import_drafts.draft_of(
                conn, actor.guild_id, actor.user_id, draft_id, self._work.now()
            )
        if found is None:
            raise ImportGone
        return found

    async def _view(self, draft: ImportDraft, here: ServerCatalogue) -> ImportView:
        """What the file would do to this very catalogue; the last few are remembered."""
        asked = (draft.id, here.newest, draft.into)
        if asked not in self._views:
            # In a thread: thousands of works take longer than the loop may stand still.
            self._views[asked] = await asyncio.to_thread(_compared, draft, here, self._shipped)
            if len(self._views) > _VIEWS_KEPT:
                self._views.popitem(last=False)
        return self._views[asked]

    async def _require_theory(self, actor: Actor, slug: str | None) -> None:
        if slug is not None and slug not in _theories(await self._catalogues.of(actor.guild_id)):
            raise NotFound


async def _forget(unit: Unit, draft: ImportDraft) -> None:
    """Raises ImportGone when somebody was faster."""
    if not await import_drafts.drop_draft(unit.conn, draft.guild_id, draft.id):
        raise ImportGone
    await unit.clear_deadlines(draft.guild_id, draft.id, DeadlineKind.IMPORT_EXPIRES)


def _theories(catalogue: Catalogue) -> frozenset[str]:
    """Those that works can be put under."""
    return frozenset(theory.slug for theory in catalogue)


def _compared(draft: ImportDraft, here: ServerCatalogue, shipped: frozenset[str]) -> ImportView:
    contents = contents_of(draft.format, draft.lines.split("\n"))
    works, catalogue = here.works, here.catalogue
    # As they are exported, so that importing an export changes nothing; retired ones too.
    known = [
        Known(work_of(paper, theory, works), own=paper.id not in shipped)
        for theory in (*catalogue.theories, *catalogue.retired)
        for paper in theory.every_paper
    ]
    theories = _theories(catalogue)
    # The theory that was chosen may have been taken back or retired meanwhile.
    into = draft.into if draft.into in theories else None
    comparison = compare(contents, known, theories, into=into)
    return ImportView(draft, comparison, contents.unused)
