"""The sides from which a community's coverage can be looked at."""

from __future__ import annotations

from enum import StrEnum


class View(StrEnum):
    """What ``/coverage`` shows, in the order of its buttons."""

    MAP = "map"
    TREND = "trend"
    PAIRS = "pairs"
    OVERLAP = "overlap"
    AT_RISK = "at-risk"

    @property
    def is_private(self) -> bool:
        """Whether only the member who asks may see the answer."""
        return self in (View.OVERLAP, View.AT_RISK)
