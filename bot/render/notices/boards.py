"""Notices about boards."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.living import MessageTrouble
from bot.domain.notices import Notice, NoticeKind
from bot.render.notices.told import Told
from bot.render.words import Words


def told(
    notice: Notice,
    catalogue: Catalogue,  # noqa: ARG001 - one signature for all capabilities
    words: Words,
    names: Mapping[int, str],  # noqa: ARG001 - one signature for all capabilities
) -> Told | None:
    """The notice in words, or None for a kind of another capability."""
    if notice.kind is not NoticeKind.BOARD_TROUBLE:
        return None
    trouble, _, channel_id = (notice.detail or "").partition(":")
    if trouble == MessageTrouble.CHANNEL_GONE:
        return Told(
            words.text(
                "The channel of a sign-up board is gone. `/board post` hangs it up elsewhere."
            )
        )
    return Told(
        words.text(
            "I may not post or edit the sign-up board in {channel} any more. Let me view the "
            "channel, send messages and read the message history there; then press *Try again* "
            "under `/health`.",
            channel=f"<#{channel_id}>",
        )
    )
