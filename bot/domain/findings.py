"""What can be wrong with the bot in a server, each with what tells it from others of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.boards import Board
from bot.domain.clubs import Club
from bot.domain.event_answers import EventTrouble
from bot.domain.reminders import DeliveryState, Reason
from bot.domain.rounds import Round

Post = Board | Round
"""What keeps a message up to date in a channel: a sign-up board, or a split by its panel."""


@dataclass(frozen=True, slots=True)
class Missed:
    """So many reminders of a club that did not go out, or may not have, for the same reason."""

    club_id: int
    state: DeliveryState
    reason: Reason
    count: int


@dataclass(frozen=True, slots=True)
class ClockOff:
    """The clock is so far ahead of Discord's (behind it: negative) that nothing is sent."""

    ahead: timedelta


@dataclass(frozen=True, slots=True)
class SendingPaused:
    """Discord refuses too much: nothing is sent until then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class ClubChannelGone:
    """The club's channel is gone."""

    club: Club


@dataclass(frozen=True, slots=True)
class ClubShutOut:
    """The bot lacks these permissions in the club's channel; none: it was refused all the same."""

    club: Club
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostChannelGone:
    """The channel of a message that lives on is gone."""

    post: Post


@dataclass(frozen=True, slots=True)
class PostShutOut:
    """As ClubShutOut, for a message that lives on."""

    post: Post
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostOutOfSight:
    """The channel of a message that lives on is not known: it is gone, or a thread at rest."""

    post: Post


@dataclass(frozen=True, slots=True)
class EventsStopped:
    """The sessions are not among the server's scheduled events."""

    trouble: EventTrouble


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """Reminders of a club (None: one that is over) failed, or nobody knows whether they did."""

    club: Club | None
    missed: Missed


@dataclass(frozen=True, slots=True)
class BackupOverdue:
    """No backup was made for longer than a day; ``since`` is the last one, None without any."""

    since: datetime | None


@dataclass(frozen=True, slots=True)
class DiskNearlyFull:
    """The disk of the database has only so many bytes left."""

    free: int


Finding = (
    ClockOff
    | SendingPaused
    | ClubChannelGone
    | ClubShutOut
    | PostChannelGone
    | PostShutOut
    | PostOutOfSight
    | EventsStopped
    | NotDelivered
    | BackupOverdue
    | DiskNearlyFull
)
