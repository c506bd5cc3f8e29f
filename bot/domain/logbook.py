"""Logging progress on one paper: what the form shows, what comes back, what is stored then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalogue import Theory
from bot.domain.errors import ClubError
from bot.domain.members import NoteSharing
from bot.domain.notes import LONGEST_NOTE, NoteEmpty, NoteKind, clean_text
from bot.domain.outline import Outline, SectionsUnclear
from bot.domain.papers import Paper
from bot.domain.progress import Depth

# What a member can say of themselves; *signed up* is what signing up says.
LOGGABLE = (Depth.READING, Depth.READ, Depth.ALMOST, Depth.UNDERSTOOD)

# The form has one field for what somebody doubts or asks.
_SAME_FIELD = frozenset({NoteKind.DOUBT, NoteKind.QUESTION})


class NothingLogged(ClubError):
    """The form came back empty, and nothing was stored of this paper before."""


@dataclass(frozen=True, slots=True)
class Take:
    """The newest note that a member wrote about a paper, of one field of the form."""

    note_id: int
    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class LogForm:
    """What the form is filled in with. ``takes`` hold at most one a field."""

    theory: Theory
    paper: Paper
    depth: Depth | None = None
    done: frozenset[str] = frozenset()
    takes: tuple[Take, ...] = ()

    def take(self, kind: NoteKind) -> Take | None:
        """What stands in the field for notes of this kind."""
        return next((take for take in self.takes if same_field(take.kind, kind)), None)


@dataclass(frozen=True, slots=True)
class WrittenTake:
    """One of the form's texts. ``shown`` is the note it was filled in with, if any."""

    kind: NoteKind
    text: str
    shown: int | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What came back from a form.

    ``depth`` is what is chosen and ``shown`` what was when the form opened. ``sections`` are
    the ids ticked, or the member's own words where they are written as text; None where the
    form did not ask.
    """

    depth: Depth | None = None
    shown: Depth | None = None
    sections: frozenset[str] | str | None = None
    takes: tuple[WrittenTake, ...] = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """What is stored of a member and a paper, and what has just become of it.

    ``due_at`` is when the open sign-up is due and ``closed`` whether it has just been closed
    as read. ``noted`` are the kinds of note that were added or changed; ``undecided`` the ids of
    new ones the member has still to share or keep. ``unclear`` is what could not be read of the
    sections, which then are as they were.
    """

    theory: Theory
    paper: Paper
    depth: Depth | None
    done: frozenset[str] = frozenset()
    due_at: datetime | None = None
    closed: bool = False
    noted: tuple[NoteKind, ...] = ()
    sharing: NoteSharing = NoteSharing.ASK
    undecided: tuple[int, ...] = ()
    unclear: SectionsUnclear | None = None

    @property
    def outline(self) -> Outline:
        """The paper's sections."""
        return Outline(self.paper.sections)

    @property
    def offers_read(self) -> bool:
        """Every section is done, and yet the paper does not count as read."""
        is_read = self.depth is not None and self.depth.is_reader
        return not is_read and self.outline.is_complete(self.done)


def depth_after(stored: Depth | None, entry: LogEntry, *, any_done: bool) -> Depth | None:
    """The depth that an entry leads to.

    Only what a member changed in the form counts, so a form that was open for long lowers
    nothing by itself; a shallower choice is a correction. Who has done a section is reading.
    """
    chosen = entry.depth if entry.depth in LOGGABLE and entry.depth != entry.shown else None
    depth = stored if chosen is None else chosen
    if any_done and depth in (None, Depth.SIGNED_UP):
        return Depth.READING
    return depth


def same_field(one: NoteKind, other: NoteKind) -> bool:
    """Whether the form has one field for both kinds."""
    return one == other or {one, other} <= _SAME_FIELD


def kind_of_doubt(text: str) -> NoteKind:
    """A doubt, or a question where the text ends like one."""
    return NoteKind.QUESTION if text.rstrip().endswith(("?", "？", "؟")) else NoteKind.DOUBT


def clean(text: str) -> str:
    """A typed text as a note can be stored, within its length; empty when nothing is to be seen."""
    try:
        return clean_text(text[:LONGEST_NOTE])
    except NoteEmpty:
        return ""
