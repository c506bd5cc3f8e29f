"""What is kept about a member, and how they are erased.

An erasure takes effect after a time to think better of it. Copies of the database made before
live on for a while; the last of them goes at a moment the member is told beforehand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import ClubError

TIME_TO_UNDO = timedelta(minutes=10)
BACKUPS_KEPT = timedelta(days=28)
# Past the last backup there is nothing left to erase again; a week of slack for a late clock.
ERASURES_REMEMBERED = BACKUPS_KEPT + timedelta(days=7)
# A server that removed the bot is forgotten after this.
GUILD_KEPT = timedelta(days=30)
# What a member writes to confirm.
CONFIRMATION = "ERASE"

Value = str | int | bool | None


class ErasureUnconfirmed(ClubError):
    """The word that confirms an erasure was not written."""


class NothingToUndo(ClubError):
    """No erasure waits to take effect: it was undone, or never asked for, or it is done."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """A member's wish to be erased. ``keep_notes``: shared notes stay, without a name."""

    id: int
    guild_id: int
    user_id: int
    asked_at: datetime
    keep_notes: bool

    @property
    def takes_effect_at(self) -> datetime:
        """When it can no longer be undone."""
        return self.asked_at + TIME_TO_UNDO

    @property
    def backups_gone_at(self) -> datetime:
        """When the last copy of the database that still holds the member is deleted."""
        return self.takes_effect_at + BACKUPS_KEPT


@dataclass(frozen=True, slots=True)
class PastErasure:
    """An erasure that took effect, as it is remembered: whom, only a keyed hash can tell."""

    digest: str
    at: datetime
    keep_notes: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of what is kept about a member. ``name`` is a key, ``rows`` the things kept."""

    name: str
    rows: tuple[Mapping[str, Value], ...]


@dataclass(frozen=True, slots=True)
class MemberFile:
    """Everything that is kept about one member in one server. No section is empty."""

    guild_id: int
    user_id: int
    made_at: datetime
    sections: tuple[Section, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many things of each kind."""
        return {section.name: len(section.rows) for section in self.sections}


def is_confirmed(written: str) -> bool:
    """Whether this confirms an erasure; capitals and spaces around it do not matter."""
    return written.strip().upper() == CONFIRMATION
