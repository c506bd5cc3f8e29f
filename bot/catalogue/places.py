"""Reads what is known of places: the shipped file, and the tables of the zone database."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import Field

from bot.catalogue.fields import Text
from bot.catalogue.files import read_file
from bot.catalogue.models import Entry
from bot.domain.errors import CatalogueError
from bot.domain.zones import Capital, Gazetteer, Zones

Names = list[Text]


class CapitalEntry(Entry):
    """A capital's zone and names."""

    zone: Text
    names: Names = Field(min_length=1)


class PlacesFile(Entry):
    """The whole of ``places.toml``."""

    countries: dict[Text, Names]
    capitals: dict[Text, CapitalEntry]
    abbreviations: dict[Text, Names]
    spoken: dict[Text, Text]
    cities: dict[Text, Names]


def read_zones(data_dir: Path) -> Zones:
    """All zones, with ``places.toml`` under ``data_dir`` and the tables of the package tzdata.

    Raises CatalogueError for whatever is wrong with the file.
    """
    path = data_dir / "places.toml"
    places = read_file(path, PlacesFile)
    known = available_timezones()
    countries = {code: (name,) for code, name in _table("iso3166.tab")}
    zones: dict[str, tuple[str, ...]] = {}
    for code, _, zone in _table("zone.tab"):
        zones[code] = (*zones.get(code, ()), zone)
    for key, zone in _mentioned(places):
        if zone not in known:
            raise CatalogueError(path.name, key, f"'{zone}' is not the name of a time zone")
    for key, code in _codes(places):
        if code not in countries:
            raise CatalogueError(path.name, key, f"'{code}' is not the code of a country")
    gazetteer = Gazetteer(
        countries={c: (*n, *places.countries.get(c, ())) for c, n in countries.items()},
        zones=zones,
        capitals={c: Capital(e.zone, tuple(e.names)) for c, e in places.capitals.items()},
        cities={zone: tuple(names) for zone, names in places.cities.items()},
        abbreviations={short: tuple(zones) for short, zones in places.abbreviations.items()},
        spoken=dict(places.spoken),
    )
    return Zones(known, gazetteer)


def _table(name: str) -> Iterator[list[str]]:
    """The first columns of a table of the zone database; the last, a comment, is left out."""
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    columns = 2 if name == "iso3166.tab" else 3
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")[:columns]


def _mentioned(places: PlacesFile) -> Iterator[tuple[str, str]]:
    for code, entry in places.capitals.items():
        yield f"capitals.{code}.zone", entry.zone
    for zone in places.cities:
        yield "cities", zone
    for short, zones in places.abbreviations.items():
        for zone in zones:
            yield f"abbreviations.{short}", zone


def _codes(places: PlacesFile) -> Iterator[tuple[str, str]]:
    for code in places.countries:
        yield "countries", code
    for code in places.capitals:
        yield "capitals", code
