"""What may be wrong with the name of a time zone."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.zones.year import ZoneOffer


class ZoneUnknown(ClubError):
    """No time zone has that name; ``nearest`` are names that come near, the nearest first."""

    def __init__(self, nearest: tuple[str, ...]) -> None:
        super().__init__(nearest)
        self.nearest = nearest


class ZoneUnclear(ClubError):
    """Places with different times go by ``said``; ``places`` has one of each.

    What was said is a member's own words, so it stays out of what a traceback would show.
    """

    def __init__(self, said: str, places: tuple[ZoneOffer, ...]) -> None:
        super().__init__(tuple(place.name for place in places))
        self.said = said
        self.places = places
