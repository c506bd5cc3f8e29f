"""What would become of a round if everybody took just what they wished for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.split import Metrics, Pair, Problem, Scores
from bot.domain.split.solve import pairs_of
from bot.domain.split.table import Table


@dataclass(frozen=True, slots=True)
class Wished:
    """Who would read what, and the figures of that."""

    assignment: tuple[Pair, ...]
    metrics: Metrics


def wished(problem: Problem, completion: float) -> Wished:
    """Everybody takes their wishes from the top, while their papers or hours last.

    Nobody takes what they did not wish for. Give it a problem without a limit of seats: a seat
    that is gone would hide what a group that just chooses comes to.
    """
    table = Table.of(problem)
    holdings = []
    for i, member in enumerate(problem.members):
        points = member.wishes.points if isinstance(member.wishes, Scores) else {}
        score, hours, held = table.score[i], table.hours[i], list[int]()
        wanted = [j for j in table.allowed[i] if problem.items[j].id in points]
        for j in sorted(wanted, key=lambda j: (-score[j], j)):
            effort = table.effort[i][j]
            if len(held) < table.places[i] and (hours is None or effort <= hours):
                held.append(j)
                hours = None if hours is None else hours - effort
        holdings.append(tuple(sorted(held)))
    return Wished(pairs_of(table, holdings), Metrics.of(table, holdings, completion))
