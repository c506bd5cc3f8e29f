"""The notice with which a member is asked to present."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.notices import Notice, NoticeKind
from bot.render.notices.told import Answer, Told
from bot.render.times import timestamp
from bot.render.words import Words


def told(
    notice: Notice,
    catalogue: Catalogue,  # noqa: ARG001 - one signature for all capabilities
    words: Words,
    names: Mapping[int, str],  # noqa: ARG001 - one signature for all capabilities
) -> Told | None:
    """The notice in words, or None for a kind of another capability."""
    if notice.kind is not NoticeKind.PRESENTER_ASKED:
        return None
    club_id, day, starts = (notice.detail or "").split(":")
    text = words.text(
        "You said that you would present, and it is your turn: the session of {day}. Will you? "
        "A quarter of an hour on what you read is plenty. If not, I ask the next one, and nobody "
        "learns of it.",
        day=timestamp(datetime.fromtimestamp(int(starts), UTC), "f"),
    )
    if notice.expires_at is not None:
        text += " " + words.text("Please answer {until}.", until=timestamp(notice.expires_at, "R"))
    return Told(
        text,
        (
            Answer(words.text("I'll present"), "present-accept", (club_id, day)),
            Answer(words.text("Not this time"), "present-decline", (club_id, day)),
        ),
    )
