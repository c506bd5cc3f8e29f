"""Autocompletion: unique labels, at most 25, from memory, the most needed first."""

from __future__ import annotations

import pytest

from bot.render.suggestions import theory_choices, topic_key, topic_titles
from bot.render.words import Words
from tests.cogs.conftest import Club
from tests.cogs.test_theory import read
from tests.domain.theories import theory


async def choices(club: Club, typed: str) -> list[tuple[str, str]]:
    found = await club.alice.autocomplete(club.channel, "theory", "name", typed)
    slugs = {theory.name: theory.slug for theory in club.bot.services.catalogues.shipped}
    return [(choice["name"], slugs[choice["value"]]) for choice in found]


async def test_an_empty_field_offers_the_most_needed_with_the_baselines_last(club: Club) -> None:
    values = [value for _, value in await choices(club, "")]
    assert len(values) == 9
    assert values[0] == "spline"
    assert set(values[-2:]) == {"circuits", "transformer-circuits"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [("tro", "tropical"), ("balest", "spline"), ("SPL", "spline"), ("hani", "pdlt")],
)
async def test_what_is_typed_so_far_is_completed(club: Club, typed: str, first: str) -> None:
    assert (await choices(club, typed))[0][1] == first


@pytest.mark.parametrize(
    "typed", ["", "t", "theory", "🦊", "x" * 100, "@everyone", "\u202e", "a b c d"]
)
async def test_choices_keep_discords_limits(club: Club, typed: str) -> None:
    found = await choices(club, typed)
    assert len(found) <= 25
    assert len({name for name, _ in found}) == len(found)
    assert all(1 <= len(name) <= 100 and 1 <= len(value) <= 100 for name, value in found)


async def test_a_choice_shows_what_matched_where_the_name_does_not(club: Club) -> None:
    ((name, _), *_) = await choices(club, "ganguli")
    assert "anguli" in name


async def test_topics_are_completed_by_title(club: Club) -> None:
    found = await club.alice.autocomplete(club.channel, "theories", "topic", "geometry")
    assert found
    assert all("geometry" in choice["name"].lower() for choice in found)


async def test_every_value_leads_to_its_card(club: Club) -> None:
    for choice in await club.alice.autocomplete(club.channel, "theory", "name", ""):
        result = await club.alice.slash(club.channel, "theory", name=choice["value"])
        assert result.response is not None
        assert result.response.embeds[0].title == choice["value"]


async def test_every_topic_that_is_offered_is_understood(club: Club) -> None:
    titles = topic_titles(club.bot.services.catalogues.shipped.vocabulary)
    for typed in ("", "e", "o"):
        for choice in await club.alice.autocomplete(club.channel, "theories", "topic", typed):
            assert topic_key(titles, choice["value"]) in titles


def test_two_theories_of_one_name_are_told_apart() -> None:
    twins = [theory(slug=slug, name="A" * 100) for slug in ("first-twin", "second-twin")]
    made = theory_choices([(twin, None) for twin in twins], Words())
    assert [choice.value for choice in made] == ["first-twin", "second-twin"]
    assert len({choice.name for choice in made}) == 2
    assert all(len(choice.name) <= 100 for choice in made)


async def test_what_is_needed_most_follows_what_was_read(club: Club) -> None:
    assert (await choices(club, ""))[0][1] == "spline"
    await read(club, club.guild.id, club.alice.id, "spline-icml2018", "read")
    await club.alice.slash(club.channel, "theories", show="mine")
    assert (await choices(club, ""))[0][1] != "spline"
