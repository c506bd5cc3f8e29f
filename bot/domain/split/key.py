"""All levels in one whole number, so that a better split is simply a larger key.

Each level is multiplied by more than everything below it can add up to (a mixed radix), which
Python's unbounded integers carry without rounding. The last digits are a draw, hashed from the
seed and the ids, so that equals are decided alike whatever the order of the input.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from bot.domain.split.levels import counts_of, levels_of, weight_of, worth
from bot.domain.split.problem import FEWER_IS_BETTER, UNITS, Level
from bot.domain.split.table import Table

_DRAW_BYTES = 4
_HIGHEST_PREF = 500


@dataclass(frozen=True, slots=True)
class Key:
    """What every step of a split adds to the key.

    ``marginal[j][n]`` is what the n-th further reader of item j adds (counted from zero, besides
    those who started it), ``pair[i][j]`` what the pair itself adds, ``served`` what a member's
    first item adds and ``breadth`` what each group new to a synthesiser adds.
    """

    weight: dict[Level, int]
    marginal: list[list[int]]
    pair: list[list[int]]
    served: int
    breadth: int

    @classmethod
    def of(cls, table: Table, weight: dict[Level, int] | None = None) -> Key:
        """The key of the problem's own levels, or of the given weights."""
        weight = level_weights(table) if weight is None else weight
        return cls(
            weight=weight,
            marginal=[_marginals(table, weight, n) for n in range(len(table.readers))],
            pair=_pair_values(table, weight),
            served=weight.get(Level.SERVED, 0),
            breadth=weight.get(Level.BREADTH, 0),
        )

    def ceiling(self, table: Table) -> int:
        """More than this no split can add: all that is good about every pair at once."""
        members, groups = len(table.allowed), len({item.group for item in table.problem.items})
        return (
            sum(max(0, value) for row in self.marginal for value in row)
            + sum(max(0, value) for row in self.pair for value in row)
            + members * (self.served + groups * self.breadth)
        )

    def total(self, table: Table, holdings: list[tuple[int, ...]]) -> int:
        """What the holdings add to the key of nobody getting anything."""
        counts = counts_of(table, holdings)
        value = sum(sum(self.marginal[j][: counts[j] - table.fixed[j]]) for j in range(len(counts)))
        for i, held in enumerate(holdings):
            value += sum(self.pair[i][j] for j in held)
            if held and not table.started[i]:
                value += self.served
            if table.problem.members[i].synthesiser:
                value += self.breadth * new_groups(table, i, held)
        return value


def new_groups(table: Table, member: int, held: tuple[int, ...]) -> int:
    """The groups among the held items that the member has not started on."""
    known = {table.group_of(j) for j in table.started[member]} | {None}
    return len({table.group_of(j) for j in held} - known)


def level_weights(table: Table) -> dict[Level, int]:
    """Each level's multiplier; a level that the problem leaves out has none."""
    most = _most_of(table)
    weight = {}
    below = (sum(table.places) + 1) << (8 * _DRAW_BYTES)
    for level in reversed(table.problem.levels):
        weight[level] = below
        below *= most[level] + 1
    return weight


def _most_of(table: Table) -> dict[Level, int]:
    """The most that each level can reach."""
    items, seats = table.problem.items, sum(table.places)
    priorities = sum(item.priority for item in items)
    groups = len({item.group for item in items})
    most = dict.fromkeys(FEWER_IS_BETTER, seats)
    most |= {
        Level.COVERED: priorities,
        Level.MET: priorities,
        Level.KEPT: len(table.problem.accepted),
        Level.GAIN: sum(
            weight_of(table, n) * worth(range(known + 1, known + table.capacity[n] + 1))
            for n, known in enumerate(table.readers)
        ),
        Level.BREADTH: groups * len(table.places),
        Level.SERVED: len(table.places),
        Level.PREF: _HIGHEST_PREF * seats,
    }
    return most


def _marginals(table: Table, weight: dict[Level, int], item: int) -> list[int]:
    """What one more reader adds, from those who started it up to the capacity."""
    known, need = table.readers[item], table.need[item]
    priority = table.problem.items[item].priority
    covered, met = priority * weight.get(Level.COVERED, 0), priority * weight.get(Level.MET, 0)
    unit = weight_of(table, item) * weight.get(Level.GAIN, 0)
    return [
        covered * (known + n == 0) + met * (n + 1 == need) + unit * (UNITS // (known + n + 1))
        for n in range(table.fixed[item], table.capacity[item])
    ]


def _pair_values(table: Table, weight: dict[Level, int]) -> list[list[int]]:
    kept, pref = weight.get(Level.KEPT, 0), weight.get(Level.PREF, 0)
    cost = [0] * 5
    for level, number in FEWER_IS_BETTER.items():
        cost[number] = weight.get(level, 0)
    problem = table.problem
    values = []
    for i, allowed in enumerate(table.allowed):
        row = [0] * len(problem.items)
        for j in allowed:
            row[j] = (
                kept * (table.pair(i, j) in problem.accepted)
                - cost[table.class_of(i, j)]
                + pref * table.pref(i, j)
                + _draw(problem.seed, *table.pair(i, j))
            )
        values.append(row)
    return values


def _draw(seed: int, member: str, item: str) -> int:
    text = f"{seed}\0{member}\0{item}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=_DRAW_BYTES).digest(), "big")


def vector_of(table: Table, holdings: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The problem's levels as a tuple in which larger is better throughout."""
    values = levels_of(table, holdings)
    return tuple(
        -values[level] if level in FEWER_IS_BETTER else values[level]
        for level in table.problem.levels
    )
