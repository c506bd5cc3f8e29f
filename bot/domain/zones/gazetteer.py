"""What is known of places beside the names of zones: countries, capitals, cities, abbreviations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Capital:
    """The names of a country's capital (more than one, or of more than one city) and its zone."""

    zone: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of places and times with the zones they stand for.

    Countries go by their code (ISO 3166-1 alpha-2): ``countries`` has their names, ``zones`` the
    zones they keep, the most populous first. ``cities`` has names by zone. ``abbreviations`` are
    those people use and the zone database does not; ``spoken`` leads to abbreviations ("Pacific
    time").
    """

    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    capitals: Mapping[str, Capital] = field(default_factory=dict)
    cities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)

    def places(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each name of a city, capital or country, with its zones; a name may come repeatedly."""
        for capital in self.capitals.values():
            for name in capital.names:
                yield name, (capital.zone,)
        for zone, names in self.cities.items():
            for name in names:
                yield name, (zone,)
        for code, names in self.countries.items():
            for name in names:
                yield name, self.of_country(code)

    def of_country(self, code: str) -> tuple[str, ...]:
        """The zones of a country, that of its capital first; empty for what is no country."""
        zones = self.zones.get(code, ())
        if (capital := self.capitals.get(code)) is None:
            return zones
        return (capital.zone, *(zone for zone in zones if zone != capital.zone))
