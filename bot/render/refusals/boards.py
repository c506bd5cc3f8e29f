"""Why a message that lives on cannot be posted."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.living import PostingForbidden
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case PostingForbidden(channel_id=channel_id, missing=missing):
            names = {
                "view_channel": words.text("View Channel"),
                "send_messages": words.text("Send Messages"),
                "read_message_history": words.text("Read Message History"),
            }
            return words.text(
                "I cannot keep a message up to date in {channel}. Give me there: {permissions}.",
                channel=f"<#{channel_id}>",
                permissions=", ".join(names.get(name, name) for name in missing),
            )
        case _:
            return None
