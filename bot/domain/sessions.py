"""Sessions: what is read at one, who presents, who comes, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.clubs import Club
from bot.domain.errors import ClubError
from bot.domain.schedule import Occurrence

LONGEST_AGENDA = 1000
LONGEST_RECAP = 500


class SessionSkipped(ClubError):
    """The session does not take place: nobody can say whether they come."""


class SessionNotHeldYet(ClubError):
    """The session has not begun: nobody can have been there."""


class TextTooLong(ClubError):
    """A text of ``length`` characters where at most ``limit`` are kept."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(length, limit)
        self.length = length
        self.limit = limit


class Rsvp(StrEnum):
    """Whether a member comes to a session."""

    GOING = "going"
    MAYBE = "maybe"
    CANNOT = "cannot"


class SessionStatus(StrEnum):
    """GONE: the rule it came from holds no more; what was posted about it is to be taken down."""

    PLANNED = "planned"
    HELD = "held"
    GONE = "gone"


class PresentingState(StrEnum):
    """Where a member stands with presenting a session; who passed is never shown to others.

    Who agreed is the session's presenter.
    """

    ASKED = "asked"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class SessionPart:
    """A section to be read for a session, or part ``number`` of its ``of`` parts.

    ``minutes`` is how long it takes to read; None: nobody has said.
    """

    paper_id: str
    section_id: str
    minutes: int | None = None
    number: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What is known about one session beside when it is.

    ``original`` is the local day the rule gave it, its key within the club; None once it is gone.
    ``starts_at`` is the instant it was last planned for, and ``version`` grows whenever that, or
    whether it takes place, is changed by somebody.
    """

    id: int
    club_id: int
    original: date | None
    starts_at: datetime | None
    version: int
    status: SessionStatus = SessionStatus.PLANNED
    paper_id: str | None = None
    parts: tuple[SessionPart, ...] = ()
    agenda: str | None = None
    presenter_id: int | None = None
    recap: str | None = None
    thread_id: int | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Who said what about a session (user ids), and who is a standing member of its club."""

    given: Mapping[int, Rsvp] = field(default_factory=dict)
    standing: frozenset[int] = frozenset()

    def of(self, answer: Rsvp) -> tuple[int, ...]:
        """Those who gave this answer, the first to answer first."""
        return tuple(user_id for user_id, given in self.given.items() if given is answer)

    @property
    def expected(self) -> frozenset[int]:
        """Those to be counted on: who is going, and standing members who said nothing else."""
        return frozenset(self.of(Rsvp.GOING)) | (self.standing - self.given.keys())


@dataclass(frozen=True, slots=True)
class ClubSession:
    """One session of a club, with what is known about it; ``facts`` is None while nothing is."""

    club: Club
    occurrence: Occurrence
    facts: SessionFacts | None = None
    answers: Answers = field(default_factory=Answers)

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.occurrence.starts + self.club.length


@dataclass(frozen=True, slots=True)
class SessionChange:
    """A session before and after a change, for the one announcement of the difference."""

    before: ClubSession
    after: ClubSession


@dataclass(frozen=True, slots=True)
class ZoneShift:
    """A session that a newer time-zone database has moved to another instant than ``planned``."""

    session: ClubSession
    planned: datetime


def session_text(written: str, limit: int) -> str | None:
    """A text as it is kept; None for an empty one. Raises TextTooLong."""
    text = written.replace("\r\n", "\n").strip()
    if len(text) > limit:
        raise TextTooLong(len(text), limit)
    return text or None
