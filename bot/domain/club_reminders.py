"""What a club's channel is reminded of: which of its sessions, and what is said of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club, ClubTrouble
from bot.domain.errors import ClubError
from bot.domain.reminders import (
    BEFORE_SESSION,
    HORIZON,
    LATE,
    Meaning,
    Meeting,
    Planned,
    Wish,
    plan_session,
)
from bot.domain.sessions import Answer, Guests

_LONGEST_LEAD = max(timing.lead for timing in BEFORE_SESSION.values())


class NothingToRemind(ClubError):
    """The club's channel is to be told nothing within the next weeks."""


@dataclass(frozen=True, slots=True)
class SessionReminder:
    """A session that takes place. ``names`` are the display names of those it speaks of.

    ``read`` are the papers of which its reader, if it has just one, has nothing left to read.
    """

    session: ClubSession
    names: Mapping[int, str] = field(default_factory=dict)
    read: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SessionOff:
    """A session that does not take place, of which the channel was just being reminded."""

    club: Club
    starts: datetime


@dataclass(frozen=True, slots=True)
class ComingReminders:
    """The reminders of a club that are to come, in order."""

    club: Club
    planned: tuple[Planned, ...]


def club_plan(
    club: Club,
    versions: Mapping[date, int],
    now: datetime,
    horizon: timedelta = HORIZON,
    wishes: Mapping[Wish, datetime] = MappingProxyType({}),
) -> tuple[Planned, ...]:
    """What a club's channel, and members who wish so, are to be told of its sessions.


    ``versions`` are those of the sessions that have one; ``wishes`` says of each since when it
    holds. What was due before that, or before the club was last changed, is left out: the change
    was announced then, and it would be late from the beginning.
    """
    since = club.changed_at - LATE
    of_members = {wish.user_id: max(since, begun - LATE) for wish, begun in wishes.items()}
    planned: list[Planned] = []
    for session in club.sessions(now, now + horizon + _LONGEST_LEAD):
        if club.held.takes_place(session):
            key = session.original.isoformat()
            version = versions.get(session.original, 1)
            meeting = Meeting(club.guild_id, club.id, key, session.starts, club.channel_id, version)
            planned += [
                one
                for one in plan_session(meeting, wishes, now, horizon)
                if one.due >= of_members.get(one.reader, since)
            ]
    return tuple(planned)


def starts_of(planned: Planned) -> datetime:
    """When the session was to begin for which a reminder was planned.

    By its deadline: when it is due may have been put off by somebody's quiet hours.
    """
    return planned.deadline + BEFORE_SESSION[planned.kind].until


def said_going(guests: Guests) -> tuple[int, ...]:
    """Those who said themselves that they come: whoever is only expected is not mentioned."""
    return tuple(one for one in guests.of(Answer.GOING) if one not in guests.unsaid)


def trouble_of(meaning: Meaning) -> ClubTrouble:
    """What keeps a club from its channel when Discord refuses to take a message there."""
    return ClubTrouble.CHANNEL_GONE if meaning is Meaning.GONE else ClubTrouble.FORBIDDEN
