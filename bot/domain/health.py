"""What organisers have to know about the bot's health: what is wrong, and what mends it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.boards import Board
from bot.domain.clubs import Club, ClubTrouble
from bot.domain.event_answers import EventTrouble
from bot.domain.findings import (
    BackupOverdue,
    ClockOff,
    ClubChannelGone,
    ClubShutOut,
    DiskNearlyFull,
    EventsStopped,
    Finding,
    Missed,
    NotDelivered,
    Post,
    PostChannelGone,
    PostOutOfSight,
    PostShutOut,
    SendingPaused,
)
from bot.domain.living import POSTING, MessageTrouble
from bot.domain.reminders import DeliveryState, Planned, Reason
from bot.domain.rounds import Round

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

    ``split`` is the round that goes on. ``ahead`` is by how much this clock is ahead of Discord's.
    Nothing is sent while it ``is_out_of_step``, nor before ``paused_until``.
    """

    clubs: tuple[Club, ...]
    boards: tuple[Board, ...]
    split: Round | None
    events: EventTrouble | None
    ledger: LedgerState
    ahead: timedelta
    is_out_of_step: bool
    paused_until: datetime | None
    database: DatabaseState

    def club(self, club_id: int) -> Club | None:
        """A live club of the server."""
        return next((club for club in self.clubs if club.id == club_id), None)

    @property
    def posts(self) -> tuple[Post, ...]:
        """What has a message that is kept up to date."""
        return self.boards if self.split is None else (*self.boards, self.split)

    def missed_for(self, *reasons: Reason) -> int:
        """How many reminders did not go out for these reasons."""
        return sum(one.count for one in self.ledger.missed if one.reason in reasons)


def channels_of(report: HealthReport) -> Mapping[int, tuple[str, ...]]:
    """The permissions the bot needs in each channel that it has something to do in, by its id."""
    needed: dict[int, tuple[str, ...]] = {post.channel_id: POSTING for post in report.posts}
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
        *_about_posts(report, missing, gone),
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


def _about_posts(
    report: HealthReport, missing: Mapping[int, tuple[str, ...]], gone: Collection[int]
) -> Iterator[Finding]:
    for post in report.posts:
        lacking = tuple(name for name in missing.get(post.channel_id, ()) if name in POSTING)
        if post.trouble is MessageTrouble.CHANNEL_GONE:
            yield PostChannelGone(post)
        elif post.channel_id in gone:
            yield PostOutOfSight(post)
        elif lacking or post.trouble is not None:
            yield PostShutOut(post, lacking)


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
