"""What a newcomer is offered: what the group needs, what they like, two hours to begin with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.catalogue import Theory
from bot.domain.newcomers import FIRST_HOURS, first_sitting, offers, topics_to_choose
from bot.domain.papers import Section
from bot.domain.signups import PaperStanding
from bot.domain.suggesting import Effect, Reader
from tests.domain.test_suggesting import NOBODY, candidates
from tests.domain.theories import vocabulary


@pytest.mark.parametrize(
    ("hours", "sections", "taken", "sitting", "is_part"),
    [
        (1.5, 4, 4, 1.5, False),
        (8.0, 4, 1, 2.0, False),
        (6.0, 6, 2, 2.0, False),
        (5.0, 4, 1, 1.25, False),
        (40.0, 4, 1, 2.0, True),
        (9.0, 0, 0, 2.0, True),
    ],
)
def test_a_first_sitting_takes_two_hours_at_most(
    founding_theories: tuple[Theory, ...],
    hours: float,
    sections: int,
    taken: int,
    sitting: float,
    is_part: bool,
) -> None:
    parts = tuple(Section(str(n), f"Part {n}") for n in range(sections))
    paper = replace(founding_theories[0].primary_papers[0], sections=parts)
    found = first_sitting(paper, hours)
    assert found.sections == parts[:taken]
    assert (found.hours, found.is_part) == (sitting, is_part)
    assert found.hours <= FIRST_HOURS


def test_what_one_likes_comes_first_and_of_that_what_is_needed_most(
    founding_theories: tuple[Theory, ...],
) -> None:
    liked = founding_theories[0].topic
    of_topic = [t.slug for t in founding_theories if t.topic == liked]
    read = of_topic[0]
    found = offers(
        candidates(founding_theories, {read: 1}), replace(NOBODY, interests=frozenset({liked}))
    )
    matched = [one for one in found if one.suggested.liked]
    assert list(found[: len(matched)]) == matched
    assert len(found) > len(matched) > 1
    effects = [one.suggested.candidate.effect for one in matched]
    assert effects == sorted(effects, key=list(Effect).index)
    assert matched[-1].suggested.candidate.theory.slug == read


def test_a_famous_theory_is_offered_only_where_nobody_has_read_it(
    founding_theories: tuple[Theory, ...],
) -> None:
    def famous(readers: dict[str, int]) -> set[str]:
        made = offers(candidates(founding_theories, readers), NOBODY)
        theories = [one.suggested.candidate.theory for one in made]
        return {one.slug for one in theories if one.baseline}

    assert famous({}) == {"circuits", "transformer-circuits"}
    assert famous({"circuits": 1}) == {"transformer-circuits"}


def test_only_what_fits_the_hours_and_has_a_seat_is_offered(
    founding_theories: tuple[Theory, ...],
) -> None:
    little = Reader(frozenset(), 2.0, frozenset(), frozenset())
    every = candidates(founding_theories)
    assert {o.suggested.candidate.theory.slug for o in offers(every, little)} == {
        one.theory.slug for one in every if little.has_time_for(one.paper, one.theory)
    }
    full = [replace(one, standing=PaperStanding(one.paper.id, 1, taken=1)) for one in every]
    assert offers(full, NOBODY) == ()


def test_a_menu_holds_the_topics_and_the_most_common_prerequisites(
    founding_theories: tuple[Theory, ...],
) -> None:
    found = topics_to_choose(founding_theories, vocabulary())
    assert len(found) == len(set(found)) <= 25
    assert {one.topic for one in founding_theories} <= set(found)
