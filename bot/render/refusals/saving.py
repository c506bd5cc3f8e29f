"""Why nothing can be saved."""

from __future__ import annotations

from bot.domain.errors import CannotSave, ClubError
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case CannotSave():
            return words.text(
                "I cannot save anything just now, so nothing was changed. Looking things up works; "
                "tell whoever runs this bot that its disk is full, and try again later."
            )
        case _:
            return None
