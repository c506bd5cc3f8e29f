"""What a notice says, and which buttons stand under it.

One module a capability; each knows its own kinds and gives None for others.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.notices import Notice
from bot.render.notices import (
    boards,
    clubs,
    coverage,
    events,
    notes,
    presenting,
    proposals,
    reminders,
    rounds,
    signups,
    teaching,
)
from bot.render.notices.told import Answer, Told
from bot.render.words import Words

__all__ = ["Answer", "Told", "told"]

_CAPABILITIES = (
    signups,
    teaching,
    notes,
    boards,
    clubs,
    coverage,
    rounds,
    events,
    presenting,
    proposals,
    reminders,
)


def told(notice: Notice, catalogue: Catalogue, words: Words, names: Mapping[int, str]) -> Told:
    """The notice as the member reads it. ``names`` are those of the members it speaks of."""
    for capability in _CAPABILITIES:
        found: Told | None = capability.told(notice, catalogue, words, names)
        if found is not None:
            return found
    return Told(words.text("Something about your reading has changed: see `/progress me`."))
