"""Organisers tend the server's own theories and papers: add, change, retire, take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.own_entries import (
    Edit,
    EditKind,
    EntryChange,
    EntryKind,
    EntryRef,
    EntryUnknown,
    OwnEntry,
    OwnPaper,
    OwnTheory,
    ShippedEntry,
    StillNeeded,
    identifier_from,
    undone,
)
from bot.domain.undo import UndoStep
from bot.services import catalogue_steps
from bot.services.catalogues import Catalogues, ServerCatalogue
from bot.services.work import Unit, Work
from bot.storage import guilds, own_entries, own_entry_steps, undo

_STEPS_SHOWN = 10
_CHOICES = 25

Entries = Mapping[EntryRef, OwnEntry]


@dataclass(frozen=True, slots=True)
class Made:
    """What a step has made of an entry, and its line in the trail, by which it can be undone.

    The line is None for a step so old that it is not kept, and where the entry was like that.
    """

    line_id: int | None
    entry: OwnEntry


@dataclass(frozen=True, slots=True)
class History:
    """An entry and the last steps that changed it, newest first.

    ``line_id`` is the trail's line of the newest one that can be undone, if there is one.
    """

    entry: OwnEntry
    steps: tuple[tuple[Edit, EntryChange], ...]
    line_id: int | None


class Curating:
    """Every step is one transaction, stands in the trail and can be undone for a while."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def add(self, actor: Actor, draft: OwnEntry) -> Made:
        """Add an entry. It gets an id of its own, made of its title, where it has none.

        Raises OrganisersOnly, CatalogueFull, and for a paper NotFound and TheoryRetired, of its
        theory.
        """
        here = await self._catalogues.server(actor.guild_id)
        async with self._work.write() as unit:
            own = await catalogue_steps.entries_now(unit, actor.guild_id, here)
            return await self.add_in(unit, actor, draft, here, own)

    async def add_in(
        self, unit: Unit, actor: Actor, draft: OwnEntry, here: ServerCatalogue, own: Entries
    ) -> Made:
        """As ``add``, as part of a unit; ``own`` are the server's entries in it."""
        entry = _identified(draft, here, own)
        catalogue_steps.require_theory(self._catalogues, entry, own)
        changes = (EntryChange(None, entry),)
        line_id = await self._record(unit, actor, EditKind.ADDED, changes)
        return Made(line_id, entry)

    async def find(self, guild_id: int, typed: str) -> EntryRef:
        """The entry somebody chose or typed: its kind and id, its id, or its title in full.

        Raises EntryUnknown, and ShippedEntry for one that comes with the program.
        """
        here = await self._catalogues.server(guild_id)
        kind, _, key = typed.partition(":")
        for known in EntryKind:
            if kind == known.value and (known, key) in here.own:
                return known, key
        wanted = " ".join(typed.split()).casefold()
        for ref, entry in here.own.items():
            if wanted in (ref[1].casefold(), entry.title.casefold()):
                return ref
        shipped = self._catalogues.shipped
        if shipped.get(typed) or any(wanted == theory.name.casefold() for theory in shipped):
            raise ShippedEntry
        raise EntryUnknown

    async def suggestions(self, guild_id: int, typed: str) -> list[OwnEntry]:
        """Own entries whose title holds what is typed, those on offer first."""
        wanted = " ".join(typed.split()).casefold()
        own = (await self._catalogues.server(guild_id)).own.values()
        found = [entry for entry in own if wanted in entry.title.casefold()]
        return sorted(found, key=lambda e: (e.retired, e.title.casefold()))[:_CHOICES]

    async def entry(self, actor: Actor, ref: EntryRef) -> OwnEntry:
        """An entry, for an organiser. Raises OrganisersOnly, ShippedEntry, NotFound."""
        here = await self._catalogues.server(actor.guild_id)
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
        return _present(ref, here, here.own)

    async def change(
        self, actor: Actor, ref: EntryRef, changed: Callable[[OwnEntry], OwnEntry]
    ) -> Made:
        """Change an entry; ``changed`` makes the new one of the present one and keeps its id.

        Raises OrganisersOnly, ShippedEntry, and NotFound for an entry that is not there.
        """
        return await self._alter(actor, ref, EditKind.CHANGED, changed)

    async def retire(self, actor: Actor, ref: EntryRef) -> Made:
        """Offer an entry no more; who reads it goes on. Raises as ``change``."""
        return await self._alter(actor, ref, EditKind.RETIRED, lambda e: replace(e, retired=True))

    async def restore(self, actor: Actor, ref: EntryRef) -> Made:
        """Offer a retired entry again. Raises as ``change``."""
        return await self._alter(actor, ref, EditKind.RESTORED, lambda e: replace(e, retired=False))

    async def take_back(self, unit: Unit, actor: Actor, step: UndoStep) -> Edit:
        """The reversal of every step, whoever of the organisers took it; the step itself.

        Raises OrganisersOnly; ChangedSince where one of its entries was changed again, StillNeeded
        where an added one has papers, sign-ups or readers by now, and TheoryGone.
        """
        here = await self._catalogues.server(actor.guild_id)
        edit_id = int(step.before)
        edit = await own_entry_steps.edit_with(unit.conn, actor.guild_id, edit_id)
        if edit is None:
            raise NotFound
        own = await catalogue_steps.entries_now(unit, actor.guild_id, here)
        done = await own_entry_steps.changes_of(unit.conn, actor.guild_id, edit_id)
        back = undone(done, own)
        await self._require_unused(unit, actor.guild_id, back, own)
        catalogue_steps.require_homes(self._catalogues, back, own)
        await catalogue_steps.record_step(
            unit, self._catalogues, actor, EditKind.UNDONE, back, undoes=edit_id
        )
        return edit

    async def history(self, actor: Actor, ref: EntryRef) -> History:
        """What became of an entry, step by step.

        Raises OrganisersOnly, ShippedEntry, NotFound.
        """
        here = await self._catalogues.server(actor.guild_id)
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            entry = _present(ref, here, here.own)
            steps = await own_entry_steps.edits_of(conn, actor.guild_id, ref, _STEPS_SHOWN)
            now = self._work.now()
            last = next((edit.id for edit, _ in steps if edit.can_undo(now)), None)
            line_id = None if last is None else await _line_of(conn, actor.guild_id, last)
        return History(entry, steps, line_id)

    async def _alter(
        self, actor: Actor, ref: EntryRef, kind: EditKind, changed: Callable[[OwnEntry], OwnEntry]
    ) -> Made:
        here = await self._catalogues.server(actor.guild_id)
        async with self._work.write() as unit:
            rules = await guilds.guild_rules(unit.conn, actor.guild_id)
            rules.require_organiser(actor)
            own = await catalogue_steps.entries_now(unit, actor.guild_id, here)
            before = _present(ref, here, own)
            after = changed(before)
            if after == before:
                # Pressed twice: the step that was taken already stands. Any other one, such as an
                # import of hundreds, is not what the member would take back.
                ((last, _),) = await own_entry_steps.edits_of(unit.conn, actor.guild_id, ref, 1)
                is_same = last.kind is kind
                line_id = await _line_of(unit.conn, actor.guild_id, last.id) if is_same else None
                return Made(line_id, before)
            line_id = await self._record(unit, actor, kind, (EntryChange(before, after),))
            return Made(line_id, after)

    async def _record(
        self, unit: Unit, actor: Actor, kind: EditKind, changes: tuple[EntryChange, ...]
    ) -> int:
        step = await catalogue_steps.record_step(unit, self._catalogues, actor, kind, changes)
        return step.line_id

    async def _require_unused(
        self, unit: Unit, guild_id: int, back: tuple[EntryChange, ...], own: Entries
    ) -> None:
        """Raises StillNeeded where an entry that would be gone is needed."""
        gone = {change.ref: change.before for change in back if change.after is None}
        slugs = {key for kind, key in gone if kind is EntryKind.THEORY}
        for ref, entry in own.items():
            if isinstance(entry, OwnPaper) and entry.work.theory in slugs and ref not in gone:
                raise StillNeeded(entry.title)
        ids = [key for kind, key in gone if kind is EntryKind.PAPER]
        used = await own_entries.papers_in_use(unit.conn, guild_id, ids)
        for paper_id in sorted(used):
            entry_gone = gone[EntryKind.PAPER, paper_id]
            raise StillNeeded(paper_id if entry_gone is None else entry_gone.title)


async def _line_of(conn: AsyncConnection, guild_id: int, edit_id: int) -> int | None:
    """The line of the trail by which a step can be undone."""
    return await undo.line_of(conn, guild_id, catalogue_steps.UNDOABLE, str(edit_id))


def _present(ref: EntryRef, here: ServerCatalogue, own: Entries) -> OwnEntry:
    entry = own.get(ref)
    if entry is not None:
        return entry
    kind, key = ref
    catalogue = here.catalogue
    known = catalogue.get(key) if kind is EntryKind.THEORY else catalogue.theory_of(key)
    if known is not None:
        raise ShippedEntry
    raise NotFound


def _identified(draft: OwnEntry, here: ServerCatalogue, own: Entries) -> OwnEntry:
    """The draft with an id that nothing shipped and nothing of the server has."""
    kind, key = draft.ref
    taken = {of for known, of in own if known is kind}
    for theory in here.catalogue:
        if kind is EntryKind.THEORY:
            taken.add(theory.slug)
        else:
            taken.update(paper.id for paper in theory.papers)
    free = identifier_from(key or draft.title, taken)
    if isinstance(draft, OwnTheory):
        return replace(draft, theory=replace(draft.theory, slug=free))
    return replace(draft, work=replace(draft.work, key=free))
