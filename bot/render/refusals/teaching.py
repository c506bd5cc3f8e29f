"""Why something with teaching cannot be done."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:  # noqa: ARG001 - filled below
    """The sentence, or None for an error of another capability."""
    return None
