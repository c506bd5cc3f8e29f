"""What every change of a server's own entries does, as part of a unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.own_entries import (
    MOST_ENTRIES,
    CatalogueFull,
    EditKind,
    EntryChange,
    EntryKind,
    EntryRef,
    OwnEntry,
    OwnPaper,
    TheoryGone,
    TheoryRetired,
    is_identifier,
)
from bot.services import round_steps
from bot.services.board_steps import boards_changed
from bot.services.card_steps import cards_changed
from bot.services.catalogues import Catalogues, ServerCatalogue
from bot.services.event_steps import names_changed
from bot.services.work import Unit
from bot.storage import guilds, own_entries, undo

# What can be undone, by the action that the trail records.
UNDOABLE = ("entry-added", "entry-changed", "entry-retired", "entry-restored", "entries-imported")
_ACTIONS = {
    EditKind.ADDED: "entry-added",
    EditKind.CHANGED: "entry-changed",
    EditKind.RETIRED: "entry-retired",
    EditKind.RESTORED: "entry-restored",
    EditKind.IMPORTED: "entries-imported",
    EditKind.UNDONE: "entries-undone",
}


async def entries_now(
    unit: Unit, guild_id: int, here: ServerCatalogue
) -> Mapping[EntryRef, OwnEntry]:
    """The server's entries as they are in this very transaction.

    ``here`` is what the server had a moment before; only what has changed since is read.
    """
    feed = await own_entries.feed(unit.conn, guild_id, here.newest)
    if not feed.documents:
        return here.own
    own = dict(here.own)
    for ref, entry in feed.entries().items():
        if entry is None:
            own.pop(ref, None)
        else:
            own[ref] = entry
    return own


def require_theory(
    catalogues: Catalogues, entry: OwnEntry, own: Mapping[EntryRef, OwnEntry]
) -> None:
    """Raises NotFound where the theory of a paper is not there, TheoryRetired where it is retired.

    ``own`` are the server's entries.
    """
    if not isinstance(entry, OwnPaper) or catalogues.shipped.get(entry.work.theory or ""):
        return
    theory = own.get((EntryKind.THEORY, entry.work.theory or ""))
    if theory is None:
        raise NotFound
    if theory.retired:
        # Nobody could find the paper or sign up for it.
        raise TheoryRetired(theory.title)


def require_homes(
    catalogues: Catalogues, changes: Sequence[EntryChange], own: Mapping[EntryRef, OwnEntry]
) -> None:
    """Raises TheoryGone where a paper would be left under a theory that is not there any more."""
    after = {**own, **{change.ref: change.after for change in changes}}
    for entry in (change.after for change in changes):
        if not isinstance(entry, OwnPaper) or catalogues.shipped.get(entry.work.theory or ""):
            continue
        if after.get((EntryKind.THEORY, entry.work.theory or "")) is None:
            raise TheoryGone(entry.title)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A step that was made. ``line_id`` is its line in the trail, by which it can be undone."""

    edit_id: int
    line_id: int


async def record_step(
    unit: Unit,
    catalogues: Catalogues,
    actor: Actor,
    kind: EditKind,
    changes: Sequence[EntryChange],
    *,
    undoes: int | None = None,
    file_name: str | None = None,
) -> Recorded:
    """Makes the changes in one step, with its line in the trail.

    ``file_name`` is what the file was called that an import takes in.

    ``before`` of each change must be what the entry is in this transaction. The server sees its
    new catalogue once the unit is committed. Raises OrganisersOnly and CatalogueFull, and
    ValueError for an id that ``is_identifier`` does not take.
    """
    rules = await guilds.guild_rules(unit.conn, actor.guild_id)
    rules.require_organiser(actor)
    if not all(is_identifier(change.ref[1]) for change in changes):
        raise ValueError("the id of an entry must do for a button")
    more = sum(c.before is None for c in changes) - sum(c.after is None for c in changes)
    if more > 0:
        count = await own_entries.entry_count(unit.conn, actor.guild_id)
        if count + more > MOST_ENTRIES:
            raise CatalogueFull
    await unit.arrive(actor)
    made = await own_entries.record_edit(
        unit.conn, actor.guild_id, actor.user_id, kind, changes, unit.now,
        undoes=undoes, file_name=file_name,
    )  # fmt: skip
    await _show(unit, catalogues, actor.guild_id)
    if undoes is not None:
        await undo.close_steps(unit.conn, actor.guild_id, _ACTIONS.values(), str(undoes))
    before = None if kind is EditKind.UNDONE else str(made)
    subject = _subject(kind, changes, undoes or made)
    line_id = await unit.audit(actor, _ACTIONS[kind], subject, before=before)
    return Recorded(made, line_id)


async def _show(unit: Unit, catalogues: Catalogues, guild_id: int) -> None:
    """Whatever shows the catalogue is brought up to date once the unit is committed."""
    await boards_changed(unit, guild_id)
    await cards_changed(unit, guild_id)
    await names_changed(unit, guild_id)
    # The panel of a split says how much there is to read.
    await round_steps.names_changed(unit, guild_id)

    async def tell() -> None:
        catalogues.changed(guild_id)

    unit.after_commit(tell)


def _subject(kind: EditKind, changes: Sequence[EntryChange], edit_id: int) -> str:
    """The one entry that was changed, by its name in the trail; of several or a file, the step."""
    if len(changes) != 1 or kind is EditKind.IMPORTED:
        return f"step:{edit_id}"
    of, key = changes[0].ref
    return f"{'theory' if of is EntryKind.THEORY else 'paper'}:{key}"
