"""Sign-ups: a member's commitment to read a paper, the seats of a paper, the waiting list.

A paper has numbered seats and a member numbered slots. A sign-up that is open holds one of
each; one that is offered holds a seat already, so that nobody else takes it meanwhile; a shared
one has given its seat up for a co-reader and is read on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

# The fewest and most a server may set, and what holds until it does.
OPEN_LIMITS = range(1, 21)
SEAT_LIMITS = range(1, 101)
DEFAULT_OPEN_LIMIT = 2
DEFAULT_SEATS = 3

OFFER_STANDS = timedelta(hours=24)
TIME_TO_READ = timedelta(weeks=3)
CHECK_IN_BEFORE_DUE = timedelta(days=2)
EXTENSION = timedelta(days=3)
GRACE = timedelta(weeks=1)


class SignupState(StrEnum):
    """Where a sign-up stands. The last four are closed: the row is history."""

    WAITING = "waiting"
    OFFERED = "offered"
    OPEN = "open"
    # The member is away or has left: no seat, no due date until they are back.
    PAUSED = "paused"
    READ = "read"
    # Given back, passed on, declined or taken away by an organiser; nobody is told which.
    GIVEN_BACK = "given-back"
    REMOVED = "removed"
    # An offer nobody took, or a due date long past without a word.
    EXPIRED = "expired"

    @property
    def is_live(self) -> bool:
        """Whether the sign-up is still going on, in whatever way."""
        return self in LIVE


LIVE = frozenset({SignupState.WAITING, SignupState.OFFERED, SignupState.OPEN, SignupState.PAUSED})


class CheckInAnswer(StrEnum):
    """What a reader answers when asked how it goes."""

    ON_TRACK = "on-track"
    EXTEND = "extend"
    SHARE = "share"
    PASS_ON = "pass-on"  # noqa: S105 - an answer, not a password


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """A paper's seats: ``seats`` in all, ``taken`` of them (offered ones too), and who waits."""

    paper_id: str
    seats: int
    taken: int = 0
    waiting: int = 0

    @property
    def free(self) -> int:
        """Seats that anybody may take now; none while members wait."""
        return 0 if self.waiting else max(0, self.seats - self.taken)
