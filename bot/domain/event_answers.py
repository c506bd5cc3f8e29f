"""What Discord answers when scheduled events are listed and changed, as far as it matters here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from bot.domain.native_events import ListedEvent


class EventTrouble(StrEnum):
    """What keeps the clubs of a server from having events, until an organiser mends it."""

    FORBIDDEN = "forbidden"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Listing:
    """The events of a server, anybody's. ``interested`` is how many said so, by event id.

    ``may_change`` is whether the bot is allowed to make events and to change its own.
    """

    events: tuple[ListedEvent, ...]
    may_change: bool = True
    interested: Mapping[int, int] = field(default_factory=dict)


class Outcome(Enum):
    """What became of one step.

    GONE: the event is no longer there. FULL: the server has as many as it may. REFUSED: as it
    stands it will never be taken. UNKNOWN: nobody knows whether it was done.
    """

    DONE = "done"
    GONE = "gone"
    FULL = "full"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a step, and the id of the event when it was created."""

    outcome: Outcome
    event_id: int | None = None
