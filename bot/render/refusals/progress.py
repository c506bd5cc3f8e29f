"""Why something with progress cannot be done."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.logbook import NothingLogged
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case NothingLogged():
            return words.text(
                "The form came back empty, so nothing is stored. Choose how well you know the "
                "paper, or tick a section, and send it again."
            )
        case _:
            return None
