from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.progress import Depth, Tally

depths = st.sampled_from(Depth)
tallies = st.dictionaries(depths, st.integers(0, 50)).map(Tally)


def test_depths_are_ordered_by_how_deep_they_are() -> None:
    in_order = [Depth.SIGNED_UP, Depth.READING, Depth.READ, Depth.ALMOST, Depth.UNDERSTOOD]
    by_letters = sorted(Depth, key=str)
    assert sorted(by_letters) == in_order
    assert all(a < b and b > a and a <= b and b >= a for a, b in pairwise(in_order))
    assert max(Depth.ALMOST, Depth.READ) is Depth.ALMOST


@given(depths, depths)
def test_the_order_is_that_of_the_ranks(a: Depth, b: Depth) -> None:
    assert (a < b, a <= b, a > b, a >= b) == (
        a.rank < b.rank,
        a.rank <= b.rank,
        a.rank > b.rank,
        a.rank >= b.rank,
    )


def test_a_reader_has_read_and_an_understander_almost_understands() -> None:
    assert [depth.is_reader for depth in Depth] == [False, False, True, True, True]
    assert [depth.is_understander for depth in Depth] == [False, False, False, True, True]


def test_weights_are_those_of_the_effective_number() -> None:
    assert [depth.weight for depth in Depth] == [0.0, 0.0, 0.5, 0.8, 1.0]


def test_a_depth_is_its_word() -> None:
    assert f"{Depth.SIGNED_UP}" == "signed-up"
    assert Depth("almost") is Depth.ALMOST


@given(tallies)
def test_a_tally_counts_readers_and_understanders_among_its_members(tally: Tally) -> None:
    everybody = sum(tally.at(depth) for depth in Depth)
    assert everybody >= tally.readers >= tally.understanders >= tally.at(Depth.UNDERSTOOD)
    assert tally.weight <= tally.readers


def test_a_tally_leaves_out_depths_without_a_member() -> None:
    assert Tally({Depth.READ: 0, Depth.ALMOST: 2}) == Tally({Depth.ALMOST: 2})
    assert Tally({Depth.READ: 1, Depth.ALMOST: 2}).weight == pytest.approx(2.1)
