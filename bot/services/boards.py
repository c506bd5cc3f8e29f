"""Living sign-up boards."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.services.work import Work


class Boards:
    """One message a board, kept up to date in place."""

    def __init__(self, work: Work, catalogue: Catalogue) -> None:
        self._work = work
        self._catalogue = catalogue
