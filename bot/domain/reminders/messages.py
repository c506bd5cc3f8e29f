"""A reminder as it goes out: what it says at that moment, and what was seen of it in a channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.domain.reminders.deliveries import Planned


@dataclass(frozen=True, slots=True)
class Said:
    """What one reminder says now.

    ``subject`` is a value that whoever renders it understands. ``going`` are members it may
    mention, if its kind may mention anybody.
    """

    subject: object
    going: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder in a message. ``late_by`` is how late it is, when that has to be said."""

    planned: Planned
    said: Said
    late_by: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message: one reminder or, to a member, several at once; the first gives it its ``mark``.

    The mark is its nonce and stands in the id of its button, by which it is found again.
    ``mentions`` are the members it mentions. ``plain``: without links or anything else that a
    filter may have refused.
    """

    mark: str
    told: tuple[Told, ...]
    mentions: tuple[int, ...] = ()
    plain: bool = False

    @property
    def lead(self) -> Planned:
        """The reminder whose message it is."""
        return self.told[0].planned


class Seen(Enum):
    """What a look at the messages of a channel showed."""

    FOUND = auto()
    ABSENT = auto()
    UNREADABLE = auto()  # Discord would show an empty channel
    UNCERTAIN = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """The result of looking for a message; ``message_id`` is set when it was found."""

    seen: Seen
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message is looked for: of which mark, and since when it may be there."""

    planned: Planned
    mark: str
    since: datetime
