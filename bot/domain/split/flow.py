"""The best split when time is a number of places: a min-cost flow with convex arcs, exact.

Successive shortest paths (R. Ahuja, T. Magnanti and J. Orlin, "Network Flows", 1993, ch. 9) on a
graph of the items only. A path starts with a member who has a place left taking an item; an edge
a -> b is the holder of a who gives it up for b at the least loss; the item where it ends gets one
more reader. Potentials keep lengths from being negative (Edmonds and Karp 1972), and as every
reader of an item adds no more than the one before, each path keeps the whole optimal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush

from bot.domain.split.key import Key
from bot.domain.split.levels import Holdings
from bot.domain.split.table import Table

_Heap = list[tuple[int, int]]


@dataclass(slots=True)
class Flow:
    """A flow in the making. Costs are what the key loses, so they are mostly negative.

    ``places`` are the members' places, ``marginal`` what further readers of each item add; it
    must not rise within an item.
    """

    table: Table
    key: Key
    places: list[int]
    marginal: list[list[int]]
    value: int = 0
    paths: int = 0
    held: list[set[int]] = field(default_factory=list)
    count: list[int] = field(default_factory=list)
    entry: list[_Heap] = field(default_factory=list)
    exchange: list[list[_Heap]] = field(default_factory=list)
    entry_cost: list[int | None] = field(default_factory=list)
    exchange_cost: list[list[int | None]] = field(default_factory=list)
    potential: list[int] = field(default_factory=list)

    def run(self) -> Holdings:
        """Add paths while one improves the key; the holdings are then the best there are."""
        items = len(self.marginal)
        self.held = [set() for _ in self.places]
        self.count = [0] * items
        self.entry = [[] for _ in range(items)]
        self.exchange = [[[] for _ in range(items)] for _ in range(items)]
        self.exchange_cost = [[None] * items for _ in range(items)]
        self.entry_cost = [None] * items
        for member in range(len(self.places)):
            self._offer_entries(member)
        for item in range(items):
            self._refresh_entry(item)
        self.potential = [cost or 0 for cost in self.entry_cost]
        while self._augment():
            self.paths += 1
        return [tuple(sorted(held)) for held in self.held]

    def _augment(self) -> bool:
        distance, before = self._distances()
        best, end = 0, -1
        for item, far in enumerate(distance):
            if far is not None and self.count[item] < len(self.marginal[item]):
                cost = far - self.marginal[item][self.count[item]]
                if cost < best:
                    best, end = cost, item
        if end < 0:
            return False
        self.potential = [
            old if far is None else far for old, far in zip(self.potential, distance, strict=True)
        ]
        self.value -= best
        self.count[end] += 1
        self._apply(end, before)
        return True

    def _distances(self) -> tuple[list[int | None], list[int]]:
        """Dijkstra's algorithm on reduced costs; of each item also the one before it, or -1."""
        potential, items = self.potential, len(self.potential)
        reduced: list[int | None] = [
            None if cost is None else cost - potential[n] for n, cost in enumerate(self.entry_cost)
        ]
        before = [-1] * items
        open_items = list(range(items))
        distance: list[int | None] = [None] * items
        while True:
            nearest, here = None, -1
            for n in open_items:
                far = reduced[n]
                if far is not None and (nearest is None or far < nearest):
                    nearest, here = far, n
            if nearest is None:
                return distance, before
            open_items.remove(here)
            distance[here] = nearest + potential[here]
            start, row = nearest + potential[here], self.exchange_cost[here]
            for n in open_items:
                cost = row[n]
                if cost is not None:
                    far = start + cost - potential[n]
                    known = reduced[n]
                    if known is None or far < known:
                        reduced[n], before[n] = far, here

    def _apply(self, end: int, before: list[int]) -> None:
        """Hand the items over along the path that ends here."""
        moves: list[tuple[int, int, int]] = []  # member, what they give up (or -1), what they take
        item = end
        while before[item] >= 0:
            giver = self.exchange[before[item]][item][0][1]
            moves.append((giver, before[item], item))
            item = before[item]
        moves.append((self.entry[item][0][1], -1, item))
        for member, gives, takes in moves:
            if gives >= 0:
                self.held[member].discard(gives)
            self.held[member].add(takes)
        self._renew(moves)

    def _renew(self, moves: list[tuple[int, int, int]]) -> None:
        changed = {member for member, _, _ in moves}
        touched = {item for _, gives, takes in moves for item in (gives, takes) if item >= 0}
        for member in sorted(changed):
            self._offer_exchanges(member)
            self._offer_entries(member)
            if self._is_synthesiser(member):
                touched |= self.held[member]
        for item in sorted(touched):
            for other in range(len(self.marginal)):
                self._refresh_exchange(item, other)
                self._refresh_exchange(other, item)
        for item in range(len(self.marginal)):
            self._refresh_entry(item)

    def _offer_exchanges(self, member: int) -> None:
        held, pair = self.held[member], self.key.pair[member]
        plain = not self._is_synthesiser(member)
        for gives in sorted(held):
            row = self.exchange[gives]
            for takes in self.table.allowed[member]:
                if takes not in held:
                    cost = (
                        pair[gives] - pair[takes]
                        if plain
                        else self._exchange_cost(member, gives, takes)
                    )
                    heappush(row[takes], (cost, member))

    def _offer_entries(self, member: int) -> None:
        if len(self.held[member]) < self.places[member]:
            for takes in self.table.allowed[member]:
                if takes not in self.held[member]:
                    heappush(self.entry[takes], (self._entry_cost(member, takes), member))

    def _refresh_exchange(self, gives: int, takes: int) -> None:
        """Forget the offers at the top that no longer stand."""
        heap, held = self.exchange[gives][takes], self.held
        while heap:
            cost, member = heap[0]
            own = held[member]
            if (
                gives in own
                and takes not in own
                and (
                    not self._is_synthesiser(member)
                    or cost == self._exchange_cost(member, gives, takes)
                )
            ):
                self.exchange_cost[gives][takes] = cost
                return
            heappop(heap)
        self.exchange_cost[gives][takes] = None

    def _refresh_entry(self, takes: int) -> None:
        heap = self.entry[takes]
        while heap:
            cost, member = heap[0]
            own = self.held[member]
            if (
                takes not in own
                and len(own) < self.places[member]
                and cost == self._entry_cost(member, takes)
            ):
                self.entry_cost[takes] = cost
                return
            heappop(heap)
        self.entry_cost[takes] = None

    def _is_synthesiser(self, member: int) -> bool:
        return self.table.problem.members[member].synthesiser

    def _exchange_cost(self, member: int, gives: int, takes: int) -> int:
        pair = self.key.pair[member]
        rest = self.held[member] - {gives}
        new = self._is_new_group(member, takes, rest) - self._is_new_group(member, gives, rest)
        return pair[gives] - pair[takes] - self.key.breadth * new

    def _entry_cost(self, member: int, takes: int) -> int:
        cost = -self.key.pair[member][takes]
        if not self.held[member] and not self.table.started[member]:
            cost -= self.key.served
        if self._is_synthesiser(member):
            cost -= self.key.breadth * self._is_new_group(member, takes, self.held[member])
        return cost

    def _is_new_group(self, member: int, item: int, others: set[int]) -> bool:
        table = self.table
        group = table.group_of(item)
        return group is not None and all(
            table.group_of(other) != group for other in (*others, *table.started[member])
        )
