"""Notices about direct messages that do not arrive."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
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
    if notice.kind is not NoticeKind.DM_CLOSED:
        return None
    text = words.text(
        "You asked me to write to you directly, but your direct messages are closed to me. What I "
        "have for you waits here and in `/progress me`. Open them in the privacy settings of this "
        "server, then press *My reminders* and allow them again."
    )
    return Told(text, (Answer(words.text("My reminders"), "reminders-settings", ()),))
