"""Notices about rounds of splitting."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.living import MessageTrouble
from bot.domain.notices import Notice, NoticeKind
from bot.render.notices.told import Answer, Told
from bot.render.words import Words


def told(
    notice: Notice,
    catalogue: Catalogue,  # noqa: ARG001 - one signature for all capabilities
    words: Words,
    names: Mapping[int, str],  # noqa: ARG001 - one signature for all capabilities
) -> Told | None:
    """The notice in words, or None for a kind of another capability."""
    match notice.kind:
        case NoticeKind.SPLIT_PUBLISHED:
            text = words.text(
                "The list is split, and you have something to read. *My reading* shows what and "
                "why; accept it, swap it, or give back what is too much."
            )
            return Told(text, _mine(notice, words))
        case NoticeKind.SPLIT_CHANGED:
            text = words.text(
                "The split has changed, and with it what is yours. *My reading* shows what and why."
            )
            return Told(text, _mine(notice, words))
        case NoticeKind.SPLIT_DEADLINE:
            text = words.text(
                "The time to answer the split is over. `/split show` shows what it comes to; "
                "nothing is given out before you publish."
            )
            look = Answer(
                words.text("Show the split"), "split-organise", (notice.detail,), in_server=True
            )
            return Told(text, (look,))
        case NoticeKind.SPLIT_TROUBLE:
            return Told(_trouble(notice, words))
        case _:
            return None


def _mine(notice: Notice, words: Words) -> tuple[Answer, ...]:
    return (Answer(words.text("My reading"), "split-mine", (notice.detail,)),)


def _trouble(notice: Notice, words: Words) -> str:
    trouble, _, channel_id = (notice.detail or "").partition(":")
    if trouble == MessageTrouble.CHANNEL_GONE:
        return words.text(
            "The channel with the panel of the split is gone. What was answered is kept; `/split "
            "show` in another channel hangs it up there."
        )
    return words.text(
        "I may not post or edit the panel of the split in {channel} any more. Let me view the "
        "channel, send messages and read the message history there; the next change brings it up "
        "to date.",
        channel=f"<#{channel_id}>",
    )
