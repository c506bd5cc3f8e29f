"""Minimums of several readers: the one thing about places that is not a plain flow.

The last of the readers an item needs may add more than those before. Where that happens, the
item's worth is replaced by its concave envelope, a relaxation that the flow solves exactly, and
items that end between the envelope's corners are tried both ways: the minimum given up, or
reached for certain (branch and bound, A. Land and A. Doig 1960, best bound first). Nodes are
counted, so the search ends; if it ends early the best split so far is returned unproved.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from math import lcm

from bot.domain.split.flow import Flow
from bot.domain.split.key import Key
from bot.domain.split.levels import Holdings
from bot.domain.split.table import Table

WORK = 400_000
"""Paths times items that all nodes together may cost, about two seconds; the first is free."""
_FEWEST_PATHS = 4
LARGEST_FLOW = 20_000_000
"""Paths times the square of the items that one flow may cost, about five seconds."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best holdings found, their key, the best key that could be, and the work it took."""

    holdings: Holdings
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        """Nothing better is possible."""
        return self.value >= self.bound


def best_by_places(table: Table, key: Key, places: list[int], work: int = WORK) -> Optimum:
    """The best split if members have this many places and any items fit."""
    everything = [tuple(allowed) for allowed in table.allowed]
    if _fits_everything(table, places) and _pays_always(table, key):
        value = key.total(table, everything)
        return Optimum(everything, value, value)
    if all(_is_concave(row) for row in key.marginal):
        flow = Flow(table, key, places, key.marginal)
        holdings = flow.run()
        return Optimum(holdings, flow.value, flow.value)
    return _Branching.of(table, key, places).run(work)


def is_too_large(table: Table, places: list[int]) -> bool:
    """Whether a flow would take longer than anybody waits (each path looks at all item pairs)."""
    items = len(table.readers)
    return sum(places) * items * items > LARGEST_FLOW and not _fits_everything(table, places)


def _fits_everything(table: Table, places: list[int]) -> bool:
    """Whether everybody could have all they may take: nobody competes for anything."""
    seats = sum(most - fixed for most, fixed in zip(table.capacity, table.fixed, strict=True))
    wanted = sum(map(len, table.allowed))
    return sum(places) == wanted == seats


def _pays_always(table: Table, key: Key) -> bool:
    """Whether one more pair is always better, whatever the others are."""
    least = [min(row, default=0) for row in key.marginal]
    return all(
        least[j] + key.pair[i][j] > 0 for i, allowed in enumerate(table.allowed) for j in allowed
    )


def _is_concave(marginal: list[int]) -> bool:
    return all(first >= then for first, then in pairwise(marginal))


def _envelope(marginal: list[int], scale: int) -> tuple[list[int], list[int]]:
    """The marginals of the concave envelope, times ``scale``, and the lengths of its pieces.

    A piece that would add more than the one before is joined with it (pool adjacent violators).
    """
    pieces: list[tuple[int, int]] = []
    for value in marginal:
        total, length = value, 1
        while pieces and pieces[-1][0] * length < total * pieces[-1][1]:
            before, size = pieces.pop()
            total, length = total + before, length + size
        pieces.append((total, length))
    spread = [scale * total // length for total, length in pieces for _ in range(length)]
    return spread, [length for _, length in pieces]


_Choices = tuple[tuple[int, bool], ...]


@dataclass(slots=True)
class _Branching:
    table: Table
    key: Key
    scaled: Key
    places: list[int]
    scale: int
    forced: int

    @classmethod
    def of(cls, table: Table, key: Key, places: list[int]) -> _Branching:
        scale = lcm(*(length for row in key.marginal for length in _envelope(row, 1)[1]), 1)
        scaled = Key(
            weight=key.weight,
            marginal=[[value * scale for value in row] for row in key.marginal],
            pair=[[value * scale for value in row] for row in key.pair],
            served=key.served * scale,
            breadth=key.breadth * scale,
        )
        largest = sum(max(map(abs, row), default=0) for row in scaled.pair)
        worth = sum(sum(row) for row in scaled.marginal)
        groups = len(table.readers) * scaled.breadth
        forced = 4 * (largest + worth + len(places) * (scaled.served + groups)) + 1
        return cls(table, key, scaled, places, scale, forced)

    def run(self, work: int) -> Optimum:
        bound, holdings, gaps, _ = self._solve(())
        best, value = holdings, self.key.total(self.table, holdings)
        nodes: list[tuple[int, int, _Choices, list[int]]] = []
        if bound > value * self.scale:
            heappush(nodes, (-bound, 0, (), gaps))
        number = 0
        while nodes and work > 0:
            upper, _, choices, gaps = heappop(nodes)
            if -upper <= value * self.scale:
                break
            for reached in (True, False):
                child = (*choices, (gaps[0], reached))
                bound, holdings, open_gaps, cost = self._solve(child)
                work -= cost
                number += 1
                reached_value = self.key.total(self.table, holdings)
                if reached_value > value:
                    best, value = holdings, reached_value
                if bound > value * self.scale and open_gaps:
                    heappush(nodes, (-bound, number, child, open_gaps))
        top = max((-node[0] for node in nodes), default=0) // self.scale
        return Optimum(best, value, max(top, value))

    def _solve(self, choices: _Choices) -> tuple[int, Holdings, list[int], int]:
        """The bound, a split, the items between corners and the cost of one node."""
        made = dict(choices)
        marginal = []
        corners: dict[int, list[int]] = {}
        promised = 0
        for item, row in enumerate(self.scaled.marginal):
            first = self.table.need[item] - self.table.fixed[item]
            if made.get(item):
                marginal.append(self._reached(row, first))
                promised += first * self.forced
            elif item in made:
                marginal.append(row[: first - 1])
            else:
                spread, corners[item] = _envelope(self.key.marginal[item], self.scale)
                marginal.append(spread)
        flow = Flow(self.table, self.scaled, self.places, marginal)
        holdings = flow.run()
        cost = (flow.paths + _FEWEST_PATHS) * len(marginal)
        bound = flow.value - promised
        if self._falls_short(made, flow.count):
            return -1, holdings, [], cost
        gaps = [item for item, pieces in corners.items() if _between(pieces, flow.count[item])]
        gaps.sort(key=lambda item: (flow.count[item] - self.table.need[item], item))
        return bound, holdings, gaps, cost

    def _reached(self, row: list[int], first: int) -> list[int]:
        """The readers up to the minimum come before everything; what they add is spread evenly."""
        total, length = sum(row[:first]), first
        even = [total // length + (n < total % length) for n in range(length)]
        return [self.forced + value for value in even] + row[first:]

    def _falls_short(self, made: dict[int, bool], count: list[int]) -> bool:
        table = self.table
        return any(
            reached and count[item] < table.need[item] - table.fixed[item]
            for item, reached in made.items()
        )


def _between(pieces: list[int], count: int) -> bool:
    corner = 0
    for length in pieces:
        corner += length
        if count <= corner:
            return corner - length < count < corner
    return False
