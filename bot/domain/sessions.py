"""One session of a club: what it holds, who comes, and who was there."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum

from bot.domain.errors import ClubError
from bot.domain.schedule import Occurrence

LONGEST_AGENDA = 1000
# *I was there* can be pressed from the start of a session until so long after its end.
ATTENDANCE_OPEN = timedelta(days=7)


class SessionSkipped(ClubError):
    """The session does not take place."""


class SessionOver(ClubError):
    """The session is over; nobody needs to say any more whether they come."""


class SessionNotBegun(ClubError):
    """Nobody was at a session that begins at ``starts``, which is yet to come."""

    def __init__(self, starts: datetime) -> None:
        super().__init__(starts)
        self.starts = starts


class AttendanceClosed(ClubError):
    """Since ``closed_at`` it is no longer recorded who was at the session."""

    def __init__(self, closed_at: datetime) -> None:
        super().__init__(closed_at)
        self.closed_at = closed_at


class ThreadImpossible(ClubError):
    """No thread can be opened where the session is shown."""


class PollGone(ClubError):
    """There is no such poll of ours in the channel (any more)."""


class AgendaTooLong(ClubError):
    """An agenda has at most ``limit`` characters and this one has ``length``."""

    def __init__(self, length: int, limit: int = LONGEST_AGENDA) -> None:
        super().__init__(length, limit)
        self.length = length
        self.limit = limit


class Answer(StrEnum):
    """What a member says about coming to one session."""

    GOING = "going"
    MAYBE = "maybe"
    CANT = "cant"


class Phase(Enum):
    """Where a session stands at a moment."""

    SKIPPED = "skipped"
    COMING = "coming"
    RUNNING = "running"
    OVER = "over"


class Style(StrEnum):
    """How a session goes: somebody presents, or everybody gives a take in turn.

    OPEN: it is not settled yet who presents.
    """

    OPEN = "open"
    PRESENTED = "presented"
    TAKES = "takes"


@dataclass(frozen=True, slots=True)
class SessionReading:
    """What is read of a paper for a session; without ``section_ids``, all of it."""

    paper_id: str
    section_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a club. It is known by the club and its original local date, for ever.

    ``place`` is text or an https address; ``channel_id`` is the channel it means, if it is one.
    ``title`` is None where the club's name says enough; ``takes`` when it
    became a round of takes, as it does without a presenter. ``interested`` is how many said so on
    its scheduled event, None without one.
    """

    club_id: int
    occurrence: Occurrence
    length: timedelta
    place: str
    readings: tuple[SessionReading, ...] = ()
    title: str | None = None
    agenda: str | None = None
    presenter_id: int | None = None
    takes: bool = False
    thread_id: int | None = None
    channel_id: int | None = None
    interested: int | None = None

    @property
    def original(self) -> date:
        """The date of the rule, which a move does not change."""
        return self.occurrence.original

    @property
    def starts(self) -> datetime:
        """The instant it begins."""
        return self.occurrence.starts

    @property
    def ends(self) -> datetime:
        """The instant it is over."""
        return self.starts + self.length

    @property
    def style(self) -> Style:
        """How it goes; a presenter comes before a round of takes."""
        if self.presenter_id is not None:
            return Style.PRESENTED
        return Style.TAKES if self.takes else Style.OPEN

    def phase(self, now: datetime) -> Phase:
        """Where it stands at ``now``."""
        if self.occurrence.is_skipped:
            return Phase.SKIPPED
        if now < self.starts:
            return Phase.COMING
        return Phase.RUNNING if now < self.ends else Phase.OVER

    def require_answerable(self, now: datetime) -> None:
        """Members say whether they come until it is over. Raises SessionSkipped, SessionOver."""
        match self.phase(now):
            case Phase.SKIPPED:
                raise SessionSkipped
            case Phase.OVER:
                raise SessionOver
            case _:
                return

    def require_attendable(self, now: datetime) -> None:
        """Members say that they were there from its start until ATTENDANCE_OPEN after its end.

        Raises SessionSkipped, SessionNotBegun and AttendanceClosed.
        """
        match self.phase(now):
            case Phase.SKIPPED:
                raise SessionSkipped
            case Phase.COMING:
                raise SessionNotBegun(self.starts)
            case Phase.OVER if now >= self.ends + ATTENDANCE_OPEN:
                raise AttendanceClosed(self.ends + ATTENDANCE_OPEN)
            case _:
                return


@dataclass(frozen=True, slots=True)
class Rsvp:
    """What a member said about one session, under its original date: a move keeps it."""

    user_id: int
    answer: Answer
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Guests:
    """Who comes, by user id: those who said so in the order they did, then the standing members.

    ``unsaid`` are those of ``going`` who are expected because they are standing members.
    """

    going: tuple[int, ...]
    maybe: tuple[int, ...]
    cant: tuple[int, ...]
    unsaid: frozenset[int] = frozenset()

    def answer_of(self, user_id: int) -> Answer | None:
        """What holds for a member; None when nothing does."""
        for answer in Answer:
            if user_id in self.of(answer):
                return answer
        return None

    def of(self, answer: Answer) -> tuple[int, ...]:
        """Those for whom this answer holds."""
        return {Answer.GOING: self.going, Answer.MAYBE: self.maybe, Answer.CANT: self.cant}[answer]


def guests(
    rsvps: Iterable[Rsvp], standing: Iterable[int] = (), away: Collection[int] = ()
) -> Guests:
    """Who comes to a session.

    A member's latest answer holds. Standing members who said nothing are expected, unless they
    are ``away`` at that time; an answer counts even for who is away, since it is about this
    very session.
    """
    latest: dict[int, Rsvp] = {}
    for rsvp in rsvps:
        known = latest.get(rsvp.user_id)
        if known is None or rsvp.answered_at >= known.answered_at:
            latest[rsvp.user_id] = rsvp
    said = sorted(latest.values(), key=lambda one: (one.answered_at, one.user_id))
    unsaid = [one for one in dict.fromkeys(standing) if one not in latest and one not in away]
    by_answer = {a: tuple(one.user_id for one in said if one.answer is a) for a in Answer}
    return Guests(
        (*by_answer[Answer.GOING], *unsaid),
        by_answer[Answer.MAYBE],
        by_answer[Answer.CANT],
        frozenset(unsaid),
    )


def agenda_of(text: str) -> str | None:
    """An agenda as it is kept: no control character, no empty ends; None without a word.

    Raises AgendaTooLong.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    kept = kept.strip()
    if len(kept) > LONGEST_AGENDA:
        raise AgendaTooLong(len(kept))
    return kept if any(unicodedata.category(c)[0] in "LNPS" for c in kept) else None
