"""A little coverage for wishes: the best split along the trade-off between the two.

The levels above the gain keep their weights; the gain's own weight is lowered until what is
lost reaches the limit (a Lagrange multiplier, found by bisection). Each weight is one exact flow
or one search, so their number is fixed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.split.branching import best_by_places, is_too_large
from bot.domain.split.key import Key, level_weights, vector_of
from bot.domain.split.levels import Holdings, levels_of
from bot.domain.split.places import Places
from bot.domain.split.problem import Level
from bot.domain.split.search import search
from bot.domain.split.table import Table

_FINER = 2
_SMALL = 4_000
_BRANCHING_WORK = 20_000
_STEPS = 25_000


def loosened(table: Table, places: Places, holdings: Holdings, slack: int) -> Holdings:
    """Better wishes for at most ``slack`` percent of the gain and nothing of what comes first."""
    trade = _Trade(table, places, levels_of(table, holdings)[Level.GAIN], slack, best=holdings)
    full = level_weights(table)[Level.GAIN]
    # Only the order of magnitude matters at first; large rounds afford fewer of the tries.
    coarse = 1 if len(table.allowed) * len(table.readers) <= _SMALL else 3
    low, high = 0, full.bit_length()
    while high - low > coarse:
        middle = (low + high) // 2
        low, high = (low, middle) if trade.admits(1 << middle) else (middle, high)
    low, high = 1 << low, 1 << high
    for _ in range(_FINER):
        middle = (low + high) // 2
        low, high = (low, middle) if trade.admits(middle) else (middle, high)
    return trade.best


@dataclass(slots=True)
class _Trade:
    table: Table
    places: Places
    gain: int
    slack: int
    best: Holdings
    upper: tuple[int, ...] = field(default=())
    at: int = 0

    def __post_init__(self) -> None:
        self.at = self.table.problem.levels.index(Level.GAIN)
        self.upper = vector_of(self.table, self.best)[: self.at]

    def admits(self, weight: int) -> bool:
        """Whether this weight of the gain keeps within the limits; remembers the best that does."""
        holdings = self._solved(weight)
        vector = vector_of(self.table, holdings)
        gained = vector[self.at]
        if vector[: self.at] < self.upper or 100 * gained < (100 - self.slack) * self.gain:
            return False
        known = vector_of(self.table, self.best)
        if (vector[self.at + 1 :], gained) > (known[self.at + 1 :], known[self.at]):
            self.best = holdings
        return True

    def _solved(self, weight: int) -> Holdings:
        weights = level_weights(self.table)
        weights[Level.GAIN] = weight
        key = Key.of(self.table, weights)
        if self.places.exact and not is_too_large(self.table, self.places.number):
            return best_by_places(self.table, key, self.places.number, _BRANCHING_WORK).holdings
        return search(self.table, key, _STEPS, self.best)[0]
