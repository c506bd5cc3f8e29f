"""Notices about notes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.notices import Notice
from bot.render.notices.told import Told
from bot.render.words import Words


def told(
    notice: Notice,  # noqa: ARG001 - filled below
    catalogue: Catalogue,  # noqa: ARG001 - as above
    words: Words,  # noqa: ARG001 - as above
    names: Mapping[int, str],  # noqa: ARG001 - as above
) -> Told | None:
    """The notice in words, or None for a kind of another capability."""
    return None
