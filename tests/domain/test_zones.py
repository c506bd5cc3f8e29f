"""Time zones are found by city, and nothing that is no zone is ever opened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import read_zones
from bot.domain.zones import UTC as UTC_NAME
from bot.domain.zones import Capital, Gazetteer, Zones, ZoneUnclear, ZoneUnknown, offset_of
from tests.founding import DATA

WINTER = datetime(2026, 12, 1, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)
ZONES = Zones.read()
PLACES = read_zones(DATA)


def first(typed: str) -> str:
    return ZONES.offers(typed, WINTER, 25)[0].name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("berl", "Europe/Berlin"), ("new york", "America/New_York"), ("NEW_YORK", "America/New_York"),
        ("sao paulo", "America/Sao_Paulo"), ("São Paulo", "America/Sao_Paulo"), ("zürich", "Europe/Zurich"),
        ("europe/lon", "Europe/London"), ("york", "America/New_York"), ("berln", "Europe/Berlin"),
        ("tokio", "Asia/Tokyo"), ("port au", "America/Port-au-Prince"),
    ],
)  # fmt: skip
def test_a_city_is_found_by_what_people_type(typed: str, name: str) -> None:
    assert first(typed) == name


def test_an_empty_field_offers_common_zones_from_west_to_east() -> None:
    offers = ZONES.offers("  ", WINTER, 25)
    assert 10 <= len(offers) <= 25
    assert [o.offset for o in offers] == sorted(o.offset for o in offers)


def test_the_difference_to_utc_is_that_of_the_moment() -> None:
    assert offset_of("Europe/Berlin", WINTER) == timedelta(hours=1)
    assert offset_of("Europe/Berlin", SUMMER) == timedelta(hours=2)
    assert offset_of("Asia/Kathmandu", WINTER) == timedelta(hours=5, minutes=45)


@pytest.mark.parametrize(
    "name",
    [
        "", "America", "../../etc/passwd", "/etc/localtime", "Europe/Berlin\0", "posixrules", "right/UTC",
        "posix/Europe/Berlin", "europe/berlin", "x" * 5000, "Factory", "localtime", "Etc/GMT+5", "\u202eUTC",
        "Europe/../Europe/Berlin", "@everyone",
    ],
)  # fmt: skip
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ZoneUnknown) as refused:
        ZONES.require(name, WINTER)
    assert len(refused.value.nearest) <= 3
    assert all(near in ZONES for near in refused.value.nearest)


def test_the_refusal_of_a_wrong_case_names_the_right_one() -> None:
    with pytest.raises(ZoneUnknown) as refused:
        ZONES.require("europe/berlin", WINTER)
    assert refused.value.nearest[0] == "Europe/Berlin"


@given(st.text(max_size=200))
def test_whatever_is_typed_the_offers_can_be_shown_and_chosen(typed: str) -> None:
    offers = ZONES.offers(typed, WINTER, 25)
    assert len(offers) <= 25
    assert len({offer.name for offer in offers}) == len(offers)
    for offer in offers:
        assert ZONES.require(offer.name, WINTER) == offer.name
        assert ZoneInfo(offer.name) is not None


def offered(typed: str) -> list[tuple[str, str | None]]:
    return [(offer.name, offer.heard) for offer in PLACES.offers(typed, WINTER, 25)]


@pytest.mark.parametrize(
    ("typed", "name", "heard"),
    [
        ("otta", "America/Toronto", "Ottawa"), ("delhi", "Asia/Kolkata", "Delhi"), ("beijing", "Asia/Shanghai", "Beijing"),
        ("washing", "America/New_York", "Washington"), ("brasilia", "America/Sao_Paulo", "Brasília"),
        ("munich", "Europe/Berlin", "Munich"), ("san fran", "America/Los_Angeles", "San Francisco"),
        ("germany", "Europe/Berlin", "Germany"), ("uk", "Europe/London", "UK"), ("portug", "Europe/Lisbon", "Portugal"),
        ("berl", "Europe/Berlin", None), ("Otawa", "America/Toronto", "Ottawa"),
    ],
)  # fmt: skip
def test_a_place_that_names_no_zone_is_found_and_said(
    typed: str, name: str, heard: str | None
) -> None:
    assert offered(typed)[0] == (name, heard)


def test_an_abbreviation_is_explained_by_places_and_the_names_of_their_time() -> None:
    (first, *_) = PLACES.offers("cet", WINTER, 25)
    assert (first.name, first.heard, first.abbreviations) == (
        "Europe/Berlin",
        "CET",
        ("CET", "CEST"),
    )
    pacific = PLACES.offers("PT", WINTER, 25)
    assert (pacific[0].name, pacific[0].abbreviations) == ("America/Los_Angeles", ("PST", "PDT"))
    lisbon = next(offer for offer in pacific if offer.name == "Europe/Lisbon")
    assert (lisbon.heard, lisbon.abbreviations) == ("Portugal", ())


def test_a_country_has_all_its_zones_that_of_the_capital_first() -> None:
    names = [name for name, _ in offered("Portugal")]
    assert names[:3] == ["Europe/Lisbon", "Atlantic/Madeira", "Atlantic/Azores"]


@pytest.mark.parametrize("name", ["EST", "CET", "PT", "GMT"])
def test_an_abbreviation_is_not_taken_for_a_zone(name: str) -> None:
    with pytest.raises(ZoneUnclear) as refused:
        PLACES.require(name, WINTER)
    offsets = {(p.name, p.offset) for p in refused.value.places}
    assert all(offset_of(place, WINTER) == offset for place, offset in offsets)
    assert len(offsets) > 1


@pytest.mark.parametrize(
    ("name", "nearest"), [("Ottawa", "America/Toronto"), ("Japan", "Asia/Tokyo")]
)
def test_a_place_that_is_no_zone_leads_to_one(name: str, nearest: str) -> None:
    with pytest.raises(ZoneUnknown) as refused:
        PLACES.require(name, WINTER)
    assert refused.value.nearest[0] == nearest


def test_places_with_one_time_are_one_and_the_usual_zone_decides() -> None:
    same = ("Europe/Paris", "Europe/Berlin")
    other = (*same, "Africa/Algiers")
    assert PLACES.settled("x", same, WINTER, None) == "Europe/Paris"
    assert PLACES.settled("x", other, WINTER, "Europe/Berlin") == "Europe/Berlin"
    with pytest.raises(ZoneUnclear) as asked:
        PLACES.settled("x", other, WINTER, "Asia/Tokyo")
    assert [place.name for place in asked.value.places] == ["Europe/Paris", "Africa/Algiers"]


def test_what_an_abbreviation_means_is_that_of_the_year() -> None:
    then = datetime(2015, 6, 1, tzinfo=UTC)
    assert "Europe/Istanbul" in PLACES.named("EET", then)  # until 2016
    assert "Europe/Istanbul" not in PLACES.named("EET", WINTER)
    assert "Europe/Istanbul" in PLACES.named("EET", then)


def test_a_gazetteer_adds_names_and_no_zones() -> None:
    zones = Zones(
        ["Europe/Berlin", UTC_NAME],
        Gazetteer(
            countries={"DE": ("Germany",), "XX": ("Nowhere",)},
            zones={"DE": ("Europe/Berlin",), "XX": ("Europe/Gone",)},
            capitals={"XX": Capital("Europe/Gone", ("Goneville",))},
            cities={"Europe/Berlin": ("Munich",), "Europe/Gone": ("Lost",)},
            abbreviations={"ABC": ("Europe/Berlin", "Europe/Gone")},
        ),
    )
    assert zones.named("munich", WINTER) == ("Europe/Berlin",)
    assert zones.named("abc", WINTER) == ("Europe/Berlin",)
    for gone in ("Lost", "Nowhere", "Goneville", "Europe/Gone"):
        assert zones.named(gone, WINTER) == ()
    assert zones.choosable() == ("Europe/Berlin", UTC_NAME)
    assert zones.at_offset(timedelta(hours=1), WINTER)[0].name == "Europe/Berlin"


@given(st.text(max_size=80))
def test_whatever_is_typed_all_offers_of_places_can_be_chosen(typed: str) -> None:
    for offer in PLACES.offers(typed, WINTER, 25):
        assert PLACES.require(offer.name, WINTER) == offer.name
