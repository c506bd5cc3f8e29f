"""What is announced of a club: one message a change; one soon after brings it up to date.

An announcement tells what was before the first of its changes, and what is now. What was is kept
with it; what is now is looked up whenever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.club_sessions import SessionChange
from bot.domain.clubs import Club, ClubChange, Place
from bot.domain.living import LivingMessage, MessageTrouble
from bot.domain.schedule import Occurrence, Recurrence

# A change of the same thing within this time edits what was announced of the one before.
EDITED_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClubMade:
    """A club that was not there before."""

    after: Club


Change = ClubMade | ClubChange | SessionChange
"""What somebody changed."""


class Topic(StrEnum):
    """What an announcement is about, other than one session (whose original day it is then)."""

    MADE = "made"
    RULE = "rule"
    PAUSE = "pause"
    ENDED = "ended"
    CLOCKS = "clocks"


class Announced(StrEnum):
    """What became of an announcement. NOTHING: the change changed nothing.

    UNSURE: Discord gave no answer, so it may or may not stand there.
    """

    SAID = "said"
    NOTHING = "nothing"
    UNSURE = "unsure"
    CHANNEL_GONE = "channel-gone"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a club: all that one line tells of it."""

    name: str
    recurrence: Recurrence
    zone: str
    length: timedelta
    place: Place
    channel_id: int

    @classmethod
    def of(cls, club: Club) -> Terms:
        """What holds for the club now."""
        series = club.series
        return cls(
            club.name, series.recurrence, series.zone, club.length, club.place, club.channel_id
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """When a session was to start before it was changed, and whether it was skipped then."""

    original: date
    starts: datetime
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class Was:
    """What was before: of a club, or of sessions. Nothing, where an announcement needs none."""

    terms: Terms | None = None
    sessions: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement. ``message_id`` is None until it stands; see ``LivingMessage``.

    ``made_at`` is when the first of its changes was made.
    """

    id: int
    guild_id: int
    club_id: int
    channel_id: int
    topic: str
    was: Was
    made_at: datetime
    message_id: int | None
    posted_at: datetime | None
    shown: str | None
    trouble: MessageTrouble | None

    @property
    def message(self) -> LivingMessage:
        """Its message in the club's channel."""
        return LivingMessage(
            f"announcement {self.id}",
            f":{self.club_id}:{self.topic}:{self.id}",
            self.guild_id,
            self.channel_id,
            self.message_id,
            self.posted_at,
            self.shown,
            self.trouble,
        )


@dataclass(frozen=True, slots=True)
class News:
    """An announcement with the club as it is now, and the sessions it tells of as they are."""

    announcement: Announcement
    club: Club
    sessions: tuple[Occurrence, ...]
    now: datetime


def club_of(change: Change) -> Club:
    """The club that is changed, as it is now."""
    return change.after.club if isinstance(change, SessionChange) else change.after


def topic_of(change: Change) -> str:
    """What the change is about: of two changes with one topic the later tells all.

    The original day of a session, or what of a club was changed.
    """
    match change:
        case SessionChange(after=after):
            return after.occurrence.original.isoformat()
        case ClubMade():
            return Topic.MADE.value
        case ClubChange(before=before, after=after) if after.ended_at != before.ended_at:
            return Topic.ENDED.value
        case ClubChange(before=before, after=after):
            is_pause = before.timetable.pauses != after.timetable.pauses
            return Topic.PAUSE.value if is_pause else Topic.RULE.value


def was_of(change: Change) -> Was:
    """What was before the change."""
    match change:
        case SessionChange(before=before):
            session = before.occurrence
            return Was(sessions=(Planned(session.original, session.starts, session.is_skipped),))
        case ClubMade():
            return Was()
        case ClubChange(before=before):
            return Was(Terms.of(before))


def is_news(change: Change) -> bool:
    """Whether there is anything to announce about it."""
    return isinstance(change, ClubMade) or change.before != change.after
