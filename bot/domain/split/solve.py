"""From a problem to its split."""

from __future__ import annotations

from bot.domain.split.branching import best_by_places, is_too_large
from bot.domain.split.choice import free_choice
from bot.domain.split.key import Key
from bot.domain.split.levels import Holdings, faults_of, levels_of
from bot.domain.split.metrics import COMPLETION, Metrics
from bot.domain.split.places import Places
from bot.domain.split.problem import FEWER_IS_BETTER, Level, Pair, Problem
from bot.domain.split.result import Certificate, Split
from bot.domain.split.search import search, steps_for
from bot.domain.split.slack import loosened
from bot.domain.split.table import Table
from bot.domain.split.unmet import unmet_items

LARGE = 200
"""From so many members on, a split is best worked out in a process of its own."""
SLACK_FROM = 20
USUAL_SLACK = 2


def usual_slack(members: int) -> int:
    """How many percent of the gain a group of this size had best give up for its wishes."""
    return USUAL_SLACK if members >= SLACK_FROM else 0


def split(problem: Problem, slack: int = 0, completion: float = COMPLETION) -> Split:
    """Split the list; the same problem always gives the same answer.

    ``slack`` is the share of the gain, in percent, that may be given up for members' wishes.
    ``completion`` is the share of readers who finish. Arguments and result can be pickled, and
    nothing else is touched, so this can run in any thread or process.
    """
    table = Table.of(problem)
    key, places = Key.of(table), Places.of(table)
    holdings, bound = _best_found(table, key, places)
    certificate = _certificate(table, key, holdings, bound)
    if slack and Level.GAIN in problem.levels:
        holdings = loosened(table, places, holdings, slack)
        upper = problem.levels[: problem.levels.index(Level.GAIN)]
        certificate = Certificate(tuple(each for each in certificate.proved if each in upper))
    values = levels_of(table, holdings)
    met_proved = Level.MET in certificate.proved
    return Split(
        assignment=pairs_of(table, holdings),
        levels={level: values[level] for level in problem.levels},
        metrics=Metrics.of(table, holdings, completion),
        free=Metrics.of(table, free_choice(table), completion),
        unmet=unmet_items(table, holdings, places, proved=met_proved),
        certificate=certificate,
        slack=slack,
        dropped=problem.dropped,
    )


def _best_found(table: Table, key: Key, places: Places) -> tuple[Holdings, int]:
    """The best holdings found, and the best key there can be."""
    if is_too_large(table, places.number):
        return search(table, key, steps_for(table))[0], key.ceiling(table)
    relaxed = best_by_places(table, key, places.number)
    if relaxed.proved and (places.exact or not faults_of(table, relaxed.holdings)):
        return relaxed.holdings, relaxed.bound
    start = relaxed.holdings if places.exact else None
    return search(table, key, steps_for(table), start)[0], relaxed.bound


def pairs_of(table: Table, holdings: Holdings) -> tuple[Pair, ...]:
    """All pairs, those already started included, in the order of the ids."""
    return tuple(
        table.pair(member, item)
        for member, held in enumerate(holdings)
        for item in sorted({*held, *table.started[member]})
    )


def _certificate(table: Table, key: Key, holdings: Holdings, bound: int) -> Certificate:
    """Read the levels off the two keys: with all digits made positive, each is a remainder.

    A level is proved if the bound's key agrees with the split's down to its digit.
    """
    value, values, seats = key.total(table, holdings), levels_of(table, holdings), sum(table.places)
    shift = sum(key.weight.get(level, 0) * seats for level in FEWER_IS_BETTER)
    proved: list[Level] = []
    for level in table.problem.levels:
        weight = key.weight[level]
        gap = (bound + shift) // weight - (value + shift) // weight
        if gap:
            most = values[level] + (-gap if level in FEWER_IS_BETTER else gap)
            return Certificate(tuple(proved), level, most)
        proved.append(level)
    return Certificate(tuple(proved))
