"""A server's own theories and papers, beside the shipped ones, and what it did to them.

A shipped entry is never changed or lost: an own one of the same id stands aside for it. Nothing is
ever taken out of a catalogue but by undoing that it was added: an entry that is not wanted any
more is *retired*, so that those who read it keep what they have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.catalogue import RelationKind, Theory
from bot.domain.entries import Entry
from bot.domain.errors import ClubError

MOST_ENTRIES = 10_000
"""How many entries of its own a server may have, the retired ones among them."""
TIME_TO_UNDO = timedelta(minutes=10)

_LONGEST_ID = 40
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,59}")


class EntryKind(StrEnum):
    """What an own entry is."""

    THEORY = "theory"
    PAPER = "paper"


EntryRef = tuple[EntryKind, str]
"""An entry of one server: its kind, and its slug or its paper's id."""


class EditKind(StrEnum):
    """What was done to the server's catalogue in one step."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    RESTORED = "restored"
    IMPORTED = "imported"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class OwnRelation:
    """An own theory stands in ``kind`` to the theory ``target`` (its slug), because of ``why``."""

    target: str
    kind: RelationKind
    why: str = ""


@dataclass(frozen=True, slots=True)
class OwnTheory:
    """A theory of a server. ``theory`` has no papers: they are entries of their own.

    The theories that ``relations`` lead to may be gone: such a relation is kept, and not shown.
    """

    theory: Theory
    retired: bool = False
    relations: tuple[OwnRelation, ...] = ()

    @property
    def ref(self) -> EntryRef:
        """Which entry it is."""
        return EntryKind.THEORY, self.theory.slug

    @property
    def title(self) -> str:
        """What people call it."""
        return self.theory.name


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper of a server. ``work.key`` is its id; ``work.theory`` is there, shipped or own."""

    work: Entry
    retired: bool = False

    @property
    def ref(self) -> EntryRef:
        """Which entry it is."""
        return EntryKind.PAPER, self.work.key

    @property
    def title(self) -> str:
        """What people call it."""
        return self.work.title


OwnEntry = OwnTheory | OwnPaper


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry before and after a step; None where it was not there."""

    before: OwnEntry | None
    after: OwnEntry | None

    @property
    def ref(self) -> EntryRef:
        """Which entry it is."""
        stands = self.after or self.before
        assert stands is not None
        return stands.ref


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of a server's catalogue: one entry, or all those of an import.

    ``author`` is a name as last seen, None for whoever was erased. ``undoes`` is the id of the
    step it takes back, ``undone`` whether it was taken back itself.
    """

    id: int
    kind: EditKind
    author: str | None
    happened_at: datetime
    entries: int
    undoes: int | None
    undone: bool

    @property
    def undo_until(self) -> datetime:
        """Until when it can be taken back."""
        return self.happened_at + TIME_TO_UNDO

    def can_undo(self, now: datetime) -> bool:
        """Whether it can be taken back at that moment, as far as time and kind go."""
        return self.kind is not EditKind.UNDONE and not self.undone and now <= self.undo_until


class CatalogueFull(ClubError):
    """The server would have more than ``MOST_ENTRIES`` of its own."""


class EntryUnknown(ClubError):
    """No entry of the server's own is meant by those words."""


class ShippedEntry(ClubError):
    """It comes with the program, so no server changes it."""


class ChangedSince(ClubError):
    """What a step made was changed again since; ``title`` is one such entry."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class StillNeeded(ClubError):
    """Entries rest on it: papers of a theory, or what members read. ``title`` is what is needed."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class TheoryRetired(ClubError):
    """Nothing is added to a theory that is offered no more; ``title`` is what it is called."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class TheoryGone(ClubError):
    """The paper called ``title`` would go back to a theory that was taken back meanwhile."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


def undone(
    changes: Mapping[EntryRef, EntryChange], present: Mapping[EntryRef, OwnEntry]
) -> tuple[EntryChange, ...]:
    """The changes that take others back. Raises ChangedSince where an entry has moved on."""
    for ref, change in changes.items():
        if present.get(ref) != change.after:
            stands = present.get(ref) or change.after or change.before
            assert stands is not None
            raise ChangedSince(stands.title)
    return tuple(EntryChange(change.after, change.before) for change in changes.values())


def is_identifier(key: str) -> bool:
    """Whether an id can stand in the id of a button, beside what the button means."""
    return _IDENTIFIER.fullmatch(key) is not None


def identifier_from(words: str, taken: Container[str]) -> str:
    """An id made of a name or key: small letters, digits and hyphens, and none that is taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].rstrip("-") or "entry"
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
