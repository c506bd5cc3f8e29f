"""Who presents a session: asked one after the other, least recent first; else a round of takes.

Who was asked and declined is known to the rule and to nobody else: no result names them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.errors import ClubError

# How long a member has to say whether they present, if the session is far enough away.
TIME_TO_ANSWER = timedelta(days=2)


class NotAsked(ClubError):
    """The member is not the one who is asked to present this session (any more)."""


class NobodyPresents(ClubError):
    """The session is a round of takes already; there is nothing to hand on."""


class Offer(StrEnum):
    """What came of a member's word that they would present a session.

    WAITS: somebody else is asked first. TAKEN: somebody presents already. UNREAD: they have
    neither signed up for what is read nor read it. ABSENT: they are away then, or cannot come.
    """

    PRESENTS = "presents"
    WAITS = "waits"
    TAKEN = "taken"
    UNREAD = "unread"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who volunteers to present in this club.

    ``involved``: they signed up for a paper of the session or read it. ``available``: they are
    not away at that time and have not said that they cannot come. ``last`` is the date of the
    latest session they presented or are to present, None for none; ``volunteered_at`` settles
    who of equals comes first.
    """

    user_id: int
    volunteered_at: datetime
    involved: bool
    available: bool = True
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask this member next."""

    user_id: int


@dataclass(frozen=True, slots=True)
class RoundOfTakes:
    """Nobody presents: everybody gives a take in turn."""


def rotation(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    """The order in which members are asked: who never presented, then the least recent first.

    Only those who are involved and available; among equals, who volunteered first.
    """
    able = (one for one in candidates if one.involved and one.available)
    order = sorted(able, key=lambda one: (one.last or date.min, one.volunteered_at, one.user_id))
    return tuple(dict.fromkeys(one.user_id for one in order))


def next_presenter(candidates: Iterable[Candidate], passed: Collection[int]) -> Ask | RoundOfTakes:
    """Whom to ask, after those in ``passed``, who declined or let the time go by."""
    for user_id in rotation(candidates):
        if user_id not in passed:
            return Ask(user_id)
    return RoundOfTakes()


@dataclass(frozen=True, slots=True)
class Presenting:
    """How far the search for a presenter of one session is.

    ``asked`` is who is asked or has agreed (``agreed``), None once it is a round of takes.
    ``passed`` are those who cannot; they are not asked again for this session.
    """

    asked: int | None = None
    agreed: bool = False
    passed: frozenset[int] = frozenset()

    @property
    def presenter_id(self) -> int | None:
        """Who presents; None as long as nobody agreed."""
        return self.asked if self.agreed else None

    @property
    def is_round_of_takes(self) -> bool:
        """Whether nobody is left to ask."""
        return self.asked is None

    def agree(self, user_id: int) -> Presenting:
        """The member who is asked will present. Raises NotAsked."""
        self._require_asked(user_id)
        return Presenting(user_id, agreed=True, passed=self.passed)

    def pass_on(self, user_id: int, candidates: Iterable[Candidate]) -> Presenting:
        """The member who is asked, or had agreed, cannot; the next one is asked.

        Raises NotAsked, and NobodyPresents when it is a round of takes.
        """
        if self.asked is None:
            raise NobodyPresents
        self._require_asked(user_id)
        return _asking(candidates, self.passed | {user_id})

    def look_again(self, candidates: Iterable[Candidate]) -> Presenting:
        """After a change of the candidates: who agreed presents, who is asked stays asked while
        they still can; in a round of takes, somebody new may be asked.
        """
        listed = tuple(candidates)
        if self.agreed or (self.asked is not None and self.asked in rotation(listed)):
            return self
        return _asking(listed, self.passed)

    def offered(self, user_id: int, candidates: Iterable[Candidate]) -> tuple[Presenting, Offer]:
        """A member, who may have passed before, would present; whoever is in line first is asked,
        and they themselves need not be.
        """
        if self.agreed:
            return self, Offer.PRESENTS if self.asked == user_id else Offer.TAKEN
        listed = tuple(candidates)
        if user_id not in rotation(listed):
            is_involved = any(one.user_id == user_id and one.involved for one in listed)
            return self, Offer.ABSENT if is_involved else Offer.UNREAD
        again = Presenting(self.asked, passed=self.passed - {user_id}).look_again(listed)
        if again.asked == user_id:
            return again.agree(user_id), Offer.PRESENTS
        return again, Offer.WAITS

    def _require_asked(self, user_id: int) -> None:
        if user_id != self.asked:
            raise NotAsked


def answer_until(now: datetime, starts: datetime) -> datetime:
    """Until when a member who is asked now may say yes: so that time is left to ask another."""
    return min(now + TIME_TO_ANSWER, now + (starts - now) / 2)


def begin(candidates: Iterable[Candidate]) -> Presenting:
    """Ask the first of the rotation."""
    return _asking(candidates, frozenset())


def _asking(candidates: Iterable[Candidate], passed: frozenset[int]) -> Presenting:
    match next_presenter(candidates, passed):
        case Ask(user_id=user_id):
            return Presenting(user_id, passed=passed)
        case RoundOfTakes():
            return Presenting(passed=passed)
