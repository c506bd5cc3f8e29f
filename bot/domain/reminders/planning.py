"""Which reminders there are to be for a session, a club's week, or a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import ClubError
from bot.domain.reminders.deliveries import CHANNEL, Planned
from bot.domain.reminders.kinds import (
    BEFORE_SESSION,
    DIGEST_USEFUL,
    HORIZON,
    MENTIONED_AT_MOST,
    ReminderKind,
    may_mention,
)

DIGEST_AT = time(9)
_LONGEST_LEAD = timedelta(days=7)


class LeadOutOfRange(ClubError):
    """A lead time at which a reminder would be of no use, or that is longer than a week."""

    def __init__(self, kind: ReminderKind, shortest: timedelta, longest: timedelta) -> None:
        super().__init__(kind, shortest, longest)
        self.kind = kind
        self.shortest = shortest
        self.longest = longest


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as reminders know it. ``key`` is its original local date, whatever is moved.

    ``version`` is how often the session was changed; ``starts`` is aware.
    """

    guild_id: int
    club_id: int
    key: str
    starts: datetime
    channel_id: int
    version: int = 1
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member wants to be reminded of before the sessions of a club.

    ``leads`` are their own lead times. Raises LeadOutOfRange.
    """

    user_id: int
    kinds: frozenset[ReminderKind]
    by_dm: bool = True
    leads: Mapping[ReminderKind, timedelta] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for kind, lead in self.leads.items():
            shortest = BEFORE_SESSION[kind].until
            if not shortest < lead <= _LONGEST_LEAD:
                raise LeadOutOfRange(kind, shortest, _LONGEST_LEAD)

    def lead(self, kind: ReminderKind) -> timedelta:
        """How long before a session the member is reminded."""
        return self.leads.get(kind, BEFORE_SESSION[kind].lead)


def plan_session(
    meeting: Meeting, wishes: Iterable[Wish], now: datetime, horizon: timedelta = HORIZON
) -> tuple[Planned, ...]:
    """What is to be delivered before a session, as far as it is of use and within the horizon.

    The club's channel is told a day and an hour before; of the reading to be done only when
    somebody asked for it there. Members who chose so are told by direct message.
    """
    wishes = tuple(wishes)
    planned = (*_to_channel(meeting, wishes), *_to_members(meeting, wishes))
    return tuple(p for p in planned if p.deadline > now and p.due <= now + horizon)


def plan_digest(
    guild_id: int, club_id: int, channel_id: int, zone: str, monday: date, version: int = 1
) -> Planned:
    """The digest of the week that begins with ``monday``, in the club's zone."""
    due = digest_due(zone, monday)
    return Planned(
        guild_id, club_id, monday.isoformat(), ReminderKind.DIGEST, 0, CHANNEL, channel_id,
        due, due + DIGEST_USEFUL, version,
    )  # fmt: skip


def digest_due(zone: str, monday: date) -> datetime:
    """When the digest of the week that begins with ``monday`` is due, in UTC."""
    return datetime.combine(monday, DIGEST_AT, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def digest_mondays(zone: str, now: datetime, horizon: timedelta = HORIZON) -> tuple[date, ...]:
    """The Mondays whose digest is of use still and falls within the horizon."""
    today = now.astimezone(ZoneInfo(zone)).date()
    monday = today - timedelta(days=today.weekday())
    found: list[date] = []
    while True:
        due = digest_due(zone, monday)
        if due > now + horizon:
            return tuple(found)
        if due + DIGEST_USEFUL > now:
            found.append(monday)
        monday += timedelta(days=7)


def plan_change(meeting: Meeting, now: datetime, until: datetime) -> Planned:
    """Tells the channel what changed about a session of which it was reminded already.

    Each version of a session is a part of its own: told once, and never instead of another.
    ``until`` is when it is of no use any more: the earlier of the old and the new beginning.
    """
    return _planned(
        meeting, ReminderKind.MOVED, CHANNEL, meeting.channel_id, now, until, part=meeting.version
    )


def mentioned(kind: ReminderKind, going: Iterable[int]) -> tuple[int, ...]:
    """Whom a reminder mentions of those who are going and allow it."""
    if not may_mention(kind):
        return ()
    return tuple(dict.fromkeys(going))[:MENTIONED_AT_MOST]


def _to_channel(meeting: Meeting, wishes: tuple[Wish, ...]) -> Iterator[Planned]:
    kinds = [ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE]
    if any(not wish.by_dm and ReminderKind.READ_BY in wish.kinds for wish in wishes):
        kinds.append(ReminderKind.READ_BY)
    for kind in kinds:
        timing = BEFORE_SESSION[kind]
        due, until = meeting.starts - timing.lead, meeting.starts - timing.until
        yield _planned(meeting, kind, CHANNEL, meeting.channel_id, due, until)


def _to_members(meeting: Meeting, wishes: Iterable[Wish]) -> Iterator[Planned]:
    for wish in wishes:
        for kind in sorted(wish.kinds & BEFORE_SESSION.keys()) if wish.by_dm else ():
            due = meeting.starts - wish.lead(kind)
            until = meeting.starts - BEFORE_SESSION[kind].until
            yield _planned(meeting, kind, wish.user_id, wish.user_id, due, until)


def _planned(
    meeting: Meeting,
    kind: ReminderKind,
    reader: int,
    dest: int,
    due: datetime,
    deadline: datetime,
    part: int = 0,
) -> Planned:
    return Planned(
        meeting.guild_id, meeting.club_id, meeting.key, kind, part, reader, dest,
        due, deadline, meeting.version, meeting.body,
    )  # fmt: skip
