"""Joining, leaving and going on: promises hold, and the difference is what is told."""

from __future__ import annotations

import pytest

from bot.domain.split import (
    Instead,
    Item,
    Level,
    Member,
    PairState,
    PairUnknown,
    Problem,
    Ranking,
    Split,
    continued,
    difference,
    split,
    usual_slack,
    why,
)
from bot.domain.split.table import Bar
from tests.domain.split.problems import instance


@pytest.mark.parametrize("name", ["r_join_8x9", "r_leave_slots60"])
def test_a_second_split_keeps_every_promise_and_everything_started(name: str) -> None:
    problem = Problem.from_dict(instance(name))
    answer = split(problem)
    assert problem.started | problem.accepted <= set(answer.assignment)


def test_done_counts_as_a_reader_and_dropped_is_not_proposed_again() -> None:
    first = Problem.of([Member("ann", most=2), Member("bob", most=2)], [Item("x"), Item("y")])
    second = continued(
        first,
        {
            ("ann", "x"): PairState.DONE,
            ("ann", "y"): PairState.DROPPED,
            ("bob", "x"): PairState.STARTED,
            ("bob", "y"): PairState.ACCEPTED,
        },
    )
    assert split(second).assignment == (("bob", "x"), ("bob", "y"))
    assert split(second).metrics.known_before == 1


def test_a_promise_ends_when_the_pair_is_dropped() -> None:
    first = Problem.of([Member("ann")], [Item("x")], accepted=[("ann", "x")])
    assert split(continued(first, {("ann", "x"): PairState.DROPPED})).assignment == ()
    assert split(continued(first, {})).levels[Level.KEPT] == 1


def test_a_difference_says_what_is_new_gone_and_the_same() -> None:
    change = difference([("a", "x"), ("b", "y")], [("b", "y"), ("c", "x")])
    assert (change.added, change.removed, change.stays) == (
        (("c", "x"),),
        (("a", "x"),),
        (("b", "y"),),
    )


def founding() -> tuple[Problem, Split]:
    problem = Problem.from_dict(instance("l01_founding_slots"))
    return problem, split(problem)


def test_why_me_names_the_theory_that_nobody_would_know() -> None:
    both = [Member(each, most=1, wishes=Ranking(("famous", "rare"))) for each in ("ann", "bob")]
    problem = Problem.of(both, [Item("famous"), Item("rare")])
    answer = split(problem)
    (holder,) = [i for i, j in answer.assignment if j == "rare"]
    assert why(problem, answer.assignment, holder, "rare") == (
        Instead("famous", level=Level.COVERED, by=1, readers=1, own_readers=1),
    )


def test_why_me_tells_the_readers_of_both_when_coverage_would_fall() -> None:
    problem = Problem.of(
        [Member("ann", most=1, wishes=Ranking(("circuits", "spline")))],
        [Item("circuits", outside=5), Item("spline", outside=1)],
    )
    answer = split(problem)
    (instead,) = why(problem, answer.assignment, "ann", "spline")
    assert (instead.level, instead.readers, instead.own_readers) == (Level.GAIN, 5, 2)


def test_why_me_never_finds_something_better() -> None:
    """Whatever a member would rather have costs something, or the draw decided."""
    problem, answer = founding()
    for member, item in answer.assignment:
        for each in why(problem, answer.assignment, member, item):
            assert each.is_equal or each.level or each.bar or each.is_full


def test_why_me_names_rules_seats_and_hours() -> None:
    wishes = Ranking(("banned", "full", "long", "got"))
    problem = Problem.of(
        [
            Member("ann", hours=4, most=1, conflict=frozenset({"banned"}), wishes=wishes),
            Member("bob", hours=4, most=1, wishes=Ranking(("full",))),
        ],
        [
            Item("banned"),
            Item("full", seats=1, effort=2),
            Item("long", effort=5),
            Item("got", effort=2, weight=9),
        ],
        started=[("bob", "full")],
    )
    answer = split(problem)
    assert ("ann", "got") in answer.assignment
    assert why(problem, answer.assignment, "ann", "got") == (
        Instead("banned", bar=Bar.CONFLICT, readers=0, own_readers=1),
        Instead("full", bar=Bar.NO_SEAT, readers=1, own_readers=1),
        Instead("long", bar=Bar.TOO_LONG, readers=0, own_readers=1),
    )


def test_why_me_is_asked_only_about_what_somebody_holds() -> None:
    problem, answer = founding()
    with pytest.raises(PairUnknown):
        why(problem, answer.assignment, "nobody", "tqnn")


@pytest.mark.parametrize("name", ["l01_founding_slots", "l02_founding_hours", "m01_60x20_slots"])
def test_slack_pays_for_wishes_with_no_more_than_its_share_of_the_gain(name: str) -> None:
    problem = Problem.from_dict(instance(name))
    strict, loose = split(problem), split(problem, slack=2)
    for level in (Level.COVERED, Level.MET, Level.KEPT):
        assert loose.levels[level] == strict.levels[level]
    assert 100 * loose.levels[Level.GAIN] >= 98 * strict.levels[Level.GAIN]
    wishes = (Level.N4, Level.N3, Level.N2, Level.N1)
    assert [loose.levels[each] for each in wishes] <= [strict.levels[each] for each in wishes]


def test_two_percent_of_the_gain_empty_the_bottom_class() -> None:
    problem = Problem.from_dict(instance("m02_60x20_hours"))
    assert split(problem).levels[Level.N4] == 11
    assert split(problem, slack=2).levels[Level.N4] == 0


def test_small_groups_have_no_slack() -> None:
    assert (usual_slack(19), usual_slack(20)) == (0, 2)
