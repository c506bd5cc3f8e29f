"""Texts that a misspelled one may stand for.

Typos are found through a neighbourhood of deletions, as in SymSpell (W. Garbe, "1000x
faster spelling correction", 2012; the idea is Mor and Fraenkel, "A hash code method for
detecting and correcting spelling errors", CACM 25(12), 1982): two words within one edit of
each other become equal when a letter is deleted from one or both. Only the first letters of
a word take part, which keeps the dictionary small; RapidFuzz then measures the true distance
(optimal string alignment: insert, delete, substitute, transpose) of a bounded number of words.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_MISTYPED = 4
SHORTEST_MISTYPED_TWICE = 8
DELETING_FROM = 7
"""SymSpell's prefix length. Correct for every distance smaller than it."""
_MEASURED = 64
_NUMBER_BITS = 32
_NUMBER_MASK = (1 << _NUMBER_BITS) - 1


def edits_allowed(length: int) -> int:
    """How many typos are forgiven in a word of this length."""
    if length < SHORTEST_MISTYPED:
        return 0
    return 1 if length < SHORTEST_MISTYPED_TWICE else 2


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Words, and for every hash of a word with letters deleted the number of the word."""

    words: Sequence[str]
    _deletions: array[int]

    @classmethod
    def build(cls, words: Sequence[str]) -> Neighbourhood:
        """Prepare the words; their order decides which are measured when too many are near."""
        entries: list[int] = []
        for number, word in enumerate(words):
            if len(word) >= SHORTEST_MISTYPED:
                entries += [key << _NUMBER_BITS | number for key in _deletion_keys(word)]
        entries.sort()
        return cls(words, array("Q", entries))

    def near(self, word: str) -> list[tuple[int, int]]:
        """The edits that lead to a word, and its number; the fewest edits first."""
        edits = edits_allowed(len(word))
        if not edits:
            return []
        choices = {number: self.words[number] for number in self.sharing_a_deletion(word)}
        found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return sorted(
            (int(distance), number)
            for known, distance, number in found
            if distance <= edits_allowed(len(known))
        )

    def sharing_a_deletion(self, word: str) -> list[int]:
        """The numbers of the words that may be near, a bounded number of them."""
        entries, found = self._deletions, dict[int, None]()
        for key in _deletion_keys(word):
            place = bisect_left(entries, key << _NUMBER_BITS)
            while place < len(entries) and entries[place] >> _NUMBER_BITS == key:
                found[entries[place] & _NUMBER_MASK] = None
                place += 1
                if len(found) >= _MEASURED:
                    return list(found)
        return list(found)


def _deletion_keys(word: str) -> list[int]:
    """Hashes of the word's beginning with letters deleted, the fewest deletions first."""
    beginning = word[:DELETING_FROM]
    kept: dict[str, None] = {}
    for deleted in range(edits_allowed(len(word)) + 1):
        letters = combinations(beginning, len(beginning) - deleted)
        kept.update(dict.fromkeys(map("".join, letters)))
    return list(map(crc32, map(str.encode, kept)))
