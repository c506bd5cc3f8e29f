"""What members decide about themselves, and what is known of them."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.services.work import Work


class Members:
    """Settings, absence, privacy, departure."""

    def __init__(self, work: Work, catalogue: Catalogue) -> None:
        self._work = work
        self._catalogue = catalogue
