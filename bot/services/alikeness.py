"""What a server's catalogue has already that a new entry may be."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.domain.entries import Entry, entry_of
from bot.domain.imports.matching import Evidence, Works
from bot.domain.overlay import inert
from bot.domain.own_entries import OwnEntry, OwnPaper
from bot.domain.search import Reason
from bot.services.catalogues import Catalogues, ServerCatalogue

_SURE = 96.0
_NAMES = frozenset({Reason.NAME, Reason.ALIAS, Reason.SLUG})


@dataclass(frozen=True, slots=True)
class Alike:
    """What is there already and may be the same: a theory's slug, or a paper's id.

    ``called`` is the other name by which a theory was found, where it is not its title.
    """

    slug: str
    paper_id: str | None
    title: str
    evidence: Evidence | None = None
    called: str | None = None


async def alike_in(
    catalogues: Catalogues, guild_id: int, here: ServerCatalogue, entry: OwnEntry
) -> Alike | None:
    """A paper by its identifiers or title, a theory by its name; None where nothing is alike."""
    if isinstance(entry, OwnPaper):
        return await asyncio.to_thread(_same_work, here, entry.work)
    # What is retired is found by no search, and is there: it can be offered again.
    name = inert(entry.title).casefold()
    retired = next((t for t in here.catalogue.retired if t.name.casefold() == name), None)
    if retired is not None:
        return Alike(retired.slug, None, retired.name)
    best = (await catalogues.index(guild_id)).look_up(entry.title).best
    if best is None or best.score < _SURE or best.reason not in _NAMES:
        return None
    theory = here.catalogue.get(best.slug)
    called = best.matched if best.reason is Reason.ALIAS else None
    return None if theory is None else Alike(theory.slug, None, theory.name, called=called)


def _same_work(here: ServerCatalogue, wanted: Entry) -> Alike | None:
    """The work of the catalogue that this one is, by its identifiers or its title."""
    works, known = here.works, Works()
    theories = (*here.catalogue.theories, *here.catalogue.retired)
    papers = [(t, p) for t in theories for p in t.every_paper]
    for theory, paper in papers:
        known.add(works.get(paper.id) or entry_of(paper, theory.slug))
    found = known.find(wanted)
    if found is None:
        return None
    number, evidence = found
    theory, paper = papers[number]
    return Alike(theory.slug, paper.id, paper.title, evidence)
