"""The catalogue one server sees: the shipped one with the server's own entries laid over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.catalogue import Catalogue, Hours, Paper, Role, Theory
from bot.domain.entries import paper_of
from bot.domain.own_entries import OwnEntry, OwnPaper, OwnTheory

DEFAULT_ROLE = Role.PRIMARY
"""What a paper of a server is to its theory unless somebody says otherwise."""


def overlay(shipped: Catalogue, own: Iterable[OwnEntry]) -> Catalogue:
    """The shipped theories in their order, then the server's own by name.

    Every shipped theory, paper and relation is there as it was shipped, own papers after its own
    ones. An own entry whose id is shipped stands aside: papers of such a theory go to the shipped
    one. A paper whose theory does not exist is left out.
    """
    entries = tuple(own)
    if not entries:
        return shipped
    offered, put_away = _papers(shipped, entries)

    def filled(theory: Theory) -> Theory:
        more, gone = offered.get(theory.slug, []), put_away.get(theory.slug, [])
        if not more and not gone:
            return theory
        return replace(theory, papers=(*theory.papers, *more), retired_papers=tuple(gone))

    theories = [e for e in entries if isinstance(e, OwnTheory)]
    theories = [e for e in theories if shipped.get(e.theory.slug) is None]
    theories.sort(key=lambda e: (e.theory.name.casefold(), e.theory.slug))
    first = max((t.order for t in shipped), default=0) + 1
    ordered = [
        (e.retired, _with_hours(filled(replace(e.theory, order=first + n))))
        for n, e in enumerate(theories)
    ]
    return Catalogue(
        (*map(filled, shipped), *(theory for retired, theory in ordered if not retired)),
        shipped.relations,
        shipped.vocabulary,
        tuple(theory for retired, theory in ordered if retired),
    )


def paper_shown(entry: OwnPaper, catalogue: Catalogue) -> Paper:
    """An own paper as the catalogue shows it."""
    return paper_of(entry.work, catalogue.vocabulary.neutral_sections, DEFAULT_ROLE)


def _papers(
    shipped: Catalogue, entries: Iterable[OwnEntry]
) -> tuple[dict[str, list[Paper]], dict[str, list[Paper]]]:
    """The own papers by theory: those on offer, and the retired ones."""
    offered: dict[str, list[Paper]] = defaultdict(list)
    put_away: dict[str, list[Paper]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, OwnPaper) and shipped.theory_of(entry.work.key) is None:
            kept = put_away if entry.retired else offered
            kept[entry.work.theory or ""].append(paper_shown(entry, shipped))
    return offered, put_away


def _with_hours(theory: Theory) -> Theory:
    """The theory with the hours of its primary papers, where it says none itself."""
    if theory.hours.typical:
        return theory
    total = sum(paper.hours or 0 for paper in theory.primary_papers)
    return replace(theory, hours=Hours(total)) if total else theory
