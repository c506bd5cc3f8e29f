"""The known words, to be found by their beginning or in spite of a typo.

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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from zlib import crc32

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

SHORTEST_MISTYPED = 4
_SHORTEST_MISTYPED_TWICE = 8
_DELETING_FROM = 7
"""SymSpell's prefix length. Correct for every distance smaller than it."""
_MEASURED = 64
_WINDOW = 32
_BESIDE = 6
_LAST_LETTER = "\U0010ffff"
_WORD_BITS = 32


def edits_allowed(length: int) -> int:
    """How many typos are forgiven in a word of this length."""
    if length < SHORTEST_MISTYPED:
        return 0
    return 1 if length < _SHORTEST_MISTYPED_TWICE else 2


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in alphabetical order, each with a rank: 0 is the word most worth offering."""

    _words: Sequence[str]
    _ranks: array[int]
    _crowded: Mapping[str, tuple[int, ...]]
    _deletions: array[int]

    @classmethod
    def build(cls, worth: Mapping[str, int]) -> Lexicon:
        """Prepare the words; ``worth`` says of each how much it is worth to be offered."""
        words = sorted(worth)
        order = sorted(range(len(words)), key=lambda n: (-worth[words[n]], len(words[n]), n))
        ranks = array("I", bytes(4 * len(words)))
        for rank, number in enumerate(order):
            ranks[number] = rank
        return cls(words, ranks, _crowded(words, ranks), _deletion_entries(words))

    def starting_with(self, beginning: str, limit: int) -> list[str]:
        """Words with this beginning, the most worthy first."""
        first, end = self._range(beginning)
        numbers: Iterable[int] = range(first, end)
        if end - first > _WINDOW:
            numbers = self._crowded[beginning]
        best = sorted(numbers, key=self._ranks.__getitem__)[:limit]
        return [self._words[number] for number in best]

    def mistyped(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Words this may be a typo of, with the number of edits, the nearest first."""
        edits = edits_allowed(len(word))
        if not edits:
            return []
        choices = {number: self._words[number] for number in self._sharing_a_deletion(word)}
        found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
        near = [
            (distance, self._ranks[number], known)
            for known, distance, number in found
            if distance <= edits_allowed(len(known))
        ]
        return [(known, int(distance)) for distance, _, known in sorted(near)[:limit]]

    def beside(self, word: str, limit: int) -> list[tuple[str, float]]:
        """Words next to it in the alphabet, with their likeness (0 to 1), the likest first."""
        place = bisect_left(self._words, word)
        choices = self._words[max(0, place - _BESIDE) : place + _BESIDE]
        found = process.extract(word, choices, scorer=fuzz.ratio, limit=limit)
        return [(known, likeness / 100) for known, likeness, _ in found]

    def _range(self, beginning: str) -> tuple[int, int]:
        first = bisect_left(self._words, beginning)
        return first, bisect_left(self._words, beginning + _LAST_LETTER, first)

    def _sharing_a_deletion(self, word: str) -> list[int]:
        entries, found = self._deletions, dict[int, None]()
        for key in _deletion_keys(word):
            place = bisect_left(entries, key << _WORD_BITS)
            while place < len(entries) and entries[place] >> _WORD_BITS == key:
                found[entries[place] & ((1 << _WORD_BITS) - 1)] = None
                place += 1
                if len(found) >= _MEASURED:
                    return list(found)
        return list(found)


def _deletion_keys(word: str) -> list[int]:
    """Hashes of the word's beginning with letters deleted, the fewest deletions first."""
    beginning = word[:_DELETING_FROM]
    kept = (
        "".join(letters)
        for deleted in range(edits_allowed(len(word)) + 1)
        for letters in combinations(beginning, len(beginning) - deleted)
    )
    return [crc32(letters.encode()) for letters in dict.fromkeys(kept)]


def _deletion_entries(words: Sequence[str]) -> array[int]:
    entries = array("Q")
    for number, word in enumerate(words):
        if len(word) >= SHORTEST_MISTYPED:
            entries.extend(key << _WORD_BITS | number for key in _deletion_keys(word))
    return array("Q", sorted(entries))


def _crowded(words: Sequence[str], ranks: array[int]) -> dict[str, tuple[int, ...]]:
    """For each beginning that too many words share to look at them all: the best of them."""
    crowded: dict[str, tuple[int, ...]] = {}
    numbers: Iterable[int] = range(len(words))
    length = 0
    while numbers := list(numbers):
        length += 1
        still: list[int] = []
        long_enough = (number for number in numbers if len(words[number]) >= length)
        for beginning, sharing in groupby(long_enough, key=lambda n: words[n][:length]):
            group = list(sharing)
            if len(group) > _WINDOW:
                crowded[beginning] = tuple(sorted(group, key=ranks.__getitem__)[:_WINDOW])
                still += group
        numbers = still
    return crowded
