"""What happens by itself at a due instant. One alarm serves them all, each in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeadlineKind(StrEnum):
    """What is due; ``subject_id`` of the deadline is the key of the row named here."""

    CHECK_IN_HALF_WAY = "check-in-half-way"  # signup
    CHECK_IN_BEFORE_DUE = "check-in-before-due"  # signup
    SIGNUP_OVERDUE = "signup-overdue"  # signup: the seat opens to a co-reader
    SIGNUP_EXPIRES = "signup-expires"  # signup: back to the pool
    OFFER_EXPIRES = "offer-expires"  # signup
    AWAY_BEGINS = "away-begins"  # member (user id)
    AWAY_ENDS = "away-ends"  # member (user id)
    NOTICE = "notice"  # notice: tell the member now
    BOARD = "board"  # board: bring its message up to date
    SPLIT_PANEL = "split-panel"  # round: bring its panel up to date
    SPLIT_DEADLINE = "split-deadline"  # round: the time to answer is over
    CLUB_NEWS = "club-news"  # club_news: announce it, or bring that up to date
    SESSION_CARDS = "session-cards"  # session: bring the cards that show it up to date
    PAPER_POLL = "paper-poll"  # paper_poll: it is over, say who has won
    NATIVE_EVENTS = "native-events"  # guild: bring its scheduled events in step
    PROPOSAL = "proposal"  # proposal: bring its message up to date
    PRESENTER_ASKED = "presenter-asked"  # session: the time to say yes is over
    IMPORT_EXPIRES = "import-expires"  # import draft: the time to confirm is over
    ERASURE = "erasure"  # erasure: the time to undo is over
    BACKUPS_GONE = "backups-gone"  # the copies older than an erasure go (id of the erasure)
    GUILD_ERASURE = "guild-erasure"  # guild: it removed the bot long ago


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing that is due."""

    id: int
    guild_id: int
    kind: DeadlineKind
    subject_id: int
    due_at: datetime
