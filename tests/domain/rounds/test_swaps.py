"""A swap is only offered where the group knows and meets as much as before."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.rounds import swap_options
from bot.domain.split import Item, Level, Member, PairUnknown, Problem, Scores, split
from bot.domain.split.levels import levels_of
from bot.domain.split.table import Table
from bot.domain.split.why import holdings_of

ITEMS = "abcd"


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A small round with seats, hours, vetoes and wishes."""
    subset = st.frozensets(st.sampled_from(ITEMS), max_size=2)
    members = [
        Member(
            f"m{n}",
            hours=draw(st.none() | st.integers(1, 8)),
            most=draw(st.integers(0, 3)),
            read=draw(subset),
            conflict=draw(subset),
            wishes=draw(
                st.none() | st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 100)).map(Scores)
            ),
        )
        for n in range(draw(st.integers(1, 5)))
    ]
    items = [
        Item(
            each,
            effort=draw(st.integers(1, 4)),
            minimum=draw(st.integers(1, 2)),
            seats=draw(st.none() | st.integers(0, 3)),
            outside=draw(st.integers(0, 2)),
        )
        for each in ITEMS
    ]
    return Problem.of(members, items)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_swap_lowers_what_is_known_or_met_or_breaks_a_rule(problem: Problem) -> None:
    found = split(problem)
    table = Table.of(problem)
    for member, item in found.assignment:
        for option in swap_options(problem, found.assignment, member, item):
            after = tuple(sorted({*found.assignment, (member, option.paper_id)} - {(member, item)}))
            levels = levels_of(table, holdings_of(table, after))
            assert levels[Level.COVERED] >= found.levels[Level.COVERED]
            assert levels[Level.MET] >= found.levels[Level.MET]
            i, j = table.member_of[member], table.item_of[option.paper_id]
            assert j in table.allowed[i]
            taken = Counter(paper for _, paper in after)
            assert taken[option.paper_id] <= table.capacity[j]
            hours, effort = table.hours[i], table.effort[i]
            spent = sum(effort[table.item_of[p]] for m, p in after if m == member)
            assert hours is None or spent <= hours
            assert option.paper_id != item


@settings(max_examples=60, deadline=None)
@given(problems())
def test_what_is_left_out_would_cost_something(problem: Problem) -> None:
    """Every free seat that is not offered breaks a rule, or loses the group a theory."""
    found = split(problem)
    table = Table.of(problem)
    counts = Counter(paper for _, paper in found.assignment)
    for member, item in found.assignment:
        offered = {one.paper_id for one in swap_options(problem, found.assignment, member, item)}
        i = table.member_of[member]
        for j in table.allowed[i]:
            paper = problem.items[j].id
            own = {p for m, p in found.assignment if m == member}
            if paper in offered or paper in own or counts[paper] >= table.capacity[j]:
                continue
            effort = sum(table.effort[i][table.item_of[p]] for p in {*own, paper} - {item})
            hours = table.hours[i]
            after = tuple(sorted({*found.assignment, (member, paper)} - {(member, item)}))
            levels = levels_of(table, holdings_of(table, after))
            lost = any(levels[k] < found.levels[k] for k in (Level.COVERED, Level.MET))
            assert lost or (hours is not None and effort > hours)


def test_a_paper_that_was_started_can_be_swapped_too() -> None:
    problem = Problem.of(
        [Member("ann", most=1), Member("bob", most=1)],
        [Item("x", minimum=1), Item("y", minimum=1), Item("z", minimum=1)],
        started=[("ann", "x")],
    )
    options = swap_options(problem, (("ann", "x"), ("bob", "y")), "ann", "x")
    assert {one.paper_id for one in options} == {"z"}


def test_nobody_swaps_what_they_do_not_hold() -> None:
    problem = Problem.of([Member("ann", most=1)], [Item("x"), Item("y")])
    with pytest.raises(PairUnknown):
        swap_options(problem, (("ann", "x"),), "ann", "y")
