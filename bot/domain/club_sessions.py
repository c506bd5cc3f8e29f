"""What a club keeps about its sessions, and how one is seen with all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from bot.domain.clubs import Club
from bot.domain.errors import ClubError
from bot.domain.living import LivingMessage
from bot.domain.plan import Part, Sitting
from bot.domain.schedule import Occurrence
from bot.domain.sessions import Guests, Session, SessionReading

LONGEST_RECAP = 500

_NOBODY = Guests((), (), ())


class RecapTooLong(ClubError):
    """A recap has at most ``limit`` characters and this one has ``length``."""

    def __init__(self, length: int, limit: int = LONGEST_RECAP) -> None:
        super().__init__(length, limit)
        self.length = length
        self.limit = limit


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

    ``minutes`` is the time a plan gave it; None: it was chosen by hand.
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
    whether it takes place, is changed. ``takes``: it became a round of takes. ``interested``: how
    many said so on its scheduled event; None without one.
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
    takes: bool = False
    recap: str | None = None
    thread_id: int | None = None
    message_id: int | None = None
    interested: int | None = None

    @property
    def readings(self) -> tuple[SessionReading, ...]:
        """What is read: the sections by paper in their order, or a whole paper."""
        if self.parts:
            return tuple(
                SessionReading(paper_id, tuple(part.section_id for part in parts))
                for paper_id, parts in groupby(self.parts, key=lambda part: part.paper_id)
            )
        return () if self.paper_id is None else (SessionReading(self.paper_id),)

    @property
    def sitting(self) -> Sitting | None:
        """What a plan laid on it; None when no plan did."""
        parts = tuple(
            Part(part.paper_id, part.section_id, part.minutes, part.number, part.of)
            for part in self.parts
            if part.minutes is not None
        )
        return Sitting(self.original, parts) if parts and self.original is not None else None


@dataclass(frozen=True, slots=True)
class ClubSession:
    """One session of a club, what is known about it (None while nothing is) and who comes.

    Where one session is looked at by itself, ``names`` are the display names of those it speaks
    of, and ``attended`` is how many said that they were there.
    """

    club: Club
    occurrence: Occurrence
    facts: SessionFacts | None = None
    guests: Guests = _NOBODY
    names: Mapping[int, str] = field(default_factory=dict)
    attended: int = 0

    @property
    def session(self) -> Session:
        """The session itself, as it is shown: skipped too where the club is paused or has ended.

        Without a link it is held in a channel.
        """
        club, facts, occurrence = self.club, self.facts, self.occurrence
        if not club.held.takes_place(occurrence):
            occurrence = replace(occurrence, is_skipped=True)
        place = club.place
        channel_id = None if place.link is not None else place.voice_channel_id or club.channel_id
        plain = Session(club.id, occurrence, club.length, place.link or "", channel_id=channel_id)
        if facts is None:
            return plain
        return Session(
            club.id,
            occurrence,
            club.length,
            plain.place,
            facts.readings,
            agenda=facts.agenda,
            presenter_id=facts.presenter_id,
            takes=facts.takes,
            thread_id=facts.thread_id,
            channel_id=channel_id,
            interested=facts.interested,
        )


@dataclass(frozen=True, slots=True)
class PostedCard:
    """A message that shows a session's card, and is kept up to date; see ``LivingMessage``."""

    id: int
    guild_id: int
    channel_id: int
    message_id: int
    shown: str | None

    @property
    def message(self) -> LivingMessage:
        """The message itself. Who called it up has posted it: it is never posted anew."""
        return LivingMessage(
            f"session card {self.id}",
            "",
            self.guild_id,
            self.channel_id,
            self.message_id,
            None,
            self.shown,
            None,
        )


@dataclass(frozen=True, slots=True)
class SessionChange:
    """A session before and after a change, for the one announcement of the difference.

    ``line_id`` is the line of the trail by which the change can be undone; None: it cannot.
    """

    before: ClubSession
    after: ClubSession
    line_id: int | None = None


@dataclass(frozen=True, slots=True)
class ZoneShift:
    """A session that a newer time-zone database has moved to another instant than ``planned``."""

    session: ClubSession
    planned: datetime


def planned_parts(sitting: Sitting) -> tuple[SessionPart, ...]:
    """What a plan laid on a session, as it is kept."""
    return tuple(
        SessionPart(part.paper_id, part.section_id, part.minutes, part.number, part.of)
        for part in sitting.parts
    )


def recap_of(text: str) -> str | None:
    """A recap as it is kept, on one line; None without a word. Raises RecapTooLong."""
    kept = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(kept) > LONGEST_RECAP:
        raise RecapTooLong(len(kept))
    return kept or None


def sittings(facts: Iterable[SessionFacts]) -> tuple[Sitting, ...]:
    """What a plan laid on these sessions, in their order."""
    laid = (one.sitting for one in facts)
    return tuple(sorted((one for one in laid if one is not None), key=lambda one: one.session))
