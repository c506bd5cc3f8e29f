"""The figures shown beside a split, and what free choice would give instead."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.split import Item, Member, Problem, Ranking, Split, split
from bot.domain.split.metrics import hill_numbers
from tests.domain.split.problems import NAMES, instance
from tests.domain.theories import founding_theories

HILL = ("hill0", "hill1", "hill2")


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_of_a_given_instance_are_those_worked_out_before(name: str) -> None:
    data = instance(name)
    found = split(Problem.from_dict(data)).to_dict()["metrics"]
    wanted = data["metrics"]
    assert [found[each] for each in HILL] == [wanted[each] for each in HILL]
    same = (
        "seats",
        "new_items",
        "pielou",
        "explained",
        "served",
        "could_serve",
        "kept",
        "promises",
    )
    assert {each: found[each] for each in same} == {each: wanted[each] for each in same}


@pytest.mark.parametrize(
    "name", ["l01_founding_slots", "l02_founding_hours", "r_join_8x9", "i02_hall"]
)
def test_free_choice_is_what_was_worked_out_before(name: str) -> None:
    data = instance(name)
    found = split(Problem.from_dict(data)).to_dict()["free_choice"]
    wanted = data["baselines"]["free_choice"]["metrics"]
    assert found["known_items"] == wanted["known_items"]
    assert [found[each] for each in HILL] == [wanted[each] for each in HILL]


@given(st.lists(st.integers(0, 50), max_size=8))
def test_higher_orders_count_fewer_items(readers: list[int]) -> None:
    hill = hill_numbers(readers)
    assert all(first >= then - 1e-9 for first, then in pairwise(hill))


def test_equally_read_items_are_counted_whole() -> None:
    assert hill_numbers([3, 3, 0, 3]) == pytest.approx((3, 3.0, 3.0))


def test_first_choices_and_the_longest_work_are_counted() -> None:
    problem = Problem.of(
        [Member("ann", hours=9, wishes=Ranking(("x",))), Member("bob", hours=2)],
        [Item("x", effort=5), Item("y", effort=2)],
    )
    metrics = split(problem).metrics
    assert (metrics.first_choices, metrics.with_wishes, metrics.most_hours) == (1, 1, 7)


def demo() -> Split:
    """Eight members, two papers each, nobody has read anything, all want what everybody wants."""
    theories = founding_theories()
    famous = tuple(theory.slug for theory in theories if theory.baseline)
    assert len(famous) == 2
    long = next(theory.slug for theory in theories if theory.slug == "pdlt")
    wishes = [Ranking(famous)] * 7 + [Ranking((*famous, long))]
    return split(
        Problem.of(
            [Member(f"m{n}", most=2, wishes=each) for n, each in enumerate(wishes)],
            [
                Item(theory.slug, minimum=2, weight=1 if theory.baseline else 2)
                for theory in theories
            ],
        )
    )


def test_the_same_two_theories_for_all_or_all_nine_for_the_group() -> None:
    answer = demo()
    assert (answer.free.known_items, round(answer.free.hill[1], 1)) == (2, 2.0)
    assert (answer.metrics.known_items, answer.metrics.met_items) == (9, 7)
    assert round(answer.metrics.hill[1], 1) == 8.7
    assert answer.certificate.proved == tuple(answer.levels)
