"""Logging how far members have come, and what the group sees of it."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.services.work import Work


class Progress:
    """Depths and sections, with their history."""

    def __init__(self, work: Work, catalogue: Catalogue) -> None:
        self._work = work
        self._catalogue = catalogue
