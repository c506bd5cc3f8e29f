"""The catalogue one server sees: the shipped one with the server's own entries laid over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.catalogue import Catalogue, Hours, Relation, RelationKind, Theory
from bot.domain.entries import paper_of, tidy
from bot.domain.own_entries import OwnEntry, OwnPaper, OwnTheory
from bot.domain.papers import Paper, Role

# In names such as a DOI an underscore is common, and one alone has no meaning.
_LIVE_IN_NAMES = str.maketrans("*`~|[]<>@\\", "\u2217\u02cb\u223c\u2223［］‹›＠＼")
_LIVE: dict[int, int] = {**_LIVE_IN_NAMES, ord("_"): ord("＿"), ord("#"): ord("＃")}

DEFAULT_ROLE = Role.PRIMARY
"""What a paper of a server is to its theory unless somebody says otherwise."""


def overlay(shipped: Catalogue, own: Iterable[OwnEntry]) -> Catalogue:
    """The shipped theories in their order, then the server's own by name.

    Every shipped theory, paper and relation is there as it was shipped, own papers after its own
    ones. An own entry whose id is shipped stands aside: papers of such a theory go to the shipped
    one. A paper whose theory does not exist is left out, and so is a relation with one that is
    not on offer.
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
        (e.retired, _with_hours(filled(_theory_shown(e.theory, first + n))))
        for n, e in enumerate(theories)
    ]
    return Catalogue(
        (*map(filled, shipped), *(theory for retired, theory in ordered if not retired)),
        (*shipped.relations, *_relations(shipped, theories)),
        shipped.vocabulary,
        tuple(theory for retired, theory in ordered if retired),
    )


def paper_shown(entry: OwnPaper, catalogue: Catalogue) -> Paper:
    """An own paper as the catalogue shows it: with texts in which nothing is live."""
    paper = paper_of(entry.work, catalogue.vocabulary.neutral_sections, DEFAULT_ROLE)
    return replace(
        paper,
        title=inert(paper.title),
        authors=_inert(paper.authors),
        links=tuple(replace(link, label=inert(link.label)) for link in paper.links),
        title_variants=_inert(paper.title_variants),
        first_public_where=_inert_or_none(paper.first_public_where),
        venue=_inert_or_none(paper.venue),
        arxiv=_inert_or_none(paper.arxiv),
        doi=None if paper.doi is None else paper.doi.translate(_LIVE_IN_NAMES),
        length=_inert_or_none(paper.length),
        sections=tuple(replace(part, title=inert(part.title)) for part in paper.sections),
        note=_inert_or_none(paper.note),
    )


def inert(text: str) -> str:
    """The text with look-alikes of the signs that Discord gives a meaning to.

    So it reads the same wherever it stands, in a message as on a button or in a picture, and can
    be neither a mention nor a link nor markup. What a server wrote is kept as it was.
    """
    return tidy(text).translate(_LIVE).replace("://", ":\u200b//")


def _theory_shown(theory: Theory, order: int) -> Theory:
    return replace(
        theory,
        order=order,
        name=inert(theory.name),
        short_name=inert(theory.short_name),
        claim=inert(theory.claim),
        key_ideas=_inert(theory.key_ideas),
        aliases=_inert(theory.aliases),
        prompts=_inert(theory.prompts),
        safety_relevance=inert(theory.safety_relevance),
        difficulty=replace(theory.difficulty, reason=inert(theory.difficulty.reason)),
    )


def _relations(shipped: Catalogue, own: Iterable[OwnTheory]) -> tuple[Relation, ...]:
    """The relations of own theories; one without direction once, though both ends name it."""
    offered = [entry for entry in own if not entry.retired]
    known = {theory.slug for theory in shipped} | {entry.theory.slug for entry in offered}
    found: dict[tuple[RelationKind, str, str], Relation] = {}
    for entry in offered:
        source = entry.theory.slug
        for related in entry.relations:
            ends = source, related.target
            if related.kind is not RelationKind.EXTENDS:
                ends = min(ends), max(ends)
            if related.target in known and related.target != source:
                relation = Relation(source, related.target, related.kind, inert(related.why))
                found.setdefault((related.kind, *ends), relation)
    return tuple(found.values())


def _inert(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(inert, texts))


def _inert_or_none(text: str | None) -> str | None:
    return None if text is None else inert(text)


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
