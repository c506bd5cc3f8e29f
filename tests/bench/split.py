"""What a split costs, beside networkx's network simplex on the very same whole-number keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import networkx as nx  # type: ignore[import-untyped] # it has no types of its own

from bot.domain.split import Level, Problem, split
from bot.domain.split.flow import Flow
from bot.domain.split.key import Key
from bot.domain.split.table import Table
from tests.bench.table import Row, print_table
from tests.domain.split.problems import large

Result = TypeVar("Result")

PLACES = ((8, 9, 5.0), (60, 20, 1_000.0), (500, 50, 5_000.0))
"""Members, items, and the milliseconds a split with places may take."""
HOURS = ((8, 9, 500.0), (60, 20, 1_500.0), (500, 50, 10_000.0))
"""The same with hours."""
HIGHEST_RATIO = 1.0
REPEATS = {8: 9, 60: 3}


def rows() -> list[Row]:
    """What splits with places and with hours cost, in CPU time."""
    measured = []
    for members, items, goal in PLACES:
        problem = Problem.from_dict(large(members, items, hours=False))
        name, repeats = f"split: {members} x {items}, places", REPEATS.get(members, 1)
        own, _ = cost(lambda: split(problem), repeats)  # noqa: B023 - called at once
        measured.append(Row(name, own, goal, " ms", "from the problem to the answer"))
        measured.append(against_simplex(name, problem, repeats))
    for members, items, goal in HOURS:
        problem = Problem.from_dict(large(members, items, hours=True))
        own, answer = cost(lambda: split(problem), 1)  # noqa: B023 - called at once
        detail = f"gain {answer.levels[Level.GAIN]}"
        measured.append(Row(f"split: {members} x {items}, hours", own, goal, " ms", detail))
    return measured


def against_simplex(name: str, problem: Problem, repeats: int) -> Row:
    """Our flow as a share of the network simplex; both must find the same key."""
    table = Table.of(problem)
    key = Key.of(table)
    graph = network(table, key)
    own, value = cost(lambda: flow_value(table, key), repeats)
    other, (least, _) = cost(lambda: nx.network_simplex(graph), repeats)
    if value != -least:
        raise AssertionError("two exact methods disagree")
    detail = f"{own:.1f} ms, network simplex {other:.1f} ms"
    return Row(f"{name}, by networkx", own / other, HIGHEST_RATIO, "x", detail)


def flow_value(table: Table, key: Key) -> int:
    """The key that our own flow reaches."""
    flow = Flow(table, key, table.places, key.marginal)
    flow.run()
    return flow.value


def network(table: Table, key: Key) -> nx.DiGraph:
    """The same problem as a circulation of the least cost.

    A member's first item, and each further reader of an item, are arcs of their own, so that
    their different worth can be said with linear costs.
    """
    graph = nx.DiGraph()
    graph.add_edge("end", "start", capacity=sum(table.places), weight=0)
    for i, allowed in enumerate(table.allowed):
        if allowed:
            graph.add_edge("start", ("first", i), capacity=1, weight=-key.served)
            graph.add_edge(("first", i), ("m", i), capacity=1, weight=0)
            graph.add_edge("start", ("m", i), capacity=max(0, table.places[i] - 1), weight=0)
        for j in allowed:
            graph.add_edge(("m", i), ("t", j), capacity=1, weight=-key.pair[i][j])
    for j, marginal in enumerate(key.marginal):
        for n, value in enumerate(marginal):
            graph.add_edge(("t", j), ("seat", j, n), capacity=1, weight=-value)
            graph.add_edge(("seat", j, n), "end", capacity=1, weight=0)
    return graph


def cost(act: Callable[[], Result], repeats: int) -> tuple[float, Result]:
    """The fewest milliseconds of CPU that it takes, and what it gives."""
    figures = []
    for _ in range(repeats):
        start = time.process_time_ns()
        result = act()
        figures.append((time.process_time_ns() - start) / 1e6)
    return min(figures), result


if __name__ == "__main__":
    print_table(rows())
