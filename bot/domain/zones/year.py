"""A zone through the year: its differences to UTC and their abbreviations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ZoneOffer:
    """A zone by its name, and its difference to UTC at the moment of the offer.

    ``heard`` is the place or abbreviation that led to it, where that is not the zone's own name;
    ``abbreviations`` are those of its year, where it was found by one.
    """

    name: str
    offset: timedelta
    heard: str | None = None
    abbreviations: tuple[str, ...] = ()


def offset_of(name: str, now: datetime) -> timedelta:
    """The difference of a known zone to UTC at an aware moment."""
    return now.astimezone(ZoneInfo(name)).utcoffset() or timedelta()


def offsets(name: str, year: int) -> tuple[timedelta, ...]:
    """The differences to UTC of a known zone in the middle of January and of July."""
    return tuple(offset_of(name, moment) for moment in _moments(year))


def abbreviations(name: str, year: int) -> tuple[str, ...]:
    """The abbreviations of a known zone in January and July, without numeric ones ("+03")."""
    zone = ZoneInfo(name)
    used = (moment.astimezone(zone).tzname() or "" for moment in _moments(year))
    return tuple(dict.fromkeys(abbreviation for abbreviation in used if abbreviation.isalpha()))


def by_abbreviation(names: Iterable[str], year: int) -> dict[str, tuple[str, ...]]:
    """Which of the zones go by an abbreviation in that year, by abbreviation.

    A zone that changes between XST and XDT goes by XT too ("ET", "PT").
    """
    found: dict[str, list[str]] = {}
    for name in names:
        for abbreviation in _with_general(abbreviations(name, year)):
            found.setdefault(abbreviation, []).append(name)
    return {abbreviation: tuple(zones) for abbreviation, zones in found.items()}


def _with_general(used: tuple[str, ...]) -> Iterator[str]:
    yield from used
    for abbreviation in used:
        stem = abbreviation.removesuffix("ST")
        if stem != abbreviation and f"{stem}DT" in used:
            yield f"{stem}T"


def _moments(year: int) -> tuple[datetime, datetime]:
    return datetime(year, 1, 15, 12, tzinfo=UTC), datetime(year, 7, 15, 12, tzinfo=UTC)
