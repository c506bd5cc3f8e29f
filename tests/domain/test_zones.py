"""Time zones are found by city, and nothing that is no zone is ever opened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zones import Zones, ZoneUnknown, offset_of

WINTER = datetime(2026, 12, 1, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)
ZONES = Zones.read()


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
