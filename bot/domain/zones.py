"""Time zones a member may name: the IANA names of places, found by city.

Only names that are in the list are ever opened: a name is a path to the library that reads it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from bot.domain.errors import ClubError

# What a database of zones holds beside places: the machine's own, a placeholder, and names
# whose sign is the reverse of what everybody expects.
_NO_PLACE = re.compile(r"localtime|Factory|Etc/GMT[+-]\d+|(posix|right)(rules)?(/.*)?")
# Older names that stay valid; places come before them.
_OLD = re.compile(r"[^/]+|(Etc|US|Canada|Brazil|Chile|Mexico|SystemV)/.*")
# Offered before anything is typed, west to east.
_COMMON = (
    "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York",
    "America/Sao_Paulo", "UTC", "Europe/London", "Africa/Lagos", "Europe/Berlin", "Europe/Paris",
    "Africa/Johannesburg", "Europe/Kyiv", "Asia/Jerusalem", "Africa/Nairobi", "Europe/Istanbul",
    "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Shanghai", "Asia/Tokyo",
    "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
# No name is longer; what is typed is cut to this before anything is done with it.
_LONGEST = 64
_NEAR = 70


class ZoneUnknown(ClubError):
    """No time zone has that name; ``nearest`` are names that come near, the nearest first."""

    def __init__(self, nearest: tuple[str, ...]) -> None:
        super().__init__(nearest)
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class ZoneOffer:
    """A zone by its name, and its difference to UTC at the moment of the offer."""

    name: str
    offset: timedelta


class Zones:
    """The names of all zones that stand for a place (or for UTC)."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {
            name: _folded(name) for name in sorted(names) if not _NO_PLACE.fullmatch(name)
        }

    @classmethod
    def read(cls) -> Zones:
        """The zones of the database that ``zoneinfo`` uses."""
        return cls(available_timezones())

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def require(self, name: str) -> str:
        """The name itself when there is such a zone. Raises ZoneUnknown."""
        if name not in self._names:
            raise ZoneUnknown(tuple(self._matches(name)[:3]))
        return name

    def offers(self, typed: str, now: datetime, limit: int) -> tuple[ZoneOffer, ...]:
        """At most ``limit`` zones for what is typed so far; for nothing, the most common ones."""
        names = self._matches(typed) if typed.strip() else [n for n in _COMMON if n in self]
        return tuple(ZoneOffer(name, offset_of(name, now)) for name in names[:limit])

    def _matches(self, typed: str) -> list[str]:
        wanted = _folded(typed[:_LONGEST])
        if not wanted:
            return []
        ranked = [
            (rank, _OLD.fullmatch(name) is not None, name)
            for name, folded in self._names.items()
            if (rank := _rank(wanted, folded)) is not None
        ]
        if ranked:
            return [name for *_, name in sorted(ranked)]
        cities = {name: _city(folded) for name, folded in self._names.items()}
        near = process.extract(wanted, cities, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=25)
        return [name for _, _, name in near]


def offset_of(name: str, now: datetime) -> timedelta:
    """The difference of a known zone to UTC at an aware moment."""
    return now.astimezone(ZoneInfo(name)).utcoffset() or timedelta()


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() or c in "+/" else " " for c in plain if not _is_mark(c))
    return " ".join(kept.split())


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Cc", "Cf")


def _city(folded: str) -> str:
    return folded.rsplit("/", 1)[-1]


def _rank(wanted: str, folded: str) -> int | None:
    """How well a name fits, 0 the best: the place, the begin of it or of a word in it, the rest."""
    city = _city(folded)
    if wanted in (city, folded):
        return 0
    if city.startswith(wanted):
        return 1
    if f" {wanted}" in city:
        return 2
    if folded.startswith(wanted):
        return 3
    return 4 if wanted in folded else None
