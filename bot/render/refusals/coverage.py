"""Why two members cannot be introduced."""

from __future__ import annotations

from bot.domain.coverage import CannotBeIntroduced
from bot.domain.errors import ClubError
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case CannotBeIntroduced():
            return words.text(
                "I cannot introduce you to that member right now. `/coverage view:overlap` shows "
                "who can be asked."
            )
        case _:
            return None
