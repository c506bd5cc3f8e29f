"""Explaining papers to each other."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.services.work import Work


class Teaching:
    """Offers to explain, and what listeners said."""

    def __init__(self, work: Work, catalogue: Catalogue) -> None:
        self._work = work
        self._catalogue = catalogue
