"""What an assignment reaches at each level, counted afresh and in the open."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from bot.domain.split.problem import FEWER_IS_BETTER, UNITS, Level
from bot.domain.split.table import Table

Holdings = list[tuple[int, ...]]
"""Of each member, the items they get besides those they have started, in order."""


def counts_of(table: Table, holdings: Holdings) -> list[int]:
    """The readers of each item this round, those who started it included."""
    counts = list(table.fixed)
    for item in chain.from_iterable(holdings):
        counts[item] += 1
    return counts


def weight_of(table: Table, item: int) -> int:
    """An item's weight times that of its group."""
    value = table.problem.items[item]
    return value.weight * (table.problem.groups.get(value.group, 1) if value.group else 1)


def worth(readers: Iterable[int]) -> int:
    """The worth of the k-th readers, a first one's being 2520: a k-th adds the k-th part."""
    return sum(UNITS // k for k in readers)


def levels_of(table: Table, holdings: Holdings) -> dict[Level, int]:
    """Every level's value, whichever the problem asks for."""
    counts = counts_of(table, holdings)
    items = table.problem.items
    pairs = [(i, j) for i, held in enumerate(holdings) for j in held]
    classes = [table.class_of(i, j) for i, j in pairs]
    values = {
        Level.COVERED: sum(
            item.priority for n, item in enumerate(items) if table.readers[n] + counts[n] >= 1
        ),
        Level.MET: sum(item.priority for n, item in enumerate(items) if counts[n] >= table.need[n]),
        Level.KEPT: sum(table.pair(i, j) in table.problem.accepted for i, j in pairs),
        Level.GAIN: sum(
            weight_of(table, n) * worth(range(known + 1, known + counts[n] + 1))
            for n, known in enumerate(table.readers)
        ),
        Level.BREADTH: sum(
            len({table.group_of(j) for j in (*held, *table.started[i])} - {None})
            for i, held in enumerate(holdings)
            if table.problem.members[i].synthesiser
        ),
        Level.SERVED: sum(
            bool(held or started) for held, started in zip(holdings, table.started, strict=True)
        ),
        Level.PREF: sum(table.pref(i, j) for i, j in pairs),
    }
    for level, number in FEWER_IS_BETTER.items():
        values[level] = classes.count(number)
    return {level: values[level] for level in Level}


def faults_of(table: Table, holdings: Holdings) -> list[str]:
    """What is not allowed about an assignment; empty for every answer of this package."""
    faults = []
    counts = counts_of(table, holdings)
    for i, held in enumerate(holdings):
        hours = table.hours[i]
        if not set(held) <= set(table.allowed[i]) or len(set(held)) < len(held):
            faults.append(f"member {i} may not have all of {held}")
        if len(held) > table.places[i]:
            faults.append(f"member {i} has more than {table.places[i]} items")
        if hours is not None and sum(table.effort[i][j] for j in held) > hours:
            faults.append(f"member {i} has more than {hours} hours of work")
    faults += [
        f"item {n} has too many readers"
        for n, count in enumerate(counts)
        if count > table.capacity[n]
    ]
    return faults
