"""Notes: a member's structured take on a paper, and who may read it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import ClubError

LONGEST_NOTE = 4000
# How many notes stand on the card itself, on a page of a theory's notes, of what was found, and
# of one's own (each of those has three buttons, and a message five rows).
NOTES_ON_CARD = 3
NOTES_A_PAGE = 5
OWN_NOTES_A_PAGE = 4
# The words of a search that count, and how much of each.
MOST_WORDS = 8
LONGEST_WORD = 40


class NoteKind(StrEnum):
    """What a note is."""

    CLAIM = "claim"
    EVIDENCE = "evidence"
    DOUBT = "doubt"
    QUESTION = "question"


class NoteEmpty(ClubError):
    """A note without a word in it."""


class NoteTooLong(ClubError):
    """A note has at most ``limit`` characters and this one has ``length``."""

    def __init__(self, length: int, limit: int = LONGEST_NOTE) -> None:
        super().__init__(length, limit)
        self.length = length
        self.limit = limit


class NothingToFind(ClubError):
    """A search without a letter or a digit."""


class OwnNote(ClubError):
    """One's own note is edited or deleted, not reported."""


class ReportedAlready(ClubError):
    """The member has reported this note before."""


@dataclass(frozen=True, slots=True)
class Source:
    """The message a note was saved from. ``author`` is the writer's name where it is known."""

    channel_id: int
    message_id: int
    author_id: int
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One note. ``author_id`` is None once its member was erased and left it without a name.

    ``author`` is the display name last seen. ``is_hidden``: an organiser took it out of others'
    sight. ``reports`` counts the members who found it wrong for the server; it is zero wherever
    the reader need not know.
    """

    id: int
    author_id: int | None
    author: str | None
    paper_id: str
    kind: NoteKind
    text: str = field(repr=False)
    shared: bool
    created_at: datetime
    updated_at: datetime
    source: Source | None = None
    is_hidden: bool = False
    reports: int = 0

    def is_of(self, user_id: int) -> bool:
        """Whether the member wrote it."""
        return self.author_id == user_id

    def without_reports(self) -> Note:
        """The same for anybody but an organiser: who found it wrong is not said, nor whether."""
        return replace(self, reports=0)

    @property
    def is_quote(self) -> bool:
        """Whether the words are somebody else's, saved from a message."""
        return self.source is not None and self.source.author_id != self.author_id


@dataclass(frozen=True, slots=True)
class PaperNotes:
    """The shared notes on one paper.

    ``is_blind``: others' notes open after one's own is in; ``is_open``: they are for the viewer.
    """

    shared: int = 0
    is_blind: bool = False
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class TheoryNotes:
    """What a card shows of a server's shared notes on a theory's papers.

    ``newest`` holds at most NOTES_ON_CARD that the viewer may read, newest first, and
    ``for_all`` those of them, or older ones, that anybody may.
    """

    papers: Mapping[str, PaperNotes]
    newest: tuple[Note, ...] = ()
    for_all: tuple[Note, ...] = ()

    @property
    def total(self) -> int:
        """How many the viewer may read."""
        return sum(paper.shared for paper in self.papers.values() if paper.is_open)

    def for_everybody(self) -> TheoryNotes:
        """The same where everybody looks on: nothing of a paper in blind mode."""
        papers = {
            paper_id: replace(paper, is_open=not paper.is_blind)
            for paper_id, paper in self.papers.items()
        }
        return TheoryNotes(papers, self.for_all, self.for_all)


@dataclass(frozen=True, slots=True)
class NotesPage:
    """One page of notes. ``page`` counts from 0; ``total`` is None where nobody counted.

    ``closed`` are the papers whose notes wait for the viewer's own. ``blind`` are those in
    blind mode. ``organises``: the viewer may hide notes and switch blind mode here.
    """

    notes: tuple[Note, ...]
    page: int
    has_next: bool
    total: int | None = None
    closed: tuple[str, ...] = ()
    blind: frozenset[str] = frozenset()
    organises: bool = False


@dataclass(frozen=True, slots=True)
class OpenNote:
    """One note in full, for a reader who may report it, or an organiser who may hide it."""

    note: Note
    is_own: bool
    organises: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A note that was found, with the place around the hit: parts of text and which were hit."""

    note: Note
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """One page of what a search found. ``words`` are those that counted."""

    words: tuple[str, ...]
    found: tuple[Excerpt, ...]
    page: int
    has_next: bool


def clean_text(text: str) -> str:
    """What is kept of a note as it was typed: no control character, no white space around.

    Raises NoteEmpty and NoteTooLong.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    kept = kept.strip()
    if not any(is_letter_or_digit(c) or unicodedata.category(c)[0] in "SP" for c in kept):
        raise NoteEmpty
    if len(kept) > LONGEST_NOTE:
        raise NoteTooLong(len(kept))
    return kept


def search_words(typed: str) -> tuple[str, ...]:
    """The words of a search, at most MOST_WORDS of at most LONGEST_WORD characters each.

    What has no letter and no digit in it finds nothing and is left out. Raises NothingToFind.
    """
    words = []
    for word in typed[: 20 * LONGEST_WORD].split():
        # A colon ends an argument in the id of a button; to the search it ends a word anyway.
        for part in word.replace(":", " ").split():
            kept = "".join(c for c in part if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
            if any(is_letter_or_digit(c) for c in kept[:LONGEST_WORD]):
                words.append(kept[:LONGEST_WORD])
    if not words:
        raise NothingToFind
    return tuple(words[:MOST_WORDS])


def is_letter_or_digit(character: str) -> bool:
    """Whether a search can find it."""
    return unicodedata.category(character)[0] in "LN"


def page_within(page: int, total: int, size: int) -> int:
    """``page`` itself, or the last one when that lies past the end."""
    return min(max(page, 0), max(0, (total - 1) // size))
