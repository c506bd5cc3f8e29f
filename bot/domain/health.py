"""What organisers have to know about the bot's health: what is wrong, and what mends it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.boards import Board
from bot.domain.clubs import Club, ClubTrouble
from bot.domain.event_answers import EventTrouble
from bot.domain.living import POSTING, MessageTrouble
from bot.domain.reminders import DeliveryState, Planned, Reason

WATCHED = timedelta(days=7)
"""What failed longer ago than this, or before an organiser had seen it, is not told any more."""

BACKUP_EXPECTED = timedelta(hours=26)
LEAST_FREE = 200_000_000
"""Bytes. With less room than that on its disk the database may soon take no more."""

MEETING = (*POSTING, "embed_links", "create_public_threads", "send_messages_in_threads")

# What the channel's own finding tells, and what its reader did.
_TOLD_ELSEWHERE = frozenset({Reason.FORBIDDEN, Reason.GONE, Reason.CLOSED})
_NOT_DELIVERED = (DeliveryState.FAILED, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Missed:
    """So many reminders of a club that did not go out, or may not have, for the same reason."""

    club_id: int
    state: DeliveryState
    reason: Reason
    count: int


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How the reminders of a server stand. ``unanswered`` wait for Discord to say what became."""

    last: Planned | None
    last_at: datetime | None
    next: Planned | None
    unanswered: int
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """The database of the installation. Sizes in bytes; ``free`` is what its disk has left.

    ``opened_at`` is when this process opened it; ``is_backed_up`` is whether this process makes
    backups by itself.
    """

    revision: str
    sqlite: str
    size: int
    free: int
    backup_at: datetime | None
    opened_at: datetime
    is_backed_up: bool


@dataclass(frozen=True, slots=True)
class HealthReport:
    """Everything that is known without asking Discord.

    ``ahead`` is by how much this clock is ahead of Discord's. Nothing is sent while it
    ``is_out_of_step``, nor before ``paused_until``.
    """

    clubs: tuple[Club, ...]
    boards: tuple[Board, ...]
    events: EventTrouble | None
    ledger: LedgerState
    ahead: timedelta
    is_out_of_step: bool
    paused_until: datetime | None
    database: DatabaseState

    def club(self, club_id: int) -> Club | None:
        """A live club of the server."""
        return next((club for club in self.clubs if club.id == club_id), None)

    def missed_for(self, *reasons: Reason) -> int:
        """How many reminders did not go out for these reasons."""
        return sum(one.count for one in self.ledger.missed if one.reason in reasons)


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
class BoardChannelGone:
    """The board's channel is gone."""

    board: Board


@dataclass(frozen=True, slots=True)
class BoardShutOut:
    """As ClubShutOut, for a board."""

    board: Board
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardOutOfSight:
    """The board's channel is not known: it is gone, or a thread at rest."""

    board: Board


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
    | BoardChannelGone
    | BoardShutOut
    | BoardOutOfSight
    | EventsStopped
    | NotDelivered
    | BackupOverdue
    | DiskNearlyFull
)


def channels_of(report: HealthReport) -> Mapping[int, tuple[str, ...]]:
    """The permissions the bot needs in each channel that it has something to do in, by its id."""
    needed: dict[int, tuple[str, ...]] = {board.channel_id: POSTING for board in report.boards}
    return needed | {club.channel_id: MEETING for club in report.clubs}


def findings(
    report: HealthReport,
    missing: Mapping[int, tuple[str, ...]],
    gone: Collection[int],
    now: datetime,
) -> tuple[Finding, ...]:
    """What is wrong, the worst first.

    ``missing`` are the permissions that the bot lacks by channel id, and ``gone`` the ids of
    channels that are no more, as Discord has them now.
    """
    return (
        *_about_sending(report),
        *_about_clubs(report, missing, gone),
        *_about_boards(report, missing, gone),
        *([] if report.events is None else [EventsStopped(report.events)]),
        *_about_missed(report),
        *_about_database(report.database, now),
    )


def _about_sending(report: HealthReport) -> Iterator[Finding]:
    if report.is_out_of_step:
        yield ClockOff(report.ahead)
    if report.paused_until is not None:
        yield SendingPaused(report.paused_until)


def _about_clubs(
    report: HealthReport, missing: Mapping[int, tuple[str, ...]], gone: Collection[int]
) -> Iterator[Finding]:
    for club in report.clubs:
        lacking = missing.get(club.channel_id, ())
        if club.channel_id in gone or club.trouble is ClubTrouble.CHANNEL_GONE:
            yield ClubChannelGone(club)
        elif lacking or club.trouble is not None:
            yield ClubShutOut(club, lacking)


def _about_boards(
    report: HealthReport, missing: Mapping[int, tuple[str, ...]], gone: Collection[int]
) -> Iterator[Finding]:
    for board in report.boards:
        lacking = tuple(name for name in missing.get(board.channel_id, ()) if name in POSTING)
        if board.trouble is MessageTrouble.CHANNEL_GONE:
            yield BoardChannelGone(board)
        elif board.channel_id in gone:
            yield BoardOutOfSight(board)
        elif lacking or board.trouble is not None:
            yield BoardShutOut(board, lacking)


def _about_missed(report: HealthReport) -> Iterator[Finding]:
    for one in report.ledger.missed:
        if one.state in _NOT_DELIVERED and one.reason not in _TOLD_ELSEWHERE:
            yield NotDelivered(report.club(one.club_id), one)


def _about_database(database: DatabaseState, now: datetime) -> Iterator[Finding]:
    known = [at for at in (database.backup_at, database.opened_at) if at is not None]
    if database.is_backed_up and now - max(known) > BACKUP_EXPECTED:
        yield BackupOverdue(database.backup_at)
    if database.free < LEAST_FREE:
        yield DiskNearlyFull(database.free)
