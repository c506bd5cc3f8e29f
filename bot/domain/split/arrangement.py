"""A split in the making when hours count: who holds what, and what a change would add."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.split.bundle import Offer, best_bundle
from bot.domain.split.key import Key, new_groups
from bot.domain.split.levels import Holdings
from bot.domain.split.table import Table

_BUNDLE_STEPS = 5
_LABELS_A_STEP = 12


@dataclass(slots=True)
class Arrangement:
    """Feasible holdings at any time; ``value`` is their key, ``steps`` the work done so far."""

    table: Table
    key: Key
    held: Holdings
    count: list[int]
    value: int = 0
    steps: int = 0
    seekers: list[list[int]] = field(default_factory=list)
    group_bit: list[int] = field(default_factory=list)

    @classmethod
    def empty(cls, table: Table, key: Key) -> Arrangement:
        """Nobody has anything but what they have started."""
        items = len(table.readers)
        seekers: list[list[int]] = [[] for _ in range(items)]
        for member, allowed in enumerate(table.allowed):
            for item in allowed:
                seekers[item].append(member)
        groups = sorted({g for g in map(table.group_of, range(items)) if g is not None})
        bits = {group: 1 << n for n, group in enumerate(groups)}
        return cls(
            table,
            key,
            [()] * len(table.allowed),
            [0] * items,
            seekers=seekers,
            group_bit=[bits.get(table.group_of(n) or "", 0) for n in range(items)],
        )

    def saved(self) -> tuple[int, Holdings, list[int]]:
        """A copy to come back to."""
        return self.value, list(self.held), list(self.count)

    def restore(self, saved: tuple[int, Holdings, list[int]]) -> None:
        """Come back to a copy, which is used up."""
        self.value, self.held, self.count = saved

    def give(self, member: int, bundle: tuple[int, ...]) -> None:
        """Let the member hold exactly these items."""
        self.value -= self._worth(member, self._taken_off(member))
        for item in bundle:
            self.count[item] += 1
        self.held[member] = bundle
        for item in bundle:
            self.count[item] -= 1
        self.value += self._worth(member, bundle)
        for item in bundle:
            self.count[item] += 1

    def best_for(
        self, member: int, must: tuple[int, ...] = (), without: frozenset[int] = frozenset()
    ) -> tuple[int, ...] | None:
        """The member's best items while the others stay; ``None`` if ``must`` does not fit."""
        self.steps += _BUNDLE_STEPS + len(self.table.allowed[member])
        table, key = self.table, self.key
        own = set(self.held[member])
        effort, pair = table.effort[member], key.pair[member]
        hours, places = table.hours[member], table.places[member] - len(must)
        if hours is not None:
            hours -= sum(effort[item] for item in must)
            if hours < 0:
                return None
        if places < 0:
            return None
        offers = []
        for item in table.allowed[member]:
            if item in must or item in without:
                continue
            others = self.count[item] - (item in own)
            row = key.marginal[item]
            if others < len(row):
                value = row[others] + pair[item]
                offers.append(Offer(item, effort[item], value, self._bit(member, item, must)))
        best = best_bundle(offers, hours, places, self._breadth(member))
        self.steps += best.work // _LABELS_A_STEP
        return tuple(sorted((*must, *best.items)))

    def improve(self, member: int) -> bool:
        """Give the member their best items, if that is better than what they hold."""
        best = self.best_for(member)
        if best is None or best == self.held[member]:
            return False
        before, held = self.value, self.held[member]
        self.give(member, best)
        if self.value > before:
            return True
        self.give(member, held)
        return False

    def _taken_off(self, member: int) -> tuple[int, ...]:
        held = self.held[member]
        for item in held:
            self.count[item] -= 1
        return held

    def _worth(self, member: int, bundle: tuple[int, ...]) -> int:
        """What a bundle adds while the member's own items are not counted."""
        if not bundle:
            return 0
        key = self.key
        value = sum(key.marginal[j][self.count[j]] + key.pair[member][j] for j in bundle)
        if not self.table.started[member]:
            value += key.served
        if self._breadth(member):
            value += key.breadth * new_groups(self.table, member, bundle)
        return value

    def _breadth(self, member: int) -> int:
        return self.key.breadth if self.table.problem.members[member].synthesiser else 0

    def _bit(self, member: int, item: int, must: tuple[int, ...]) -> int:
        if not self._breadth(member):
            return 0
        bit = self.group_bit[item]
        known = (*must, *self.table.started[member])
        return 0 if any(self.group_bit[other] == bit for other in known) else bit
