"""What an entry of the log does besides the depth: sections and notes, in its transaction."""

from __future__ import annotations

from bot.domain.logbook import LogEntry, WrittenTake, clean, same_field
from bot.domain.members import Actor
from bot.domain.notes import NoteKind
from bot.domain.outline import Outline
from bot.domain.papers import Paper
from bot.services import note_steps
from bot.services.work import Unit
from bot.storage import progress, takes


async def set_sections(
    unit: Unit, actor: Actor, paper: Paper, wanted: frozenset[str] | None
) -> None:
    """Makes these the sections that are done; None leaves them as they are."""
    if wanted is None:
        return
    row = (actor.guild_id, actor.user_id, paper.id)
    stored = await progress.sections_done(unit.conn, *row)
    await progress.mark_done(unit.conn, *row, wanted - stored, unit.now)
    # What the paper does not have is not the form's to take away.
    gone = Outline(paper.sections).known(stored - wanted)
    await progress.unmark_done(unit.conn, *row, gone)


async def write_takes(
    unit: Unit, actor: Actor, paper_id: str, entry: LogEntry, interaction_id: int
) -> tuple[tuple[int, ...], tuple[NoteKind, ...]]:
    """The ids of notes that were added, and the kinds that were added or changed."""
    written = [(take, text) for take in entry.takes if (text := clean(take.text))]
    if not written:
        return (), ()
    newest = await takes.newest_takes(unit.conn, actor.guild_id, actor.user_id, paper_id)
    added: list[int] = []
    noted: list[NoteKind] = []
    for take, text in written:
        if any(text == old.text and same_field(take.kind, old.kind) for old in newest):
            continue
        noted.append(take.kind)
        if not await _rewritten(unit, actor, paper_id, take, text):
            added.append(
                await note_steps.add(unit, actor, paper_id, take.kind, text, interaction_id)
            )
    return tuple(added), tuple(noted)


async def _rewritten(unit: Unit, actor: Actor, paper_id: str, take: WrittenTake, text: str) -> bool:
    """Whether the note the form was filled in with took the text; it may be gone meanwhile."""
    if take.shown is None:
        return False
    row = (actor.guild_id, actor.user_id, paper_id)
    return await takes.rewrite(unit.conn, *row, take.shown, take.kind, text, unit.now)


async def has_takes(unit: Unit, actor: Actor, paper_id: str) -> bool:
    """Whether the member ever wrote a note about the paper."""
    row = (actor.guild_id, actor.user_id, paper_id)
    return bool(await takes.newest_takes(unit.conn, *row))
