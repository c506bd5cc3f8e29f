"""One prepared part of a catalogue: an index is made of one, or of several over each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.search.corpus import Corpus
from bot.domain.search.hits import Hit
from bot.domain.search.identifiers import named_in
from bot.domain.search.normalise import content_of, words_of
from bot.domain.search.postings import phrase_of, theory_of
from bot.domain.search.rank import Ranking, Scored, weights_of
from bot.domain.search.readings import Reader

MOST_WORDS = 12

_NOT_AS_WRITTEN = 98.0
"""The highest score of what is not literally what was typed, such as its plural."""
_NEXT_IDENTIFIER = 40.0
_MOST_BESIDES = 64


@dataclass(frozen=True, slots=True)
class Layer:
    """Theories, or papers by themselves. ``hidden`` are the keys of those that count no more."""

    corpus: Corpus
    reader: Reader = field(repr=False)
    hidden: frozenset[str] = frozenset()

    @classmethod
    def of(cls, corpus: Corpus) -> Layer:
        """The layer of a finished corpus."""
        return cls(corpus, Reader(corpus.postings, corpus.lexicon))

    def without(self, keys: frozenset[str]) -> Layer:
        """The same layer in which these are not found."""
        return replace(self, hidden=keys)

    def named(self, keys: Sequence[str]) -> list[Hit]:
        """What the first known of these identifiers and links names."""
        for key in keys:
            if found := self._standing(self.corpus.identifiers.strongest(key)):
                return [self._hit(Scored(theory_of(p), 100.0, phrase_of(p))) for p in found]
        return []

    def ranked(self, words: Sequence[str], query: str, limit: int, *, growing: bool) -> list[Hit]:
        """What answers the words, the best first; only what says ``query`` stands at the top."""
        words = self.reader.separated(words)[:MOST_WORDS]
        content = content_of(words)
        if not content or not len(self.corpus):
            return []
        units = self.reader.read(words, growing=growing)
        weights = weights_of(content, units, self.corpus.postings, len(self.corpus))
        besides = min(len(self.hidden), _MOST_BESIDES)
        ranking = Ranking(self.corpus.postings, weights, limit + besides)
        ranking.gather(units)
        ranking.settle()
        scored = ranking.scored()
        if self.hidden:
            scored = [one for one in scored if self.corpus.keys[one.theory] not in self.hidden]
        return self._preferring_verbatim(scored, query)

    def beside(self, key: str) -> Iterator[Hit]:
        """What is named by the known identifiers that stand next to an unknown one."""
        for posting in self._standing(tuple(self.corpus.beside(key))):
            yield self._hit(Scored(theory_of(posting), _NEXT_IDENTIFIER, phrase_of(posting)))

    def first(self, count: int) -> Iterator[Hit]:
        """The first of the catalogue, as hits that nothing speaks for."""
        for number in range(min(len(self.corpus), count)):
            yield self.corpus.first_hit(number)

    def _standing(self, postings: Sequence[int]) -> Sequence[int]:
        if not self.hidden:
            return postings
        return [p for p in postings if self.corpus.keys[theory_of(p)] not in self.hidden]

    def _preferring_verbatim(self, scored: Sequence[Scored], query: str) -> list[Hit]:
        """The hits; only one that is literally what was typed stands at the very top."""
        hits = [self._hit(one) for one in scored]
        capped = [
            replace(hit, score=_NOT_AS_WRITTEN)
            if hit.score > _NOT_AS_WRITTEN and not says(hit.matched, query)
            else hit
            for hit in hits
        ]
        # Sorting is stable: equals stay in catalogue order.
        return sorted(capped, key=lambda hit: -hit.score)

    def _hit(self, scored: Scored) -> Hit:
        return self.corpus.hit(scored.theory, scored.score, scored.phrase)


def says(text: str, query: str) -> bool:
    """Is the query this text in full, whatever the order of the words?"""
    said, asked = words_of(text), words_of(query)
    return "".join(said) == "".join(asked) or sorted(said) == sorted(asked)


def named_and_typed(query: str) -> tuple[tuple[str, ...], list[str]]:
    """The identifiers and links in a query, and the words it has beside them."""
    named = named_in(query)
    return named.keys, words_of(named.rest if named.keys else query)[:MOST_WORDS]
