"""What stands in a catalogue file, key by key, and how it becomes a domain value.

A model checks one value at a time. Rules that compare two values, or two files, are in
``bot.catalogue.rules``, where an error can still name the exact key.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.catalogue.fields import (
    Alias,
    ArxivId,
    Claim,
    Doi,
    HourCount,
    Idea,
    Isbn,
    Note,
    PartialDate,
    Reason,
    SectionId,
    ShortTitle,
    Slug,
    Text,
    Title,
    Url,
    Why,
    Year,
)
from bot.domain.catalogue import Difficulty, Hours, Relation, RelationKind, Theory, Vocabulary
from bot.domain.papers import Link, Paper, PaperType, Role, Section


class Entry(BaseModel):
    """A table of a catalogue file: no unknown keys, no silent conversions."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class SectionEntry(Entry):
    """A part of a paper, or one of the neutral parts."""

    id: SectionId
    title: ShortTitle

    def to_section(self) -> Section:
        """The domain value."""
        return Section(self.id, self.title)


class LinkEntry(Entry):
    """Where a work can be read."""

    label: Alias
    url: Url
    free: bool


class PaperEntry(Entry):
    """One ``[[papers]]`` table; the keys are those of the domain's ``Paper``."""

    id: Slug
    # TOML has no enumerations, so these two are read from text.
    role: Annotated[Role, Field(strict=False)]
    type: Annotated[PaperType, Field(strict=False)]
    title: Title
    authors: list[ShortTitle] = []
    links: list[LinkEntry] = []
    title_variants: list[Title] = []
    first_public: PartialDate | None = None
    first_public_where: ShortTitle | None = None
    year: Year | None = None
    list_year: Year | None = None
    venue: Title | None = None
    arxiv: ArxivId | None = None
    doi: Doi | None = None
    isbn: Isbn | None = None
    peer_reviewed: bool | None = None
    hours: HourCount | None = None
    length: ShortTitle | None = None
    sections: list[SectionEntry] = []
    note: Note | None = None
    unverified: list[Text] = []

    def to_paper(self, neutral_sections: tuple[Section, ...]) -> Paper:
        """The domain value; without an outline it is read by the neutral sections."""
        lists = {"authors", "links", "title_variants", "sections", "unverified"}
        outline = tuple(s.to_section() for s in self.sections)
        return Paper(
            **self.model_dump(exclude=lists),
            authors=tuple(self.authors),
            links=tuple(Link(x.label, x.url, x.free) for x in self.links),
            title_variants=tuple(self.title_variants),
            sections=outline or neutral_sections,
            outlined=bool(outline),
            unverified=frozenset(self.unverified),
        )


class DifficultyEntry(Entry):
    """The ``[difficulty]`` table."""

    level: Annotated[int, Field(ge=1, le=5)]
    reason: Reason


class HoursEntry(Entry):
    """The ``[hours]`` table: all primary papers together."""

    typical: HourCount
    low: HourCount | None = None
    high: HourCount | None = None
    note: Note | None = None


class RelationEntry(Entry):
    """One ``[[relations]]`` table: an edge that starts at the file's own theory."""

    to: Slug
    kind: Annotated[RelationKind, Field(strict=False)]
    why: Why


class TheoryFile(Entry):
    """A whole file of ``data/theories``."""

    slug: Slug
    order: Annotated[int, Field(ge=1, le=9999)]
    name: ShortTitle
    short_name: Annotated[Text, Field(max_length=32)]
    claim: Claim
    key_ideas: Annotated[list[Idea], Field(min_length=5, max_length=6)]
    difficulty: DifficultyEntry
    hours: HoursEntry
    prerequisites: Annotated[list[Text], Field(min_length=1)]
    topic: Text
    aliases: list[Alias] = []
    prompts: Annotated[list[Idea], Field(min_length=4, max_length=4)]
    safety_relevance: Annotated[Text, Field(max_length=500)]
    list_text: Title | None = None
    baseline: bool = False
    papers: Annotated[list[PaperEntry], Field(min_length=1)]
    relations: list[RelationEntry] = []

    def to_theory(self, neutral_sections: tuple[Section, ...]) -> Theory:
        """The domain value, without the relations, which belong to the whole catalogue."""
        return Theory(
            slug=self.slug,
            order=self.order,
            name=self.name,
            short_name=self.short_name,
            claim=self.claim,
            key_ideas=tuple(self.key_ideas),
            difficulty=Difficulty(self.difficulty.level, self.difficulty.reason),
            hours=Hours(**self.hours.model_dump()),
            prerequisites=tuple(self.prerequisites),
            topic=self.topic,
            papers=tuple(p.to_paper(neutral_sections) for p in self.papers),
            aliases=tuple(self.aliases),
            prompts=tuple(self.prompts),
            safety_relevance=self.safety_relevance,
            list_text=self.list_text or "",
            baseline=self.baseline,
        )

    def to_relations(self) -> tuple[Relation, ...]:
        """The edges that start at this theory."""
        return tuple(Relation(self.slug, r.to, r.kind, r.why) for r in self.relations)


class VocabularyFile(Entry):
    """The file ``data/vocabulary.toml``."""

    prerequisites: Annotated[dict[Slug, ShortTitle], Field(min_length=1)]
    topics: Annotated[dict[Slug, ShortTitle], Field(min_length=1)]
    neutral_sections: Annotated[list[SectionEntry], Field(min_length=1)]

    def to_vocabulary(self) -> Vocabulary:
        """The domain value."""
        return Vocabulary(
            prerequisites=MappingProxyType(dict(self.prerequisites)),
            topics=MappingProxyType(dict(self.topics)),
            neutral_sections=tuple(s.to_section() for s in self.neutral_sections),
        )
