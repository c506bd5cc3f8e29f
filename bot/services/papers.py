"""Finding the paper a member means: for the options of commands that take one."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.catalogue import Catalogue, Paper, Theory
from bot.domain.errors import PaperUnknown, StaleControl
from bot.domain.search import SearchIndex

_CHOICES = 25


class Papers:
    """The works of the catalogue, by id or by whatever a member types."""

    def __init__(self, catalogue: Catalogue, index: SearchIndex) -> None:
        self._catalogue = catalogue
        self._index = index

    def find(self, words: str) -> tuple[Theory, Paper]:
        """The paper that ``words`` mean: its id, its title, or what leads to its theory.

        Where the words mean a theory and no particular work of it, its first primary paper.
        Raises PaperUnknown.
        """
        named = self._named(words)
        if named is not None:
            return named
        hit = self._index.look_up(words).best
        theory = None if hit is None else self._catalogue.get(hit.slug)
        if hit is None or theory is None:
            raise PaperUnknown
        paper = theory.paper(hit.paper_id) if hit.paper_id else None
        return theory, paper or theory.primary_papers[0]

    def get(self, paper_id: str) -> tuple[Theory, Paper]:
        """The paper a button is about. Raises StaleControl when it is gone."""
        theory = self._catalogue.theory_of(paper_id)
        paper = None if theory is None else theory.paper(paper_id)
        if theory is None or paper is None:
            raise StaleControl
        return theory, paper

    def suggestions(
        self, typed: str, first: Iterable[str] = ()
    ) -> tuple[tuple[Theory, Paper], ...]:
        """At most 25 papers for what is typed; for nothing, those of ``first``, then primary ones.

        ``first`` are ids of papers the member is most likely to mean, in their order.
        """
        preferred = [
            self.get(paper_id) for paper_id in first if self._catalogue.theory_of(paper_id)
        ]
        if typed.strip():
            found = self._matching(typed, preferred)
        else:
            primary = [(t, p) for t in self._catalogue for p in t.primary_papers]
            found = [*preferred, *primary]
        unique = {paper.id: (theory, paper) for theory, paper in found}
        return tuple(unique.values())[:_CHOICES]

    def _named(self, words: str) -> tuple[Theory, Paper] | None:
        if self._catalogue.theory_of(words) is not None:
            return self.get(words)
        wanted = " ".join(words.split()).casefold()
        for theory in self._catalogue:
            for paper in theory.papers:
                if wanted in (
                    paper.title.casefold(),
                    *(v.casefold() for v in paper.title_variants),
                ):
                    return theory, paper
        return None

    def _matching(
        self, typed: str, preferred: list[tuple[Theory, Paper]]
    ) -> list[tuple[Theory, Paper]]:
        wanted = " ".join(typed.split()).casefold()
        found = [pair for pair in preferred if wanted in pair[1].title.casefold()]
        for hit in self._index.complete(typed, _CHOICES):
            theory = self._catalogue.get(hit.slug)
            if theory is None:
                continue
            paper = theory.paper(hit.paper_id) if hit.paper_id else None
            found += [(theory, paper)] if paper else []
            found += [(theory, p) for p in theory.primary_papers]
        return found
