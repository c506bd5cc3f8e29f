"""What a member sees of one theory, or of the list, before any of it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.domain.catalogue import RelatedTheory, Theory
from bot.domain.coverage import TheoryCoverage
from bot.domain.notes import TheoryNotes
from bot.domain.overview import OwnSignup
from bot.domain.progress import Depth
from bot.domain.signups import PaperStanding

PAGE_SIZE = 5


class CardPage(StrEnum):
    """The pages of a theory's card, in their order."""

    CARD = "card"
    IDEAS = "ideas"
    WORKS = "works"
    DISCUSS = "discuss"
    SAFETY = "safety"
    NOTES = "notes"


class Show(StrEnum):
    """Which theories a list holds."""

    ALL = "all"
    UNCOVERED = "uncovered"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class CardStanding:
    """Who reads a theory's primary papers in a server, and who has explained them.

    ``papers`` has the seats of every primary paper by its id; ``taught`` counts the members to
    whom a listener said "I could now explain it"; ``own`` is the viewer's live sign-up, the
    one due first if they have several.
    """

    papers: Mapping[str, PaperStanding] = field(default_factory=dict)
    taught: int = 0
    own: OwnSignup | None = None


@dataclass(frozen=True, slots=True)
class TheoryCard:
    """One theory with what a server knows of it.

    ``coverage``, ``own_depth``, ``notes`` and ``standing`` are None where there is no server (a
    DM, or a server that the bot is not in). ``alternatives`` are other theories the words may
    have meant. ``explainable`` is the paper that the viewer could explain to others. What
    ``is_retired`` stays for those who read it and is offered to nobody.
    """

    theory: Theory
    related: tuple[RelatedTheory, ...]
    coverage: TheoryCoverage | None = None
    own_depth: Depth | None = None
    alternatives: tuple[Theory, ...] = ()
    notes: TheoryNotes | None = None
    standing: CardStanding | None = None
    explainable: str | None = None
    is_retired: bool = False

    def for_everybody(self) -> TheoryCard:
        """The same card without what concerns the asker alone."""
        notes = None if self.notes is None else self.notes.for_everybody()
        standing = None if self.standing is None else replace(self.standing, own=None)
        return replace(self, own_depth=None, notes=notes, standing=standing, explainable=None)


@dataclass(frozen=True, slots=True)
class TheoryRow:
    """One line of the list."""

    theory: Theory
    coverage: TheoryCoverage | None
    own_depth: Depth | None


@dataclass(frozen=True, slots=True)
class TheoryList:
    """One page of the list, most needed first.

    ``page`` counts from 0; ``total`` is the number of theories on all pages.
    """

    rows: tuple[TheoryRow, ...]
    show: Show
    topic: str | None
    page: int
    total: int
    in_server: bool

    def for_everybody(self) -> TheoryList:
        """The same page without what concerns the asker alone."""
        return replace(self, rows=tuple(replace(row, own_depth=None) for row in self.rows))

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))
