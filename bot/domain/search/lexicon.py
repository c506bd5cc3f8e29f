"""The known words, to be found by their beginning or in spite of a typo."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.domain.search.neighbourhood import (
    DELETING_FROM,
    SHORTEST_MISTYPED,
    Neighbourhood,
    edits_allowed,
)

_WINDOW = 32
_BESIDE = 6
_BEGINNINGS_TRIED = 3
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in alphabetical order, each with a rank: 0 is the word most worth offering."""

    _words: Sequence[str]
    _ranks: array[int]
    _crowded: Mapping[str, tuple[int, ...]]
    _spellings: Neighbourhood
    _beginnings: Neighbourhood

    @classmethod
    def build(cls, worth: Mapping[str, int]) -> Lexicon:
        """Prepare the words; ``worth`` says of each how much it is worth to be offered."""
        words = sorted(worth)
        order = sorted(range(len(words)), key=lambda n: (-worth[words[n]], len(words[n]), n))
        ranks = array("I", bytes(4 * len(words)))
        for rank, number in enumerate(order):
            ranks[number] = rank
        return cls(
            words,
            ranks,
            _crowded(words, ranks),
            Neighbourhood.build(words),
            Neighbourhood.build(_beginnings(words)),
        )

    def starting_with(self, beginning: str, limit: int) -> list[str]:
        """Words with this beginning, the most worthy first."""
        return [self._words[number] for number in self._numbers(beginning, limit)]

    def _numbers(self, beginning: str, limit: int) -> list[int]:
        first = bisect_left(self._words, beginning)
        end = bisect_left(self._words, beginning + _LAST_LETTER, first)
        numbers: Iterable[int] = range(first, end)
        if end - first > _WINDOW:
            numbers = self._crowded[beginning]
        return sorted(numbers, key=self._ranks.__getitem__)[:limit]

    def mistyped(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Words this may be a typo of, with the number of edits, the nearest first."""
        near = [
            (edits, self._ranks[number], self._words[number])
            for edits, number in self._spellings.near(word)
        ]
        return [(known, edits) for edits, _, known in sorted(near)[:limit]]

    def misbegun(self, beginning: str, limit: int) -> list[tuple[str, int]]:
        """Words whose beginning this may be a typo of, with the edits, the nearest first."""
        allowed = edits_allowed(len(beginning))
        found: list[tuple[int, int, str]] = []
        for number in self._possibly_meant(beginning, limit):
            word = self._words[number]
            edits = OSA.distance(beginning, word[: len(beginning)], score_cutoff=allowed)
            if edits <= allowed:
                found.append((max(1, edits), self._ranks[number], word))
        return [(word, edits) for edits, _, word in sorted(found)[:limit]]

    def _possibly_meant(self, beginning: str, limit: int) -> Iterable[int]:
        if len(beginning) >= DELETING_FROM:
            return self._spellings.sharing_a_deletion(beginning)
        near = self._beginnings.near(beginning)[:_BEGINNINGS_TRIED]
        begun = (self._numbers(self._beginnings.words[number], limit) for _, number in near)
        return dict.fromkeys(chain.from_iterable(begun))

    def beside(self, word: str, limit: int) -> list[tuple[str, float]]:
        """Words next to it in the alphabet, with their likeness (0 to 1), the likest first."""
        place = bisect_left(self._words, word)
        choices = self._words[max(0, place - _BESIDE) : place + _BESIDE]
        found = process.extract(word, choices, scorer=fuzz.ratio, limit=limit)
        return [(known, likeness / 100) for known, likeness, _ in found]


def _beginnings(words: Sequence[str]) -> list[str]:
    """Every beginning that may hold a typo and is too short to be found among the words."""
    lengths = range(SHORTEST_MISTYPED, DELETING_FROM)
    return sorted({word[:length] for word in words for length in lengths if len(word) > length})


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
