"""Notices about introductions."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.notices import Notice, NoticeKind
from bot.render.coverage_members import introduced_text
from bot.render.notices.told import Answer, Told
from bot.render.words import Words


def told(
    notice: Notice,
    catalogue: Catalogue,  # noqa: ARG001 - one signature for all capabilities
    words: Words,
    names: Mapping[int, str],
) -> Told | None:
    """The notice in words, or None for a kind of another capability."""
    match notice.kind:
        case NoticeKind.INTRODUCTION_ASKED:
            text = words.text(
                "Somebody here who reads other theories than you would like to compare notes with "
                "you. Shall I introduce you? They learn of it only if you say yes, and so do you."
            )
            answers = (
                Answer(words.text("Yes, introduce us"), "introduction", (notice.detail, "yes")),
                Answer(words.text("No, thanks"), "introduction", (notice.detail, "no")),
            )
            return Told(text, answers)
        case NoticeKind.INTRODUCED:
            name = names.get(notice.other_id or 0, "") or words.text("Somebody")
            return Told(introduced_text(name, words))
        case _:
            return None
