"""What the words of a query may stand for: known terms, exactly, begun, mistyped or joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from bot.domain.search.lexicon import Lexicon
from bot.domain.search.normalise import content_of, has_digit, joined, stem, unordered
from bot.domain.search.postings import Postings, strength_of

_TELLING = 700
"""From this strength on an exact term needs no guesses beside it."""
_SHORTEST_BEGINNING = 3
_SHORTEST_PART = 4
_LONGEST_COMPOUND = 24
_WORDS_OF_COMPOUND = 4
_GUESSED_WORDS = 6
"""So many words of one query are guessed at; typos in more of them are not met in practice."""
_BEGINNINGS, _GROWN, _TYPOS, _NEIGHBOURS = 6, 16, 4, 2
_LIKE_ENOUGH = 0.75


@dataclass(frozen=True, slots=True)
class Reading:
    """One term a unit may stand for, and how surely (0 to 1)."""

    term: str
    quality: float


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of the query that are read together, by their positions, the surest reading first."""

    positions: tuple[int, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads queries against what the catalogue knows."""

    postings: Postings
    lexicon: Lexicon

    def read(self, words: Sequence[str], *, growing: bool = False) -> list[Unit]:
        """Every unit that stands for something. The last word of a ``growing`` query is begun."""
        content = content_of(words)
        units = self._single_words(content, growing=growing)
        units += self._joined_words(words, content, growing=growing)
        return [unit for unit in units if unit.readings]

    def separated(self, words: Sequence[str]) -> list[str]:
        """The words, with two that were written as one taken apart if nobody knows that one."""
        return [part for word in words for part in self._parts(word)]

    def _parts(self, word: str) -> tuple[str, ...]:
        if len(word) < 2 * _SHORTEST_PART or has_digit(word) or self.postings.count(stem(word)):
            return (word,)
        if self._mistyped(word) or self._begun(word, 1, 0.0):
            return (word,)
        for place in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            # A letter too much where they meet is the space that was missed.
            for left, right in ((word[:place], word[place:]), (word[:place], word[place + 1 :])):
                if len(right) >= _SHORTEST_PART and self._are_telling(left, right):
                    return left, right
        return (word,)

    def _are_telling(self, *words: str) -> bool:
        return all(self._is_telling(stem(word)) for word in words)

    def _single_words(self, content: Sequence[str], *, growing: bool) -> list[Unit]:
        units, guesses = [], _GUESSED_WORDS
        for place, word in enumerate(content):
            term = stem(word)
            readings = [Reading(term, 1.0)] if self.postings.count(term) else []
            if growing and place == len(content) - 1:
                readings += self._begun(word, _GROWN, 0.9) or self._misbegun(word)
            if guesses and not self._is_telling(term) and not has_digit(word):
                readings += self._guesses(word)
                guesses -= 1
            units.append(Unit((place,), _surest_first(readings)))
        return units

    def _joined_words(
        self, words: Sequence[str], content: Sequence[str], *, growing: bool
    ) -> list[Unit]:
        if len(words) < 2:
            return []
        units = []
        for one, other in permutations(range(len(content)), 2):
            term = joined((content[one], content[other]))
            if self.postings.count(term):
                units.append(Unit((one, other), (Reading(term, 1.0),)))
        everything = tuple(range(len(content)))
        whole = dict.fromkeys((joined(words), joined(content), unordered(content)))
        readings = [Reading(term, 1.0) for term in whole if self.postings.count(term)]
        compound = "".join(words)
        if len(words) <= _WORDS_OF_COMPOUND and len(compound) <= _LONGEST_COMPOUND:
            if growing:
                readings += self._begun(compound, _GROWN, 0.9)
            if not readings and not has_digit(compound):
                readings += self._mistyped(compound)
        units.append(Unit(everything, _surest_first(readings)))
        return units

    def _is_telling(self, term: str) -> bool:
        found = self.postings.strongest(term)
        return bool(found) and strength_of(found[0]) >= _TELLING

    def _guesses(self, word: str) -> list[Reading]:
        readings = self._mistyped(word)
        if len(word) >= _SHORTEST_BEGINNING:
            readings += self._begun(word, _BEGINNINGS, 0.72)
        if not readings and len(word) > _SHORTEST_BEGINNING:
            beside = self.lexicon.beside(word, _NEIGHBOURS)
            readings = [Reading(stem(w), like - 0.1) for w, like in beside if like >= _LIKE_ENOUGH]
        return readings

    def _mistyped(self, word: str) -> list[Reading]:
        """Typo readings of the word as it stands, and if there is none, of its singular."""
        for form in dict.fromkeys((word, stem(word))):
            if found := self.lexicon.mistyped(form, _TYPOS):
                return [Reading(stem(w), 1 - 1.2 * edits / len(form)) for w, edits in found]
        return []

    def _misbegun(self, beginning: str) -> list[Reading]:
        words = self.lexicon.misbegun(beginning, _BEGINNINGS)
        return [Reading(stem(w), 0.9 - edits / len(beginning)) for w, edits in words]

    def _begun(self, beginning: str, limit: int, least: float) -> list[Reading]:
        words = self.lexicon.starting_with(beginning, limit)
        return [Reading(stem(w), least + (1 - least) * len(beginning) / len(w)) for w in words]


def _surest_first(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """One reading a term, the surest; the order among equals is the order of finding."""
    surest: dict[str, Reading] = {}
    for reading in readings:
        known = surest.get(reading.term)
        if known is None or known.quality < reading.quality:
            surest[reading.term] = reading
    return tuple(sorted(surest.values(), key=lambda reading: -reading.quality))
