"""Time zones a member may name: the IANA names of places, found by city, country or abbreviation.

Only names that are in the list are ever opened: a name is a path to the library that reads it.
"""

from bot.domain.zones.errors import ZoneUnclear, ZoneUnknown
from bot.domain.zones.gazetteer import Capital, Gazetteer
from bot.domain.zones.names import UTC, is_own_place
from bot.domain.zones.year import ZoneOffer, offset_of
from bot.domain.zones.zones import Zones

__all__ = [
    "UTC",
    "Capital",
    "Gazetteer",
    "ZoneOffer",
    "ZoneUnclear",
    "ZoneUnknown",
    "Zones",
    "is_own_place",
    "offset_of",
]
