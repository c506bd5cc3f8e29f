"""What is announced of a club: one message a change; one soon after brings it up to date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.club_sessions import SessionChange
from bot.domain.clubs import Club, ClubChange

# A change of the same thing within this time edits what was announced of the one before.
EDITED_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClubMade:
    """A club that was not there before."""

    after: Club


Change = ClubMade | ClubChange | SessionChange
"""What can be announced."""


class Announced(StrEnum):
    """What became of an announcement. NOTHING: the change changed nothing.

    UNSURE: Discord gave no answer, so it may or may not stand there.
    """

    SAID = "said"
    NOTHING = "nothing"
    UNSURE = "unsure"
    CHANNEL_GONE = "channel-gone"
    FORBIDDEN = "forbidden"


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
            return "made"
        case ClubChange(before=before, after=after) if after.ended_at != before.ended_at:
            return "ended"
        case ClubChange(before=before, after=after):
            is_pause = before.timetable.pauses != after.timetable.pauses
            return "pause" if is_pause else "rule"


def is_news(change: Change) -> bool:
    """Whether there is anything to announce about it."""
    return isinstance(change, ClubMade) or change.before != change.after
