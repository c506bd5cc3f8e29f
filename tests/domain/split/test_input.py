"""Hostile and unusual input: a typed error with its place, or a right answer."""

from __future__ import annotations

import json
import pickle
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import ClubError
from bot.domain.split import Fault, Item, Member, Problem, Scores, SplitProblemWrong, split
from tests.domain.split import judge
from tests.domain.split.problems import NAMES, instance, large


@pytest.mark.parametrize("name", NAMES)
def test_shuffled_input_gives_the_identical_answer(name: str) -> None:
    straight = split(Problem.from_dict(instance(name)))
    for seed in range(2):
        assert split(Problem.from_dict(shuffled(instance(name), seed))) == straight


def shuffled(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same problem in another order everywhere but in the rankings."""
    random = Random(seed)
    for key in ("members", "items", "accepted", "started"):
        random.shuffle(data[key])
    for entry in (*data["members"], *data["items"]):
        for key in ("tags", "read", "conflict", "requires"):
            random.shuffle(entry.get(key, []))
        if (entry.get("prefs") or {}).get("score"):
            scores = list(entry["prefs"]["score"].items())
            random.shuffle(scores)
            entry["prefs"]["score"] = dict(scores)
    return data


def test_wishes_for_unknown_items_are_dropped_and_listed() -> None:
    problem = problem_of(
        member(prefs={"rank": ["gone", "x", "x"]}, read=["lost"], conflict=["void"]),
        started=[["m", "nothing"], ["nobody", "x"]],
    )
    assert {(each.key, each.id) for each in problem.dropped} == {
        ("members.m.prefs.rank", "gone"),
        ("members.m.prefs.rank", "x"),
        ("members.m.read", "lost"),
        ("members.m.conflict", "void"),
        ("started", "nothing"),
        ("started", "nobody"),
    }
    assert split(problem).assignment == (("m", "x"), ("m", "y"))


def test_whoever_avoids_everything_gets_nothing() -> None:
    problem = problem_of(member(conflict=["x", "y"]), member("n"))
    assert split(problem).assignment == (("n", "x"), ("n", "y"))


def test_nobody_with_time_gets_nothing() -> None:
    answer = split(problem_of(member(hours=0), member("n", max_items=0)))
    assert answer.assignment == ()
    assert answer.metrics.pielou is None


def test_one_member_and_one_item_are_enough() -> None:
    problem = Problem.of([Member("m")], [Item("x")])
    assert split(problem).assignment == (("m", "x"),)


def test_an_empty_problem_has_an_empty_answer() -> None:
    answer = split(Problem.of([], []))
    assert answer.assignment == ()
    assert answer.metrics.hill == (0, 0.0, 0.0)


def test_pairs_that_somebody_has_read_already_are_over() -> None:
    problem = problem_of(member(read=["x"]), started=[["m", "x"]], accepted=[["m", "x"]])
    assert split(problem).assignment == (("m", "y"),)


def test_what_is_started_stays_even_beyond_every_limit() -> None:
    problem = problem_of(
        member(hours=0, max_items=0, conflict=["x"]), seats=0, started=[["m", "x"]]
    )
    answer = split(problem)
    assert answer.assignment == (("m", "x"),)
    assert judge.is_feasible(problem, answer.assignment)


@pytest.mark.parametrize("hours", [False, True])
def test_five_hundred_members_are_split_in_bounded_work(hours: bool) -> None:
    problem = Problem.from_dict(large(500, 12, hours=hours))
    answer = split(problem)
    assert judge.is_feasible(problem, answer.assignment)
    assert answer.metrics.known_items == 12


def test_a_problem_and_its_answer_survive_the_way_to_another_process() -> None:
    problem = Problem.from_dict(instance("l02_founding_hours"))
    there = pickle.loads(pickle.dumps(problem))
    answer = split(there)
    assert pickle.loads(pickle.dumps(answer)) == split(problem)


def test_the_errors_survive_it_too() -> None:
    error = SplitProblemWrong("members[0].hours", Fault.OUT_OF_RANGE, "0 to 9")
    again = pickle.loads(pickle.dumps(error))
    assert (again.key, again.fault, again.expected) == (error.key, error.fault, error.expected)


@pytest.mark.parametrize(
    ("change", "key", "fault"),
    [
        ({"format": "split/2"}, "format", Fault.UNKNOWN_VALUE),
        ({"members": None}, "members", Fault.WRONG_TYPE),
        ({"members": [[]]}, "members[0]", Fault.WRONG_TYPE),
        ({"members": [{}]}, "members[0].id", Fault.MISSING),
        ({"members": [{"id": ""}]}, "members[0].id", Fault.OUT_OF_RANGE),
        ({"members": [{"id": 7}]}, "members[0].id", Fault.WRONG_TYPE),
        ({"members": [{"id": "m"}, {"id": "m"}]}, "members[1]", Fault.DUPLICATE),
        ({"members": [{"id": "m", "hours": -1}]}, "members[0].hours", Fault.OUT_OF_RANGE),
        ({"members": [{"id": "m", "hours": 1.5}]}, "members[0].hours", Fault.WRONG_TYPE),
        ({"members": [{"id": "m", "hours": True}]}, "members[0].hours", Fault.WRONG_TYPE),
        ({"members": [{"id": "m", "tags": "ab"}]}, "members[0].tags", Fault.WRONG_TYPE),
        ({"members": [{"id": "m", "prefs": []}]}, "members[0].prefs", Fault.WRONG_TYPE),
        ({"items": [{"id": "x"}, {"id": "x"}]}, "items[1]", Fault.DUPLICATE),
        ({"items": [{"id": "x", "effort": 10**9}]}, "items[0].effort", Fault.OUT_OF_RANGE),
        ({"items": [{"id": "x", "seats": "2"}]}, "items[0].seats", Fault.WRONG_TYPE),
        ({"items": [{"id": str(n)} for n in range(101)]}, "items", Fault.TOO_MANY),
        ({"members": [{"id": str(n)} for n in range(1001)]}, "members", Fault.TOO_MANY),
        ({"levels": ["best"]}, "levels[0]", Fault.UNKNOWN_VALUE),
        ({"levels": ["met", "met"]}, "levels[1]", Fault.DUPLICATE),
        ({"slow": 0.333}, "slow", Fault.OUT_OF_RANGE),
        ({"slow": float("nan")}, "slow", Fault.OUT_OF_RANGE),
        ({"slow": "fast"}, "slow", Fault.WRONG_TYPE),
        ({"groups": {"g": -1}}, "groups.g", Fault.OUT_OF_RANGE),
        ({"started": [["m"]]}, "started[0]", Fault.OUT_OF_RANGE),
    ],
)
def test_a_mistake_is_named_with_its_place(change: Any, key: str, fault: Fault) -> None:
    data = {"format": "split/1", "members": [{"id": "m"}], "items": [{"id": "x"}]} | change
    with pytest.raises(SplitProblemWrong) as caught:
        Problem.from_dict(data)
    assert isinstance(caught.value, ClubError)
    assert (caught.value.key, caught.value.fault) == (key, fault)


def test_a_score_beyond_a_hundred_is_a_mistake() -> None:
    with pytest.raises(SplitProblemWrong) as caught:
        Problem.of([Member("m", wishes=Scores({"x": 101}))], [Item("x")])
    assert caught.value.key == "members[0].prefs.score.x"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.sampled_from(("m", "x", "")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "id",
                    "members",
                    "items",
                    "prefs",
                    "rank",
                    "score",
                    "hours",
                    "read",
                    "started",
                    "slow",
                )
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(_JSON)
def test_any_json_is_split_or_refused_with_a_typed_error(data: object) -> None:
    try:
        answer = split(Problem.from_dict(data))
    except SplitProblemWrong:
        return
    json.dumps(answer.to_dict())


def member(name: str = "m", **keys: Any) -> dict[str, Any]:
    return {"id": name, **keys}


def problem_of(*members: dict[str, Any], seats: int | None = None, **keys: Any) -> Problem:
    """These members and the items x and y."""
    items = [{"id": "x", "seats": seats}, {"id": "y"}]
    return Problem.from_dict({"members": list(members), "items": items, **keys})


def test_without_levels_only_the_draw_decides() -> None:
    problem = problem_of(member(), seats=1, levels=[])
    answer = split(problem)
    assert answer.levels == {}
    assert judge.is_feasible(problem, answer.assignment)


def test_everybody_gets_everything_where_nothing_is_scarce() -> None:
    problem = problem_of(member("a"), member("b"))
    answer = split(problem)
    assert len(answer.assignment) == 4
    assert answer.certificate.proved == problem.levels


def test_a_round_too_large_for_a_flow_is_still_split() -> None:
    data = large(600, 40, hours=False)
    for each in data["members"]:
        each["max_items"] = 30
    problem = Problem.from_dict(data)
    answer = split(problem)
    assert judge.is_feasible(problem, answer.assignment)
    assert answer.metrics.known_items == 40
    assert answer.certificate.next is not None
