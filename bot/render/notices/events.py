"""Notices about scheduled events."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.event_answers import EventTrouble
from bot.domain.notices import Notice, NoticeKind
from bot.render.native_events import trouble_text
from bot.render.notices.told import Told
from bot.render.words import Words


def told(
    notice: Notice,
    catalogue: Catalogue,  # noqa: ARG001 - one signature for all capabilities
    words: Words,
    names: Mapping[int, str],  # noqa: ARG001 - one signature for all capabilities
) -> Told | None:
    """The notice in words, or None for a kind of another capability."""
    if notice.kind is not NoticeKind.EVENTS_TROUBLE or notice.detail is None:
        return None
    return Told(trouble_text(EventTrouble(notice.detail), words))
