"""Notes on papers: written, shared, found, reported, hidden."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.services.work import Work


class Notes:
    """What members wrote, as far as the asker may see it."""

    def __init__(self, work: Work, catalogue: Catalogue) -> None:
        self._work = work
        self._catalogue = catalogue
