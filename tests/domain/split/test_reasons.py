"""What cannot be met is said, with the right reason and its proof."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.domain.split import Bar, Item, Level, Member, Problem, Reason, Unmet, split
from tests.domain.split import judge
from tests.domain.split.problems import NAMES, instance, tiny_problems


@pytest.mark.parametrize("name", NAMES)
def test_what_a_given_instance_calls_impossible_is_impossible_and_nothing_else(name: str) -> None:
    data = instance(name)
    answer = split(Problem.from_dict(data))
    found = {u.item: u for u in answer.unmet if u.reason is Reason.IMPOSSIBLE}
    told = {
        item: {"need": u.need, "can": u.can, "why": {bar.value: n for bar, n in u.bars}}
        for item, u in found.items()
    }
    assert told == data["impossible"]


def test_three_theories_that_two_people_may_take_are_a_hall_set() -> None:
    data = instance("i02_hall")
    (unmet,) = split(Problem.from_dict(data)).unmet
    assert unmet.reason is Reason.HALL
    assert {
        "items": list(unmet.items),
        "members": list(unmet.members),
        "needed": unmet.needed,
        "slots": unmet.places,
    } == data["hall"]


def test_trios_compete_for_too_few_places() -> None:
    problem = Problem.from_dict(instance("i05_triples_met_first"))
    unmet = split(problem).unmet
    assert len(unmet) == 6
    assert {each.reason for each in unmet} == {Reason.HALL}
    for each in unmet:
        assert_proves(problem, each)


def assert_proves(problem: Problem, unmet: Unmet) -> None:
    """Count the proof again: the members are all who may, and their places are too few."""
    items = [item for item in problem.items if item.id in unmet.items]
    may = [m for m in problem.members if any(judge.may(problem, m, item) for item in items)]
    assert unmet.item in unmet.items
    assert {m.id for m in may} == set(unmet.members)
    assert unmet.needed > unmet.places


def test_hours_that_do_not_fit_are_named_as_such() -> None:
    problem = Problem.of(
        [Member("ann", hours=10), Member("bob", hours=4)],
        [Item("long", effort=10), Item("one", effort=3), Item("two", effort=3)],
    )
    (unmet,) = split(problem).unmet
    assert (unmet.reason, unmet.met) == (Reason.HOURS, 2)


def test_a_need_gives_way_to_what_comes_first() -> None:
    """Two readers for one theory, or one for each of two: knowing both comes first."""
    problem = Problem.of(
        [Member("ann", most=1), Member("bob", most=1)],
        [Item("plain", minimum=0), Item("pair", minimum=2)],
    )
    answer = split(problem)
    assert answer.levels[Level.COVERED] == 2
    (unmet,) = answer.unmet
    assert (unmet.item, unmet.reason) == ("pair", Reason.OUTRANKED)


def test_every_rule_that_bars_a_member_is_counted() -> None:
    problem = Problem.of(
        [
            Member("bars", conflict=frozenset({"x"}), tags=frozenset({"maths"})),
            Member("done", read=frozenset({"x"})),
            Member("lacks"),
            Member("short", hours=1, tags=frozenset({"maths"})),
            Member("busy", most=1, tags=frozenset({"maths"})),
            Member("held", hours=6, tags=frozenset({"maths"})),
        ],
        [
            Item("x", effort=5, minimum=9, requires=frozenset({"maths"}), requires_hard=True),
            Item("y", effort=2),
        ],
        started=[("busy", "y"), ("held", "y")],
    )
    unmet = next(each for each in split(problem).unmet if each.item == "x")
    assert dict(unmet.bars) == {
        Bar.READ: 1,
        Bar.CONFLICT: 1,
        Bar.PREREQUISITE: 1,
        Bar.TOO_LONG: 1,
        Bar.NO_SLOT: 2,
    }
    assert (unmet.reason, unmet.need, unmet.can) == (Reason.IMPOSSIBLE, 8, 0)


def test_seats_limit_who_can_meet_a_need() -> None:
    problem = Problem.of([Member(each) for each in "abc"], [Item("x", minimum=3, seats=2)])
    (unmet,) = split(problem).unmet
    assert (unmet.reason, unmet.need, unmet.can, unmet.got) == (Reason.IMPOSSIBLE, 3, 2, 2)


@settings(max_examples=60, deadline=None)
@given(tiny_problems(hours=False))
def test_exactly_the_unmet_items_have_a_reason_and_hall_sets_prove_it(problem: Problem) -> None:
    answer = split(problem)
    assert {each.item for each in answer.unmet} == {
        item.id for item in problem.items if _is_short(problem, item, answer.assignment)
    }
    for each in answer.unmet:
        if each.reason is Reason.HALL:
            assert each.item in each.items
            assert each.needed > each.places


def _is_short(problem: Problem, item: Item, assignment: tuple[tuple[str, str], ...]) -> bool:
    known = item.outside + sum(item.id in member.read for member in problem.members)
    got = sum(each == item.id for _, each in assignment)
    return got < max(item.fresh, item.minimum - known, 0)
