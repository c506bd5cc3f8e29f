"""Signing up for a paper, waiting for a seat, and giving it back."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.services.work import Work


class Signups:
    """Who reads what, and who is next."""

    def __init__(self, work: Work, catalogue: Catalogue) -> None:
        self._work = work
        self._catalogue = catalogue
