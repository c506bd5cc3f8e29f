"""The index: prepared once from a catalogue, then asked as often as anybody likes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.catalogue import Theory, Vocabulary
from bot.domain.papers import Paper
from bot.domain.search.corpus import CorpusBuilder
from bot.domain.search.hits import Hit, LookUp, Reason
from bot.domain.search.identifiers import named_in
from bot.domain.search.layer import Layer, named_and_typed, says
from bot.domain.search.phrases import Phrasing

LONGEST_QUERY = 200

NEAR = 55.0
"""From this score on a theory is what somebody may have meant."""
_WORTH_LISTING = 25.0
_WORTH_COMPLETING = 60.0
_MARGIN = 20.0
"""So far below the best a theory is still offered beside it."""
_MOST_ALTERNATIVES = 4
_NEAREST = 3
_UNKNOWN_NAMED = 0.9
_PLAIN = frozenset({Reason.SLUG, Reason.NAME, Reason.TITLE, Reason.IDENTIFIER, Reason.LINK})
"""Kinds of field which, given in full, leave no doubt about what is meant."""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Finds theories. Every query costs about the same, however many theories there are.

    It may have several layers, each prepared by itself. What is in an earlier one stands before
    equals of a later one.
    """

    _layers: tuple[Layer, ...]

    @classmethod
    def build(
        cls,
        theories: Iterable[Theory],
        vocabulary: Vocabulary | None = None,
        papers: Iterable[tuple[str, Paper]] = (),
    ) -> SearchIndex:
        """Prepare the index. The order of the theories does not matter, their ``order`` does.

        ``papers`` are found by themselves, each with the slug of its theory.
        """
        builder = CorpusBuilder(Phrasing(vocabulary))
        for theory in sorted(theories, key=lambda t: (t.order, t.slug)):
            builder.add(theory)
        for slug, paper in papers:
            builder.add_paper(slug, paper)
        return cls((Layer.of(builder.finish()),))

    def followed_by(self, *others: SearchIndex) -> SearchIndex:
        """Its own layers, then those of others."""
        layers = self._layers
        for other in others:
            layers += other._layers  # noqa: SLF001 - of the same class
        return SearchIndex(layers)

    def without(self, keys: frozenset[str]) -> SearchIndex:
        """The same as if these slugs, and keys of papers by themselves, were not there."""
        return SearchIndex(tuple(layer.without(keys) for layer in self._layers))

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
        margin = 0.0 if best.reason in _PLAIN and says(best.matched, query) else _MARGIN
        floor = max(NEAR, best.score - margin)
        alternatives = [other for other in others if other.score >= floor]
        return LookUp(best, tuple(alternatives[:_MOST_ALTERNATIVES]), nearest)

    def complete(self, prefix: str, limit: int = 25) -> tuple[Hit, ...]:
        """The theories somebody may be about to name; nothing for an empty beginning."""
        return _worth_completing(_by_theory(self._begun(prefix, limit)), limit)

    def complete_works(self, prefix: str, limit: int = 25) -> tuple[Hit, ...]:
        """As ``complete``, but papers that are found by themselves stand for themselves."""
        return _worth_completing(self._begun(prefix, limit), limit)

    def _begun(self, prefix: str, limit: int) -> list[Hit]:
        return self._hits(prefix[:LONGEST_QUERY], limit, growing=True)

    def _ranked(self, query: str, limit: int) -> list[Hit]:
        return _by_theory(self._hits(query, limit, growing=False))

    def _hits(self, query: str, limit: int, *, growing: bool) -> list[Hit]:
        keys, typed = named_and_typed(query)
        if keys:
            named = [hit for layer in self._layers for hit in layer.named(keys)]
            if named:
                return named
        hits = [
            hit
            for layer in self._layers
            for hit in layer.ranked(typed, query, limit, growing=growing)
        ]
        if len(self._layers) > 1:
            hits.sort(key=lambda hit: -hit.score)
        if keys:
            return [replace(hit, score=round(hit.score * _UNKNOWN_NAMED, 2)) for hit in hits]
        return hits

    def _filled(self, query: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Three hits, whatever it takes: next to an unknown identifier, then from the first."""
        nearest = {hit.slug: hit for hit in hits}
        for key in named_in(query).keys[:1]:
            for layer in self._layers:
                for hit in layer.beside(key):
                    nearest.setdefault(hit.slug, hit)
        for layer in self._layers[:1]:
            for hit in layer.first(2 * _NEAREST):
                nearest.setdefault(hit.slug, hit)
        return tuple(sorted(nearest.values(), key=lambda hit: -hit.score)[:_NEAREST])


def _by_theory(hits: Iterable[Hit]) -> list[Hit]:
    """The best hit of each theory."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.slug, hit)
    return list(best.values())


def _worth_completing(hits: Iterable[Hit], limit: int) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.score >= _WORTH_COMPLETING)[: max(0, limit)]
