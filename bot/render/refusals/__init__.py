"""What a member reads when something cannot be done: what is wrong, and what to do next.

One module a capability; each gives the sentence for its own errors and None for others'.
"""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.render.refusals import (
    boards,
    clubs,
    coverage,
    curating,
    exchange,
    lookup,
    meeting,
    members,
    notes,
    progress,
    reminders,
    rounds,
    saving,
    schedule,
    signups,
    teaching,
    undo,
    zones,
)
from bot.render.words import Words

_CAPABILITIES = (
    lookup,
    signups,
    progress,
    notes,
    teaching,
    members,
    boards,
    clubs,
    coverage,
    rounds,
    schedule,
    zones,
    meeting,
    exchange,
    reminders,
    saving,
    curating,
    undo,
    zones,
)


def refusal(error: ClubError, words: Words) -> str:
    """The sentence for an error that a member can mend."""
    for capability in _CAPABILITIES:
        sentence: str | None = capability.refusal(error, words)
        if sentence is not None:
            return sentence
    return words.text("That is not possible right now.")
