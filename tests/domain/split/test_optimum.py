"""A split reaches the best there is: on the given instances and on every tiny problem."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.split import Level, Problem, split
from tests.domain.split import judge
from tests.domain.split.problems import NAMES, instance, tiny_problems

MODERATE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LEAST_GAIN = 0.99


@pytest.mark.parametrize("name", NAMES)
def test_every_level_of_a_given_instance_is_the_proved_optimum(name: str) -> None:
    data = instance(name)
    answer = split(Problem.from_dict(data))
    assert {level.value: n for level, n in answer.levels.items()} == data["optimal"]["vector"]


@pytest.mark.parametrize("name", NAMES)
def test_a_given_instance_gets_a_feasible_answer_that_is_judged_alike(name: str) -> None:
    problem = Problem.from_dict(instance(name))
    answer = split(problem)
    assert judge.is_feasible(problem, answer.assignment)
    assert judge.levels(problem, answer.assignment) == answer.levels


@MODERATE
@given(tiny_problems(hours=False))
def test_with_places_every_level_is_the_best_of_all_splits(problem: Problem) -> None:
    answer = split(problem)
    assert judge.is_feasible(problem, answer.assignment)
    assert answer.levels == judge.best(problem)
    assert answer.certificate.proved == problem.levels


@MODERATE
@given(tiny_problems(hours=True))
def test_with_hours_covered_and_met_are_the_best_and_the_gain_is_near(problem: Problem) -> None:
    answer, best = split(problem), judge.best(problem)
    assert judge.is_feasible(problem, answer.assignment)
    assert judge.levels(problem, answer.assignment) == answer.levels
    for level in (Level.COVERED, Level.MET):
        assert answer.levels.get(level) == best.get(level)
    if Level.GAIN in best and answer.levels[Level.KEPT] == best[Level.KEPT]:
        assert answer.levels[Level.GAIN] >= LEAST_GAIN * best[Level.GAIN]


@MODERATE
@given(tiny_problems(hours=True))
def test_with_hours_what_is_called_proved_is_the_best(problem: Problem) -> None:
    answer, best = split(problem), judge.best(problem)
    for level in answer.certificate.proved:
        assert answer.levels[level] == best[level]
