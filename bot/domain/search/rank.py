"""From the readings of a query to scored theories, with work bounded at every step.

A theory scores what share of the query it answers, each word weighed by its rarity (inverse
document frequency: K. Spärck Jones, "A statistical interpretation of term specificity and its
application in retrieval", J. Documentation 28(1), 1972). Units are read from the rarest on;
what was cut off is looked up only for the few theories that lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from math import log

from bot.domain.search.postings import (
    Postings,
    phrase_of,
    strength_of,
    theory_of,
)
from bot.domain.search.readings import Reading, Unit

_ALL_READS = 128
_READS_BESIDE_OTHERS = 24
_LEADING = 16
_UNKNOWN_WORD = 0.6
"""A word nobody knows weighs less than a rare one: people add words the catalogue lacks."""
_SINGLE_LETTER = 0.1


@dataclass(slots=True)
class Candidate:
    """A theory under consideration: what each word of the query has found in it so far."""

    theory: int
    found: list[float]
    total: float = 0.0
    phrase: int = -1
    spoken: float = 0.0

    def hear(self, value: float, phrase: int, unit: Unit, weights: Sequence[float]) -> None:
        """Take in that a phrase answers a unit of the query with this value (0 to 100)."""
        found, spoken = self.found, 0.0
        for place in unit.positions:
            weight = weights[place]
            spoken += weight * value
            if value > found[place]:
                self.total += weight * (value - found[place])
                found[place] = value
        if spoken > self.spoken:
            self.phrase, self.spoken = phrase, spoken


@dataclass(frozen=True, slots=True)
class Scored:
    """A theory's number, its score (0 to 100) and the phrase that speaks for it most."""

    theory: int
    score: float
    phrase: int


@dataclass(slots=True)
class Ranking:
    """One query's ranking in the making."""

    postings: Postings
    weights: Sequence[float]
    limit: int
    candidates: dict[int, Candidate] = field(default_factory=dict)
    unread: list[tuple[Unit, Reading]] = field(default_factory=list)

    def gather(self, units: Sequence[Unit]) -> None:
        """Read the postings, the rarest unit first, until the allowance is used up."""
        allowance = _ALL_READS
        # What answers a single unit best comes first: nothing later can change the order.
        most = _READS_BESIDE_OTHERS if len(units) > 1 else self._leading
        for unit in sorted(units, key=self._commonness):
            allowance -= self._read(unit, min(allowance, most))

    def settle(self) -> None:
        """Keep the leaders, and hear for them what has not been read."""
        leading = nlargest(
            self._leading, self.candidates.values(), key=lambda c: (c.total, -c.theory)
        )
        self.candidates = {candidate.theory: candidate for candidate in leading}
        for unit, reading in self.unread:
            for posting in self.postings.among(reading.term, self.candidates):
                self._hear(self.candidates[theory_of(posting)], posting, unit, reading)

    def scored(self) -> list[Scored]:
        """The leaders with their scores, the best first, equals in catalogue order."""
        whole = sum(self.weights)
        scored = [
            Scored(c.theory, round(min(100.0, c.total / whole), 2), c.phrase)
            for c in self.candidates.values()
        ]
        return sorted(scored, key=lambda s: (-s.score, s.theory))

    @property
    def _leading(self) -> int:
        return max(self.limit, _LEADING)

    def _commonness(self, unit: Unit) -> int:
        return sum(self.postings.count(reading.term) for reading in unit.readings)

    def _read(self, unit: Unit, allowance: int) -> int:
        read = 0
        for reading in unit.readings:
            postings = self.postings.strongest(reading.term)[: allowance - read]
            for posting in postings:
                theory = theory_of(posting)
                candidate = self.candidates.get(theory)
                if candidate is None:
                    candidate = Candidate(theory, [0.0] * len(self.weights))
                    self.candidates[theory] = candidate
                self._hear(candidate, posting, unit, reading)
            read += len(postings)
            if len(postings) < self.postings.count(reading.term):
                self.unread.append((unit, reading))
        return read

    def _hear(self, candidate: Candidate, posting: int, unit: Unit, reading: Reading) -> None:
        value = reading.quality * strength_of(posting) / 10
        candidate.hear(value, phrase_of(posting), unit, self.weights)


def weights_of(
    words: Sequence[str], units: Sequence[Unit], postings: Postings, theories: int
) -> list[float]:
    """How much each word of the query counts: the rarer the more."""
    weights = [_UNKNOWN_WORD] * len(words)
    for unit in units:
        if len(unit.positions) == 1:
            count = postings.count(unit.readings[0].term)
            weights[unit.positions[0]] = log(1 + theories / count) / log(1 + theories)
    return [
        weight if len(word) > 1 else min(weight, _SINGLE_LETTER)
        for word, weight in zip(words, weights, strict=True)
    ]
