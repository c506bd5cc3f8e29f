"""What can be pressed under an own entry or a proposal: its forms, *Undo*, *History*."""

from __future__ import annotations

from bot.domain.entry_parts import PARTS
from bot.domain.own_entries import EntryKind, EntryRef
from bot.render.entry_parts import part_title
from bot.render.words import Words
from bot.services.curating import Made
from bot.ui.controls import Control, button
from bot.ui.undoing import undo_button
from cogs.catalogue._part_forms import ACTION

PROPOSAL = "proposal"
"""Says in the id of a button that a proposal is meant, where else an entry's kind stands."""


def part_controls(kind: EntryKind, target: tuple[str, str], words: Words) -> list[Control]:
    """The forms of an entry of this kind, in the first row."""
    return [
        button(part_title(part, kind, words), ACTION, part.value, *target, row=0)
        for part in PARTS[kind]
    ]


def proposal_controls(kind: EntryKind, proposal_id: int, words: Words) -> list[Control]:
    """The forms of what is proposed, for who proposes it."""
    return part_controls(kind, (PROPOSAL, str(proposal_id)), words)


def entry_controls(ref: EntryRef, line_id: int | None, words: Words) -> list[Control]:
    """The forms of an entry; *Undo* for a line of the trail that can be taken back; *History*."""
    kind, key = ref
    undo = [] if line_id is None else [undo_button(line_id, words, row=1)]
    history = button(words.text("History"), "entry-history", kind.value, key, row=1)
    return [*part_controls(kind, (kind.value, key), words), *undo, history]


def made_controls(made: Made, words: Words) -> list[Control]:
    """As ``entry_controls``, for what a step has just made of an entry."""
    return entry_controls(made.entry.ref, made.line_id, words)
