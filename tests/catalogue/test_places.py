"""The shipped places name zones and countries that there are, and are found."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalogue import read_zones
from bot.domain.errors import CatalogueError
from bot.domain.schedule.reading import vocabulary
from bot.domain.zones.names import folded
from tests.catalogue.builders import replace
from tests.founding import DATA

PLACES = tomllib.loads((DATA / "places.toml").read_text("utf-8"))
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def zones() -> object:
    return read_zones(DATA)


def test_every_place_is_found_with_its_zone() -> None:
    zones = read_zones(DATA)
    for zone, names in PLACES["cities"].items():
        for name in names:
            assert zone in zones.named(name, NOW), name
    for capital in PLACES["capitals"].values():
        for name in capital["names"]:
            # A city that gives a zone its name means that zone ("Canberra"), a link to the same.
            assert zones.named(name, NOW), name


def test_every_spoken_name_leads_to_an_abbreviation_in_use() -> None:
    zones = read_zones(DATA)
    for spoken, short in PLACES["spoken"].items():
        assert zones.named(spoken, NOW) == zones.named(short, NOW) or len(short) == 2
        assert zones.named(spoken, NOW), spoken


def test_no_place_is_called_like_a_day_a_month_or_a_number() -> None:
    words = {*vocabulary.WEEKDAYS, *vocabulary.MONTHS, *vocabulary.NUMBERS, *vocabulary.FILLER}
    names = [name for cities in PLACES["cities"].values() for name in cities]
    assert not words & {folded(name) for name in names}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"Europe/Berlin" = [', '"Europe/Berlin_" = [', "cities"),
        ('FR = { zone = "Europe/Paris"', 'FR = { zone = "Paris"', "capitals.FR.zone"),
        ('FR = { zone = "Europe/Paris"', 'XQ = { zone = "Europe/Paris"', "capitals"),
        ('SGT = ["Asia/Singapore"]', 'SGT = ["Singapur"]', "abbreviations.SGT"),
        ("[countries]\n", '[countries]\nXQ = ["Nowhere"]\n', "countries"),
        ('SGT = ["Asia/Singapore"]', 'SGT = "Asia/Singapore"', "abbreviations.SGT"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    path = tmp_path / "places.toml"
    path.write_text((DATA / "places.toml").read_text("utf-8"), "utf-8")
    replace(path, old, new)
    with pytest.raises(CatalogueError) as refused:
        read_zones(tmp_path)
    assert (refused.value.file, refused.value.key) == ("places.toml", key)
    assert refused.value.problem


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"places\.toml"):
        read_zones(tmp_path)
