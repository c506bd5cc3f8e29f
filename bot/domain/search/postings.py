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
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

GREATEST_STRENGTH = 1000
LONGEST_READ = 32
"""How many postings of a term are read at most: what a query costs must not grow with it."""

PHRASE_BITS = 24
THEORY_BITS = 20
STRENGTH_SHIFT = PHRASE_BITS + THEORY_BITS
_SHORTFALL_BITS = GREATEST_STRENGTH.bit_length()
_TURNED_SHIFT = _SHORTFALL_BITS + PHRASE_BITS
_SHORTFALL_MASK = (1 << _SHORTFALL_BITS) - 1
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

    def among(self, term: str, theories: Collection[int]) -> Iterator[int]:
        """The postings of the term in certain theories, few of them."""
        everywhere = self._by_theory.get(term)
        if everywhere is None:
            yield from (p for p in self.strongest(term) if theory_of(p) in theories)
            return
        for theory in theories:
            place = bisect_left(everywhere, theory << _TURNED_SHIFT)
            if place < len(everywhere) and everywhere[place] >> _TURNED_SHIFT == theory:
                yield _turned_back(everywhere[place])


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
    shortfall, phrase = posting >> STRENGTH_SHIFT, posting & PHRASE_MASK
    return theory_of(posting) << _TURNED_SHIFT | shortfall << PHRASE_BITS | phrase


def _turned_back(turned: int) -> int:
    shortfall = turned >> PHRASE_BITS & _SHORTFALL_MASK
    posting = turned >> _TURNED_SHIFT << PHRASE_BITS | turned & PHRASE_MASK
    return shortfall << STRENGTH_SHIFT | posting
