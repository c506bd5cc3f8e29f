"""The catalogue: theories of machine learning and how they relate.

Plain values: they are read by ``bot.catalogue`` (shipped files) and the storage (a server's own).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from bot.domain.papers import Paper, Role, Section


class RelationKind(StrEnum):
    """How one theory stands to another. Only *extends* has a direction."""

    EXTENDS = "extends"
    CONTRASTS = "contrasts"
    SHARES_TOOLS = "shares-tools"


@dataclass(frozen=True, slots=True)
class Difficulty:
    """``level`` is 1 (an essay) to 5 (needs a field few readers have); ``reason`` says why."""

    level: int
    reason: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Focused hours for all primary papers together; ``low`` and ``high`` bound the estimate."""

    typical: float
    low: float | None = None
    high: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Theory:
    """One entry of the catalogue."""

    slug: str
    order: int
    name: str
    short_name: str
    claim: str
    key_ideas: tuple[str, ...]
    difficulty: Difficulty
    hours: Hours
    prerequisites: tuple[str, ...]
    topic: str
    papers: tuple[Paper, ...]
    aliases: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    safety_relevance: str = ""
    list_text: str = ""
    baseline: bool = False
    retired_papers: tuple[Paper, ...] = ()

    @property
    def primary_papers(self) -> tuple[Paper, ...]:
        """The works the theory means; reading any one of them counts for it."""
        return tuple(p for p in self.papers if p.role is Role.PRIMARY)

    @property
    def every_paper(self) -> tuple[Paper, ...]:
        """All its works, the retired ones last."""
        return self.papers + self.retired_papers

    @property
    def counting_ids(self) -> list[str]:
        """The ids of the works that make a reader of the theory, those retired since too."""
        return [p.id for p in self.every_paper if p.role is Role.PRIMARY]

    def paper(self, paper_id: str) -> Paper | None:
        """The work with this id, offered or retired; None where there is none."""
        return next((p for p in self.every_paper if p.id == paper_id), None)


@dataclass(frozen=True, slots=True)
class Relation:
    """``source`` stands in ``kind`` to ``target`` (both slugs), because of ``why``."""

    source: str
    target: str
    kind: RelationKind
    why: str


@dataclass(frozen=True, slots=True)
class RelatedTheory:
    """A relation seen from one of its ends. ``outgoing`` is True at its source."""

    theory: Theory
    kind: RelationKind
    outgoing: bool
    why: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The controlled words: prerequisite tag -> meaning, topic -> title, neutral sections."""

    prerequisites: Mapping[str, str]
    topics: Mapping[str, str]
    neutral_sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All theories in their order, with look-ups that cost the same at any size.

    ``retired`` theories are found for whoever reads them, and stand in no list.
    """

    theories: tuple[Theory, ...]
    relations: tuple[Relation, ...]
    vocabulary: Vocabulary
    retired: tuple[Theory, ...] = ()
    _by_slug: Mapping[str, Theory] = field(init=False, repr=False, compare=False)
    _by_paper: Mapping[str, Theory] = field(init=False, repr=False, compare=False)
    _related: Mapping[str, tuple[RelatedTheory, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_slug = {t.slug: t for t in (*self.theories, *self.retired)}
        object.__setattr__(self, "_by_slug", MappingProxyType(by_slug))
        by_paper = {p.id: t for t in by_slug.values() for p in t.every_paper}
        object.__setattr__(self, "_by_paper", MappingProxyType(by_paper))
        related = _related_by_slug(by_slug, self.relations)
        object.__setattr__(self, "_related", MappingProxyType(related))

    def __iter__(self) -> Iterator[Theory]:
        return iter(self.theories)

    def __len__(self) -> int:
        return len(self.theories)

    def get(self, slug: str) -> Theory | None:
        """The theory with this slug, or None."""
        return self._by_slug.get(slug)

    def theory_of(self, paper_id: str) -> Theory | None:
        """The theory a paper belongs to, or None for an unknown paper."""
        return self._by_paper.get(paper_id)

    def is_retired(self, theory: Theory) -> bool:
        """Whether it is kept for its readers alone."""
        return any(theory is gone for gone in self.retired)

    def offers(self, paper_id: str) -> bool:
        """Whether a paper is there and neither it nor its theory is retired."""
        theory = self.theory_of(paper_id)
        if theory is None or self.is_retired(theory):
            return False
        return any(paper.id == paper_id for paper in theory.papers)

    def related(self, slug: str) -> tuple[RelatedTheory, ...]:
        """Every theory related to this one, whichever end names the relation."""
        return self._related.get(slug, ())


def _related_by_slug(
    by_slug: Mapping[str, Theory], relations: Iterable[Relation]
) -> dict[str, tuple[RelatedTheory, ...]]:
    ends: dict[str, list[RelatedTheory]] = {slug: [] for slug in by_slug}
    for r in relations:
        ends[r.source].append(RelatedTheory(by_slug[r.target], r.kind, True, r.why))
        ends[r.target].append(RelatedTheory(by_slug[r.source], r.kind, False, r.why))
    order = list(RelationKind)
    for rows in ends.values():
        rows.sort(key=lambda row: (order.index(row.kind), not row.outgoing, row.theory.order))
    return {slug: tuple(rows) for slug, rows in ends.items()}
