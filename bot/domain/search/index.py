"""The index: prepared once from a catalogue, then asked as often as anybody likes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.catalogue import Theory, Vocabulary
from bot.domain.search.corpus import Corpus, CorpusBuilder
from bot.domain.search.hits import Hit, LookUp, Reason
from bot.domain.search.identifiers import named_in
from bot.domain.search.normalise import content_of, words_of
from bot.domain.search.phrases import Phrasing
from bot.domain.search.postings import phrase_of, theory_of
from bot.domain.search.rank import Ranking, Scored, weights_of
from bot.domain.search.readings import Reader

LONGEST_QUERY = 200
MOST_WORDS = 12

NEAR = 55.0
"""From this score on a theory is what somebody may have meant."""
_WORTH_LISTING = 25.0
_WORTH_COMPLETING = 60.0
_MARGIN = 20.0
"""So far below the best a theory is still offered beside it."""
_NOT_AS_WRITTEN = 98.0
"""The highest score of what is not literally what was typed, such as its plural."""
_MOST_ALTERNATIVES = 4
_NEAREST = 3
_UNKNOWN_NAMED = 0.9
_NEXT_IDENTIFIER = 40.0
_PLAIN = frozenset({Reason.SLUG, Reason.NAME, Reason.TITLE, Reason.IDENTIFIER, Reason.LINK})
"""Kinds of field which, given in full, leave no doubt about what is meant."""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Finds theories. Every query costs about the same, however many theories there are."""

    _corpus: Corpus
    _reader: Reader

    @classmethod
    def build(cls, theories: Iterable[Theory], vocabulary: Vocabulary | None = None) -> SearchIndex:
        """Prepare the index. The order of the theories does not matter, their ``order`` does."""
        builder = CorpusBuilder(Phrasing(vocabulary))
        for theory in sorted(theories, key=lambda t: (t.order, t.slug)):
            builder.add(theory)
        corpus = builder.finish()
        return cls(corpus, Reader(corpus.postings, corpus.lexicon))

    def search(self, query: str, limit: int = 5) -> tuple[Hit, ...]:
        """The theories that answer a query, the best first, equals in catalogue order."""
        hits = self._ranked(query[:LONGEST_QUERY], limit)
        return tuple(hit for hit in hits if hit.score >= _WORTH_LISTING)[: max(0, limit)]

    def look_up(self, query: str) -> LookUp:
        """The one theory somebody means, what else they may mean, and what is nearest."""
        query = query[:LONGEST_QUERY]
        ranked = self._ranked(query, 1 + _MOST_ALTERNATIVES)
        nearest = self._filled(query, ranked[:_NEAREST])
        if not ranked or ranked[0].score < NEAR:
            return LookUp(None, (), nearest)
        best, *others = ranked
        margin = 0.0 if best.reason in _PLAIN and _says(best.matched, query) else _MARGIN
        floor = max(NEAR, best.score - margin)
        alternatives = [other for other in others if other.score >= floor]
        return LookUp(best, tuple(alternatives[:_MOST_ALTERNATIVES]), nearest)

    def complete(self, prefix: str, limit: int = 25) -> tuple[Hit, ...]:
        """The theories somebody may be about to name; nothing for an empty beginning."""
        prefix = prefix[:LONGEST_QUERY]
        hits = self._ranked(prefix, limit, growing=True)
        return tuple(hit for hit in hits if hit.score >= _WORTH_COMPLETING)[: max(0, limit)]

    def _ranked(self, query: str, limit: int, *, growing: bool = False) -> list[Hit]:
        named = named_in(query)
        for key in named.keys:
            if found := self._corpus.identifiers.strongest(key):
                return [self._hit(Scored(theory_of(p), 100.0, phrase_of(p))) for p in found]
        typed = words_of(named.rest if named.keys else query)[:MOST_WORDS]
        words = self._reader.separated(typed)[:MOST_WORDS]
        content = content_of(words)
        if not content or not len(self._corpus):
            return []
        units = self._reader.read(words, growing=growing)
        weights = weights_of(content, units, self._corpus.postings, len(self._corpus))
        ranking = Ranking(self._corpus.postings, weights, limit)
        ranking.gather(units)
        ranking.settle()
        hits = self._preferring_verbatim(ranking.scored(), query)
        if named.keys:
            return [replace(hit, score=round(hit.score * _UNKNOWN_NAMED, 2)) for hit in hits]
        return hits

    def _preferring_verbatim(self, scored: Sequence[Scored], query: str) -> list[Hit]:
        """The hits; only one that is literally what was typed stands at the very top."""
        hits = [self._hit(one) for one in scored]
        capped = [
            replace(hit, score=_NOT_AS_WRITTEN)
            if hit.score > _NOT_AS_WRITTEN and not _says(hit.matched, query)
            else hit
            for hit in hits
        ]
        # Sorting is stable: equals stay in catalogue order.
        return sorted(capped, key=lambda hit: -hit.score)

    def _filled(self, query: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Three hits, whatever it takes: next to an unknown identifier, then from the first."""
        nearest = {hit.slug: hit for hit in hits}
        for key in named_in(query).keys[:1]:
            for posting in self._corpus.beside(key):
                hit = self._hit(Scored(theory_of(posting), _NEXT_IDENTIFIER, phrase_of(posting)))
                nearest.setdefault(hit.slug, hit)
        for number in range(min(len(self._corpus), 2 * _NEAREST)):
            hit = self._corpus.first_hit(number)
            nearest.setdefault(hit.slug, hit)
        return tuple(sorted(nearest.values(), key=lambda hit: -hit.score)[:_NEAREST])

    def _hit(self, scored: Scored) -> Hit:
        return self._corpus.hit(scored.theory, scored.score, scored.phrase)


def _says(text: str, query: str) -> bool:
    """Is the query this text in full, whatever the order of the words?"""
    said, asked = words_of(text), words_of(query)
    return "".join(said) == "".join(asked) or sorted(said) == sorted(asked)
