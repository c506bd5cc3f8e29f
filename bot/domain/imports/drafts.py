"""A file that was read and waits to be confirmed, and what confirming it would do."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import ClubError
from bot.domain.imports.comparison import (
    Changed,
    Comparison,
    Duplicate,
    New,
    Repeated,
    Unplaced,
)
from bot.domain.imports.contents import Format, Refused

TIME_TO_CONFIRM = timedelta(hours=1)
"""How long a file that was read is kept without being confirmed."""


class ImportGone(ClubError):
    """The file waits no more: it was imported, thrown away, replaced, or its hour is over."""


class NothingToImport(ClubError):
    """Importing the file would change nothing."""


class Group(StrEnum):
    """What becomes of an entry of the file."""

    NEW = "new"
    UNPLACED = "unplaced"
    CHANGED = "changed"
    KNOWN = "known"
    TWICE = "twice"
    REFUSED = "refused"


Member = New | Unplaced | Changed | Duplicate | Repeated | Refused


def members_of(comparison: Comparison, group: Group) -> Sequence[Member]:
    """The entries of a group, in the file's order."""
    groups: dict[Group, Sequence[Member]] = {
        Group.NEW: comparison.new,
        Group.UNPLACED: comparison.unplaced,
        Group.CHANGED: comparison.changed,
        Group.KNOWN: comparison.duplicates,
        Group.TWICE: comparison.repeated,
        Group.REFUSED: comparison.refused,
    }
    return groups[group]


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A file as it was read. ``lines`` are what the reading process said of it.

    ``digest`` is the SHA-256 of its bytes, ``into`` the slug of the theory for works that name
    none (None: such works are left out). It belongs to who attached it.
    """

    id: int
    guild_id: int
    user_id: int
    file_name: str
    format: Format
    digest: str
    lines: str
    into: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ImportView:
    """What confirming a draft would do to the catalogue as it is now.

    ``unused`` are the names of the file's fields that nothing is done with.
    """

    draft: ImportDraft
    comparison: Comparison
    unused: tuple[str, ...]

    @property
    def seen(self) -> str:
        """A digest of all that it would do: another one, and something else would be done."""
        return hashlib.sha256(repr(self.comparison).encode()).hexdigest()[:12]

    @property
    def counts(self) -> Counts:
        """How much it would do."""
        return Counts(len(self.comparison.new), len(self.comparison.changed))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many works are added, and how many of the server's own are changed."""

    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class Imported:
    """A file is in the catalogue as ``view`` said. ``line_id`` is what undoes it."""

    view: ImportView
    line_id: int


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """The catalogue was changed after the preview: nothing is imported, this is what would be."""

    view: ImportView
