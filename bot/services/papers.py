"""Finding the paper a member means: for the options of commands that take one."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.errors import PaperUnknown, StaleControl
from bot.domain.papers import Paper
from bot.domain.search import Hit
from bot.services.catalogues import Catalogues

_CHOICES = 25


class Papers:
    """The works of a server's catalogue, by id or by whatever a member types."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    async def find(self, guild_id: int | None, words: str) -> tuple[Theory, Paper]:
        """The paper that ``words`` mean: its id, its title, or what leads to its theory.

        Where the words mean a theory and no particular work of it, its first primary paper.
        Raises PaperUnknown.
        """
        catalogue = await self._catalogues.of(guild_id)
        named = _named(catalogue, words)
        if named is not None:
            return named
        hit = (await self._catalogues.index(guild_id)).look_up(words).best
        found = () if hit is None else _meant(catalogue, hit)
        if not found:
            raise PaperUnknown
        return found[0]

    async def get(self, guild_id: int | None, paper_id: str) -> tuple[Theory, Paper]:
        """The paper a button is about. Raises StaleControl when it is gone."""
        found = _with_id(await self._catalogues.of(guild_id), paper_id)
        if found is None:
            raise StaleControl
        return found

    async def suggestions(
        self, guild_id: int | None, typed: str, first: Iterable[str] = ()
    ) -> tuple[tuple[Theory, Paper], ...]:
        """At most 25 papers for what is typed; for nothing, those of ``first``, then primary ones.

        ``first`` are ids of papers the member is most likely to mean, in their order.
        """
        catalogue = await self._catalogues.of(guild_id)
        known = (_with_id(catalogue, paper_id) for paper_id in first)
        found = [pair for pair in known if pair is not None]
        if typed.strip():
            wanted = " ".join(typed.split()).casefold()
            found = [pair for pair in found if wanted in pair[1].title.casefold()]
            index = await self._catalogues.index(guild_id)
            for hit in index.complete_works(typed, _CHOICES):
                found += _meant(catalogue, hit)
        else:
            found += [(t, p) for t in catalogue for p in t.primary_papers]
        unique = {paper.id: (theory, paper) for theory, paper in found}
        return tuple(unique.values())[:_CHOICES]


def _with_id(catalogue: Catalogue, paper_id: str) -> tuple[Theory, Paper] | None:
    theory = catalogue.theory_of(paper_id)
    paper = None if theory is None else theory.paper(paper_id)
    return None if theory is None or paper is None else (theory, paper)


def _named(catalogue: Catalogue, words: str) -> tuple[Theory, Paper] | None:
    known = _with_id(catalogue, words)
    if known is not None:
        return known
    wanted = " ".join(words.split()).casefold()
    for theory in catalogue:
        for paper in theory.papers:
            if wanted in (paper.title.casefold(), *(v.casefold() for v in paper.title_variants)):
                return theory, paper
    return None


def _meant(catalogue: Catalogue, hit: Hit) -> tuple[tuple[Theory, Paper], ...]:
    """The paper that was found, then those that its theory means."""
    theory = catalogue.get(hit.slug)
    if theory is None:
        return ()
    paper = theory.paper(hit.paper_id) if hit.paper_id else None
    mine = () if paper is None else ((theory, paper),)
    return (*mine, *((theory, one) for one in theory.primary_papers[:_CHOICES]))
