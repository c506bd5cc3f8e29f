"""A club's week in one message: what is due, who presents, what was finished, what is wanted most.

A club has a digest in a week in which it has a session (a skipped one too), and after reminders
were missed. A week without either has none: to somebody who reads nothing there, it says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club
from bot.domain.reminders import (
    HORIZON,
    LATE,
    Planned,
    ReminderKind,
    digest_due,
    digest_mondays,
    plan_digest,
)
from bot.domain.suggesting import Candidate

WEEK = timedelta(days=7)
_LOOKED_BACK = 4 * WEEK


@dataclass(frozen=True, slots=True)
class Week:
    """From one digest of a club to the next.

    ``finished_since`` is from when on finished papers are told: the digest before, at most four
    weeks back.
    """

    begins: datetime
    ends: datetime
    finished_since: datetime


@dataclass(frozen=True, slots=True)
class ClubDigest:
    """What the digest of a club tells.

    ``due`` counts by paper the sign-ups of the server that are due within the week. ``finished``
    names by paper those who finished it and let themselves be named. ``missed`` counts reminders
    of the club that came too late to be of use since its last digest, and ``refused`` those that
    Discord did not take.
    """

    club: Club
    week: Week
    sessions: tuple[ClubSession, ...] = ()
    due: Mapping[str, int] = field(default_factory=dict)
    finished: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wanted: Candidate | None = None
    missed: int = 0
    refused: int = 0

    @property
    def is_of_use(self) -> bool:
        """Whether there is anything of this club to tell: see the rule above."""
        return bool(self.sessions or self.missed or self.refused)


def plan_digests(club: Club, now: datetime, horizon: timedelta = HORIZON) -> tuple[Planned, ...]:
    """The digests of a club that meets, none from before it was made."""
    if club.ended_at is not None:
        return ()
    zone = club.series.zone
    planned = (
        plan_digest(club.guild_id, club.id, club.channel_id, zone, monday)
        for monday in digest_mondays(zone, now, horizon)
    )
    since = None if club.created_at is None else club.created_at - LATE
    return tuple(one for one in planned if since is None or one.due >= since)


def week_of(planned: Planned, zone: str, last: datetime | None) -> Week:
    """The week of a planned digest in the club's zone; ``last`` is when the one before was due."""
    monday = date.fromisoformat(planned.key)
    before = digest_due(zone, monday - WEEK)
    earliest = digest_due(zone, monday - _LOOKED_BACK)
    since = before if last is None else max(min(before, last), earliest)
    return Week(planned.due, digest_due(zone, monday + WEEK), since)


def may_be_told(club: Club, planned: Planned) -> bool:
    """Whether a planned digest is one of a week in which the club has a session.

    Reminders that may still be missed until then are not foreseen; every other kind may be told.
    """
    if planned.kind is not ReminderKind.DIGEST:
        return True
    week = week_of(planned, club.series.zone, None)
    return bool(club.sessions(week.begins, week.ends, 1))
