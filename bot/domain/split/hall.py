"""Proof that some items cannot all get the readers they want: too few places between them.

A set of items whose needs exceed the places of everybody who may take one of them is a
violation of Hall's condition (P. Hall, J. London Math. Society 10, 1935). It is read off a
maximum flow from needs to places that leaves the item in question short.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HallSet:
    """``items`` need ``needed`` readers, but ``members`` alone may take them: ``places`` in all."""

    items: tuple[int, ...]
    members: tuple[int, ...]
    needed: int
    places: int


@dataclass(slots=True)
class Needs:
    """Readers that items need, members with places, and who may take what."""

    need: list[int]
    places: list[int]
    allowed: list[tuple[int, ...]]
    seekers: list[list[int]] = field(default_factory=list)
    holders: list[set[int]] = field(default_factory=list)
    held: list[set[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seekers = [[] for _ in self.need]
        for member, allowed in enumerate(self.allowed):
            for item in allowed:
                self.seekers[item].append(member)
        self.holders = [set() for _ in self.need]
        self.held = [set() for _ in self.allowed]
        for item in range(len(self.need)):
            self._fill(item)

    def hall_set(self, item: int) -> HallSet | None:
        """A smallest such set around the item (none can be left out), or ``None``."""
        for member in sorted(self.holders[item]):
            self._drop(member, item)
        for other in range(len(self.need)):
            if other != item:
                self._fill(other)
        self._fill(item)
        if len(self.holders[item]) >= self.need[item]:
            return None
        reached = self._reached(item)
        for other in sorted(reached - {item}, reverse=True):
            if self._violates(reached - {other}):
                reached = reached - {other}
        return self._described(reached)

    def _fill(self, item: int) -> None:
        while len(self.holders[item]) < self.need[item] and self._augment(item):
            pass

    def _augment(self, item: int) -> bool:
        """One more reader for the item, others making way (breadth first)."""
        came: dict[int, tuple[int, int]] = {}  # member -> (item they take, member who gives it)
        queue: list[tuple[int, int]] = [(item, -1)]
        for wanted, giver in queue:
            for member in self.seekers[wanted]:
                if member in came or member in self.holders[wanted]:
                    continue
                came[member] = wanted, giver
                if len(self.held[member]) < self.places[member]:
                    self._hand_over(member, came)
                    return True
                queue += [(other, member) for other in sorted(self.held[member])]
        return False

    def _hand_over(self, member: int, came: dict[int, tuple[int, int]]) -> None:
        while True:
            item, giver = came[member]
            if giver >= 0:
                self._drop(giver, item)
            self.holders[item].add(member)
            self.held[member].add(item)
            if giver < 0:
                return
            member = giver

    def _drop(self, member: int, item: int) -> None:
        self.holders[item].discard(member)
        self.held[member].discard(item)

    def _reached(self, item: int) -> set[int]:
        """All items that compete for the places the item cannot get."""
        reached, queue, seen = {item}, [item], set[int]()
        for wanted in queue:
            for member in self.seekers[wanted]:
                if member in seen or member in self.holders[wanted]:
                    continue
                seen.add(member)
                for other in sorted(self.held[member] - reached):
                    reached.add(other)
                    queue.append(other)
        return reached

    def _violates(self, items: set[int]) -> bool:
        found = self._described(items)
        return found.needed > found.places

    def _described(self, items: Iterable[int]) -> HallSet:
        chosen = set(items)
        members = tuple(i for i, allowed in enumerate(self.allowed) if chosen & set(allowed))
        return HallSet(
            items=tuple(sorted(chosen)),
            members=members,
            needed=sum(self.need[j] for j in chosen),
            places=sum(min(self.places[i], len(chosen & set(self.allowed[i]))) for i in members),
        )
