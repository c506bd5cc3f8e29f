"""Why a member may not do something, or cannot set something about themselves."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.members import OrganisersOnly
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case OrganisersOnly():
            return words.text(
                "Only organisers can do that: members with the organiser role or Manage Server."
            )
        case _:
            return None
