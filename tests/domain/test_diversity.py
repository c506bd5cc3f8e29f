from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage import evenness, explained, hill

weights = st.lists(st.sampled_from([0.0, 0.5, 0.8, 1.0, 2.3, 7.0, 40.0]), max_size=12)
known = weights.filter(any)
orders = st.sampled_from([0, 0.5, 1, 2, 3])


@given(known, orders)
def test_the_effective_number_lies_between_one_and_the_number_known(
    held: list[float], order: float
) -> None:
    assert 1 - 1e-9 <= hill(held, order) <= sum(w > 0 for w in held) + 1e-9


@given(known, orders, st.randoms())
def test_the_order_of_theories_does_not_matter(
    held: list[float], order: float, rng: object
) -> None:
    shuffled = list(held)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis has no type for it
    assert hill(shuffled, order) == pytest.approx(hill(held, order))


@given(known, orders, st.floats(0.1, 100))
def test_only_shares_count(held: list[float], order: float, scale: float) -> None:
    assert hill([w * scale for w in held], order) == pytest.approx(hill(held, order))


@given(known, orders)
def test_twice_as_many_such_theories_give_twice_the_number(held: list[float], order: float) -> None:
    assert hill(held + held, order) == pytest.approx(2 * hill(held, order))


@given(known)
def test_the_number_never_rises_with_the_order(held: list[float]) -> None:
    numbers = [hill(held, order) for order in (0, 0.5, 1, 2, 3)]
    assert all(a >= b - 1e-9 for a, b in pairwise(numbers))


@given(known)
def test_order_one_is_the_limit_of_its_neighbours(held: list[float]) -> None:
    assert hill(held, 1) == pytest.approx(hill(held, 1 + 1e-6), rel=1e-4)


@given(st.integers(1, 20), orders)
def test_even_knowledge_counts_in_full(theories: int, order: float) -> None:
    assert hill([0.8] * theories + [0.0], order) == pytest.approx(theories)


def test_one_theory_known_by_all_counts_as_one() -> None:
    assert [hill([9.0, 0, 0], order) for order in (0, 1, 2)] == [1, 1, 1]


def test_nothing_known_is_none() -> None:
    assert [hill([], 1), hill([0, 0], 0), hill([0.0], 2)] == [0, 0, 0]


@given(weights)
def test_evenness_lies_between_zero_and_one(held: list[float]) -> None:
    found = evenness(held)
    assert found is None or 0 <= found <= 1


def test_evenness_is_one_only_where_all_are_known_alike() -> None:
    assert evenness([2.0, 2.0, 2.0]) == pytest.approx(1)
    assert evenness([2.0, 2.0, 0.0]) == pytest.approx(math.log(2) / math.log(3))
    assert evenness([5.0, 0.0]) == 0
    assert evenness([0.0, 0.0]) is None
    assert evenness([1.0]) is None


@given(st.lists(st.integers(0, 30), max_size=10), st.floats(0.05, 0.95))
def test_more_readers_explain_more_and_never_more_than_there_is(
    readers: list[int], chance: float
) -> None:
    found = explained(readers, chance)
    assert 0 <= found <= sum(n > 0 for n in readers) + 1e-9
    assert explained([n + 1 for n in readers], chance) >= found


def test_what_is_explained_is_what_readers_can_be_expected_to_explain() -> None:
    assert explained([0, 1, 2], 0.6) == pytest.approx(0 + 0.6 + 0.84)
