"""Why a message that lives on cannot be posted."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.living import PostingForbidden, PostingNowhere
from bot.render.permissions import permissions_text
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case PostingForbidden(channel_id=channel_id, missing=missing):
            return words.text(
                "I cannot keep a message up to date in {channel}. Give me there: {permissions}.",
                channel=f"<#{channel_id}>",
                permissions=permissions_text(missing, words),
            )
        case PostingNowhere():
            return words.text(
                "That channel is gone, or I cannot see it. Choose another one, or let me view it."
            )
        case _:
            return None
