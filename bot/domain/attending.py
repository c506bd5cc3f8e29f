"""Coming to a session: until when members say whether they come, who does, and who was there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum

from bot.domain.errors import ClubError
from bot.domain.schedule import Occurrence

# *I was there* can be pressed from the start of a session until so long after its end.
ATTENDANCE_OPEN = timedelta(days=7)


class NotTakingPlace(ClubError):
    """The session is skipped."""


class AnswersClosed(ClubError):
    """The session is over; nobody needs to say any more whether they come."""


class NotBegunYet(ClubError):
    """Nobody was at a session that begins at ``starts``, which is yet to come."""

    def __init__(self, starts: datetime) -> None:
        super().__init__(starts)
        self.starts = starts


class AttendanceClosed(ClubError):
    """Since ``closed_at`` it is no longer recorded who was at the session."""

    def __init__(self, closed_at: datetime) -> None:
        super().__init__(closed_at)
        self.closed_at = closed_at


class Answer(StrEnum):
    """What a member says about coming to one session."""

    GOING = "going"
    MAYBE = "maybe"
    CANNOT = "cannot"


class Phase(Enum):
    """Where a session stands at a moment."""

    SKIPPED = "skipped"
    COMING = "coming"
    RUNNING = "running"
    OVER = "over"


def phase(occurrence: Occurrence, length: timedelta, now: datetime) -> Phase:
    """Where a session of that length stands at ``now``."""
    if occurrence.is_skipped:
        return Phase.SKIPPED
    if now < occurrence.starts:
        return Phase.COMING
    return Phase.RUNNING if now < occurrence.starts + length else Phase.OVER


def require_answerable(occurrence: Occurrence, length: timedelta, now: datetime) -> None:
    """Members say whether they come until it is over. Raises NotTakingPlace, AnswersClosed."""
    match phase(occurrence, length, now):
        case Phase.SKIPPED:
            raise NotTakingPlace
        case Phase.OVER:
            raise AnswersClosed
        case _:
            return


def require_attendable(occurrence: Occurrence, length: timedelta, now: datetime) -> None:
    """Members say that they were there from its start until ATTENDANCE_OPEN after its end.

    Raises NotTakingPlace, NotBegunYet and AttendanceClosed.
    """
    closes = occurrence.starts + length + ATTENDANCE_OPEN
    match phase(occurrence, length, now):
        case Phase.SKIPPED:
            raise NotTakingPlace
        case Phase.COMING:
            raise NotBegunYet(occurrence.starts)
        case Phase.OVER if now >= closes:
            raise AttendanceClosed(closes)
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
    cannot: tuple[int, ...]
    unsaid: frozenset[int] = frozenset()

    def answer_of(self, user_id: int) -> Answer | None:
        """What holds for a member; None when nothing does."""
        for answer in Answer:
            if user_id in self.of(answer):
                return answer
        return None

    def of(self, answer: Answer) -> tuple[int, ...]:
        """Those for whom this answer holds."""
        return {Answer.GOING: self.going, Answer.MAYBE: self.maybe, Answer.CANNOT: self.cannot}[
            answer
        ]


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
        by_answer[Answer.CANNOT],
        frozenset(unsaid),
    )
