"""A good split when hours count: coordinate ascent from a greedy start, with counted steps.

The problem contains the multiple knapsack problem and is NP-hard (S. Martello and P. Toth,
"Knapsack Problems", 1990, ch. 6). Each member's items are optimal while the others stay; then
every pair is forced once, those it pushes aside look for something else, and what raises the
key is kept (ejection chains, F. Glover 1996); at last seeded kicks take a few members out and
let them back in another order (iterated local search, H. Lourenco, O. Martin, T. Stuetzle 2003).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from bot.domain.split.arrangement import Arrangement
from bot.domain.split.greedy import fill_greedily
from bot.domain.split.key import Key
from bot.domain.split.levels import Holdings
from bot.domain.split.problem import UNITS, Level
from bot.domain.split.table import Table

STEPS = 220_000
"""Offers looked at in one search at most, a few microseconds each."""
_FEWEST_STEPS = 10_000
_STEPS_A_PAIR = 900
_STEPS_A_LARGE_PAIR = 14
_MOST_STEPS = 800_000
_LONGEST_CHAIN = 12
_KICKED = 2
_TOLERATED = 3
"""A kick may lose the n-th part of a first reader's worth; more than that is taken back."""
_ASTRAY = 40
"""After so many kicks without a new best, the search goes on from the best again."""
_LOOKED_AT = 4


def steps_for(table: Table) -> int:
    """How many steps a problem of this size is worth."""
    pairs = len(table.allowed) * len(table.readers)
    usual = min(STEPS, _FEWEST_STEPS + _STEPS_A_PAIR * pairs)
    return max(usual, min(_MOST_STEPS, _STEPS_A_LARGE_PAIR * pairs))


def search(
    table: Table, key: Key, steps: int = STEPS, start: Holdings | None = None
) -> tuple[Holdings, int]:
    """The best holdings found and their key; ``start`` must be feasible."""
    arrangement = Arrangement.empty(table, key)
    for member, held in enumerate(start or ()):
        arrangement.give(member, held)
    if start is None:
        fill_greedily(arrangement)
    seeker = _Search(arrangement, steps, Random(table.problem.seed))  # noqa: S311 - not a secret
    seeker.run()
    return arrangement.held, arrangement.value


@dataclass(slots=True)
class _Search:
    now: Arrangement
    steps: int
    random: Random

    def run(self) -> None:
        members = range(len(self.now.held))
        self._settle(members)
        while self._has_steps() and (self._fill() | self._force()):
            pass
        if len(members) > 1 and any(self.now.table.places):
            self._wander()

    def _wander(self) -> None:
        """Kick from splits a little worse than the best too; come back to it now and then."""
        now = self.now
        tolerance = now.key.weight.get(Level.GAIN, 0) * UNITS // _TOLERATED
        best, kicks = now.saved(), 0
        while self._has_steps():
            before = now.saved()
            self._kick()
            kicks += 1
            if now.value > best[0]:
                best, kicks = now.saved(), 0
            elif now.value < best[0] - tolerance:
                now.restore(before)
            if kicks >= _ASTRAY:
                now.restore((best[0], list(best[1]), list(best[2])))
                kicks = 0
        if now.value < best[0]:
            now.restore(best)

    def _has_steps(self) -> bool:
        return self.now.steps < self.steps

    def _settle(self, members: Iterable[int], chain: int | None = None) -> None:
        """Improve members until none of those affected can be; at most so many in a chain."""
        queue = list(dict.fromkeys(members))
        while queue and self._has_steps() and (chain is None or chain > 0):
            member = queue.pop(0)
            before = set(self.now.held[member])
            if self.now.improve(member):
                after = set(self.now.held[member])
                for other in self._affected(before - after, after - before):
                    if other not in queue and other != member:
                        queue.append(other)
            if chain is not None:
                chain -= 1

    def _affected(self, lost: set[int], gained: set[int]) -> list[int]:
        """Who may now do better: those who could take what was given up, holders of the taken."""
        found: dict[int, None] = {}
        for item in sorted(lost):
            for member in self._takers(item):
                found[member] = None
        for item in sorted(gained):
            holders = [m for m in self.now.seekers[item] if item in self.now.held[m]]
            holders.sort(key=lambda m: (self.now.key.pair[m][item], m))
            found |= dict.fromkeys(holders[:_LOOKED_AT])
        return list(found)

    def _takers(self, item: int) -> list[int]:
        """The members who would gain most by this item instead of one of theirs, or besides."""
        now = self.now
        row, key = now.key.marginal[item], now.key
        if now.count[item] >= len(row):
            return []
        worth = row[now.count[item]]
        now.steps += len(now.seekers[item]) // 8
        gains = []
        for member in now.seekers[item]:
            held = now.held[member]
            if item not in held:
                gain = worth + key.pair[member][item] - self._least(member, item)
                if gain > 0:
                    gains.append((-gain, member))
        return [member for _, member in sorted(gains)[:_LOOKED_AT]]

    def _least(self, member: int, item: int) -> int:
        """What the cheapest way of making room for the item costs, one item at most."""
        now = self.now
        effort, held, hours = now.table.effort[member], now.held[member], now.table.hours[member]
        missing = effort[item] - (
            effort[item] if hours is None else hours - sum(effort[j] for j in held)
        )
        if missing <= 0 and len(held) < now.table.places[member]:
            return 0
        losses = [
            now.key.marginal[j][now.count[j] - 1] + now.key.pair[member][j]
            for j in held
            if effort[j] >= missing
        ]
        return min(losses, default=now.value + 1)

    def _fill(self) -> bool:
        """Bring each unmet item up to its minimum at once, which single steps may not reach."""
        now, table, better = self.now, self.now.table, False
        for item in range(len(table.readers)):
            missing = table.need[item] - table.fixed[item] - now.count[item]
            if not 1 < missing <= len(now.seekers[item]) - now.count[item]:
                continue
            saved = now.saved()
            pushed: list[int] = []
            for member in self._by_loss(item):
                if now.count[item] >= table.need[item] - table.fixed[item]:
                    break
                pushed += self._insist(member, item)
            self._settle(pushed, _LONGEST_CHAIN)
            better |= self._keep_if_better(saved)
        return better

    def _by_loss(self, item: int) -> list[int]:
        now = self.now
        outside = [m for m in now.seekers[item] if item not in now.held[m]]
        return sorted(outside, key=lambda m: (self._least(m, item) - now.key.pair[m][item], m))

    def _force(self) -> bool:
        """Force every pair once, and take every pair away once, keeping what is better."""
        better = False
        for member, allowed in enumerate(self.now.table.allowed):
            for item in allowed:
                if not self._has_steps():
                    return better
                saved = self.now.saved()
                if item in self.now.held[member]:
                    pushed = self._refuse(member, item)
                else:
                    pushed = self._insist(member, item)
                self._settle(pushed, _LONGEST_CHAIN)
                better |= self._keep_if_better(saved)
        return better

    def _insist(self, member: int, item: int) -> list[int]:
        """Give the member the item and the best besides; who is affected, they themselves last."""
        now = self.now
        before = set(now.held[member])
        pushed: list[int] = []
        if now.count[item] >= len(now.key.marginal[item]):
            holders = [m for m in now.seekers[item] if item in now.held[m]]
            if not holders:
                return []
            loser = min(holders, key=lambda m: (now.key.pair[m][item], m))
            now.give(loser, tuple(j for j in now.held[loser] if j != item))
            pushed.append(loser)
        best = now.best_for(member, must=(item,))
        if best is None:
            return []
        now.give(member, best)
        after = set(best)
        return [*pushed, *self._affected(before - after, after - before), member]

    def _refuse(self, member: int, item: int) -> list[int]:
        """Take the item away; who is affected, the member themselves last."""
        best = self.now.best_for(member, without=frozenset((item,)))
        if best is None:
            return []
        before = set(self.now.held[member])
        self.now.give(member, best)
        after = set(best)
        return [*self._affected(before - after, after - before), member]

    def _kick(self) -> None:
        """Take a few members out, let them and those affected back in another order."""
        now = self.now
        kicked = self.random.sample(range(len(now.held)), min(_KICKED, len(now.held)))
        lost: set[int] = set()
        for member in kicked:
            lost |= set(now.held[member])
            now.give(member, ())
        self.random.shuffle(kicked)
        others = [m for m in self._affected(lost, set()) if m not in kicked]
        order = [*others[: self.random.randrange(3)], *kicked, *others]
        self._settle(order, _LONGEST_CHAIN)

    def _keep_if_better(self, saved: tuple[int, Holdings, list[int]]) -> bool:
        if self.now.value > saved[0]:
            return True
        self.now.restore(saved)
        return False
