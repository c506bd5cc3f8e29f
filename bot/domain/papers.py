"""The works that are read: what each is to its theory, its parts, and where it is found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a paper is to its theory. Reading any *primary* one counts for the theory."""

    PRIMARY = "primary"
    FOLLOWUP = "followup"
    BACKGROUND = "background"
    SECONDARY = "secondary"


class PaperType(StrEnum):
    """The form of a work, as a reader would name it."""

    ARTICLE = "article"
    PREPRINT = "preprint"
    REVIEW = "review"
    BOOK = "book"
    ESSAY = "essay"
    WEB_ARTICLE = "web-article"
    THREAD = "thread"
    TUTORIAL = "tutorial"
    TALK = "talk"
    CODE = "code"
    NOTES = "notes"
    CURRICULUM = "curriculum"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper that progress is logged against.

    ``id`` is a string that never changes (chapter numbers may be letters or signs).
    """

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where a work can be read. ``free`` is False behind a paywall, None where nobody has said."""

    label: str
    url: str
    free: bool | None


@dataclass(frozen=True, slots=True)
class Paper:
    """One work to read that belongs to a theory.

    ``first_public`` is an ISO date of one to three parts ("2020", "2020-06", "2020-06-27").
    ``year`` is the year of the formal publication, ``list_year`` the year the founding list
    gives; the three may differ. ``hours`` are focused hours for a reader who has the
    prerequisites. ``unverified`` names the fields whose value nobody has confirmed in a
    primary source: they are shown as such or not at all. ``outlined`` is False when
    ``sections`` are the neutral units because the true headings are not known.
    """

    id: str
    role: Role
    type: PaperType
    title: str
    authors: tuple[str, ...]
    links: tuple[Link, ...] = ()
    title_variants: tuple[str, ...] = ()
    first_public: str | None = None
    first_public_where: str | None = None
    year: int | None = None
    list_year: int | None = None
    venue: str | None = None
    arxiv: str | None = None
    doi: str | None = None
    isbn: str | None = None
    peer_reviewed: bool | None = None
    hours: float | None = None
    length: str | None = None
    sections: tuple[Section, ...] = ()
    outlined: bool = False
    note: str | None = None
    unverified: frozenset[str] = frozenset()

    @property
    def years(self) -> tuple[int, ...]:
        """Every year somebody may know this work by, oldest first."""
        first = int(self.first_public[:4]) if self.first_public else None
        return tuple(sorted({y for y in (first, self.year, self.list_year) if y is not None}))
