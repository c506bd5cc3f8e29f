"""Inverted postings: for each term, the theories it occurs in, the strongest first.

A posting is one integer, so that ten thousand theories fit into a few tens of megabytes
and sort without a key: from the highest bits down, how much the strength falls short of
the greatest, the theory's number, the phrase's number. The read of a long list is cut
(an "impact-ordered" list: Anh and Moffat, "Pruned query evaluation using pre-computed
impacts", SIGIR 2006), and whether a certain theory has the term is answered by bisection.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

GREATEST_STRENGTH = 1000
LONGEST_READ = 40
"""How many postings of a term are read at most: what a query costs must not grow with it."""

PHRASE_BITS = 24
THEORY_BITS = 20
STRENGTH_SHIFT = PHRASE_BITS + THEORY_BITS
PHRASE_MASK = (1 << PHRASE_BITS) - 1
THEORY_MASK = (1 << THEORY_BITS) - 1


def packed(strength: int, theory: int, phrase: int) -> int:
    """A posting; the smaller the better."""
    return (GREATEST_STRENGTH - strength) << STRENGTH_SHIFT | theory << PHRASE_BITS | phrase


def strength_of(posting: int) -> int:
    """How strongly the term speaks for the theory, 0 to 1000."""
    return GREATEST_STRENGTH - (posting >> STRENGTH_SHIFT)


def theory_of(posting: int) -> int:
    """The number of the theory."""
    return posting >> PHRASE_BITS & THEORY_MASK


def phrase_of(posting: int) -> int:
    """The number of the phrase that says it best."""
    return posting & PHRASE_MASK


@dataclass(frozen=True, slots=True)
class Postings:
    """All terms. A term that occurs once has its posting in place of a list."""

    _strongest: Mapping[str, int | array[int]]
    _by_theory: Mapping[str, array[int]]

    def count(self, term: str) -> int:
        """In how many theories the term occurs."""
        found = self._strongest.get(term)
        if found is None:
            return 0
        if isinstance(found, int):
            return 1
        return len(self._by_theory[term]) if term in self._by_theory else len(found)

    def strongest(self, term: str) -> Sequence[int]:
        """The strongest postings of the term, no more than ``LONGEST_READ``."""
        found = self._strongest.get(term)
        if found is None:
            return ()
        return (found,) if isinstance(found, int) else found

    def of(self, term: str, theory: int) -> int | None:
        """The posting of the term in one theory."""
        everywhere = self._by_theory.get(term)
        if everywhere is None:
            return next((p for p in self.strongest(term) if theory_of(p) == theory), None)
        place = bisect_left(everywhere, _turned(packed(GREATEST_STRENGTH, theory, 0)))
        if place == len(everywhere):
            return None
        posting = _turned_back(everywhere[place])
        return posting if theory_of(posting) == theory else None


@dataclass(slots=True)
class PostingsBuilder:
    """Collects postings, theory after theory."""

    _lists: dict[str, int | array[int]] = field(default_factory=dict)

    def add(self, postings: Mapping[str, int]) -> None:
        """File one theory's postings, one a term."""
        lists = self._lists
        for term, posting in postings.items():
            found = lists.get(term)
            if found is None:
                lists[term] = posting
            elif isinstance(found, int):
                lists[term] = array("Q", (found, posting))
            else:
                found.append(posting)

    def finish(self) -> Postings:
        """Sort and cut the lists."""
        by_theory: dict[str, array[int]] = {}
        for term, found in self._lists.items():
            if isinstance(found, int):
                continue
            if len(found) > LONGEST_READ:
                by_theory[term] = array("Q", sorted(map(_turned, found)))
            self._lists[term] = array("Q", sorted(found)[:LONGEST_READ])
        return Postings(self._lists, by_theory)


def _turned(posting: int) -> int:
    """The posting with the theory in the highest bits, to sort by it."""
    rest = posting >> STRENGTH_SHIFT << PHRASE_BITS | posting & PHRASE_MASK
    return theory_of(posting) << (PHRASE_BITS + 10) | rest


def _turned_back(turned: int) -> int:
    theory, rest = turned >> (PHRASE_BITS + 10), turned & ((1 << (PHRASE_BITS + 10)) - 1)
    return rest >> PHRASE_BITS << STRENGTH_SHIFT | theory << PHRASE_BITS | rest & PHRASE_MASK
