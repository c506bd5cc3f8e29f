"""Notices about clubs."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.clubs import ClubTrouble
from bot.domain.notices import Notice, NoticeKind
from bot.render.markdown import escape
from bot.render.notices.told import Told
from bot.render.words import Words


def told(
    notice: Notice,
    catalogue: Catalogue,  # noqa: ARG001 - one signature for all capabilities
    words: Words,
    names: Mapping[int, str],  # noqa: ARG001 - one signature for all capabilities
) -> Told | None:
    """The notice in words, or None for a kind of another capability.

    Its detail is what is in the way, the channel, and the club's name.
    """
    if notice.kind is not NoticeKind.CLUB_TROUBLE:
        return None
    trouble, _, rest = (notice.detail or "").partition(":")
    channel_id, _, name = rest.partition(":")
    if trouble == ClubTrouble.CHANNEL_GONE:
        return Told(
            words.text(
                "The channel of **{club}** is gone, and its reminders with it. Under `/health` you "
                "can choose another one; from then on they are posted there.",
                club=escape(name),
            )
        )
    return Told(
        words.text(
            "I may not post the reminders of **{club}** in {channel}. Let me view the channel and "
            "send messages there; then press *Try again* under `/health`.",
            club=escape(name),
            channel=f"<#{channel_id}>",
        )
    )
