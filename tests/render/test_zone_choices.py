"""A zone on offer says what it was found by, within Discord's limits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.catalogue import read_zones
from bot.render.member_settings import zone_choices
from tests.founding import DATA

ZONES = read_zones(DATA)
WINTER = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "label", "value"),
    [
        ("berlin", "Europe/Berlin (UTC+1)", "Europe/Berlin"),
        ("ottawa", "Ottawa: America/Toronto (UTC-5)", "America/Toronto"),
        ("cet", "CET (CET/CEST): Europe/Berlin (UTC+1)", "Europe/Berlin"),
        ("PT", "PT (PST/PDT): America/Los Angeles (UTC-8)", "America/Los_Angeles"),
    ],
)
def test_the_label_says_place_and_difference(typed: str, label: str, value: str) -> None:
    first = zone_choices(ZONES.offers(typed, WINTER, 25))[0]
    assert (first.name, first.value) == (label, value)


def test_every_label_is_within_the_limit() -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        choices = zone_choices(ZONES.offers(letter, WINTER, 2000))
        assert all(1 <= len(choice.name) <= 100 for choice in choices)
