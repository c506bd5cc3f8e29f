"""Sign-ups: a member's commitment to read a paper, the seats of a paper, the waiting list.

A paper has numbered seats and a member numbered slots. A sign-up that is open holds one of
each; one that is offered holds a seat already, so that nobody else takes it meanwhile; a shared
one has given its seat up for a co-reader and is read on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import ClubError
from bot.domain.progress import Depth

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
class Signup:
    """One member's sign-up for one paper.

    ``seat`` is the paper's seat it holds (None while it waits, is paused, or is shared) and
    ``due_at`` when it is to be read. ``logged_at`` is when progress was last logged for it and
    ``active_at`` when its reader last gave any sign of life: logging, or answering.
    """

    id: int
    guild_id: int
    user_id: int
    paper_id: str
    state: SignupState
    seat: int | None
    created_at: datetime
    opened_at: datetime | None
    due_at: datetime | None
    shared_at: datetime | None
    logged_at: datetime | None
    active_at: datetime | None
    seconds_left: int | None

    @property
    def is_open(self) -> bool:
        """Whether the member is reading it now."""
        return self.state is SignupState.OPEN

    def half_way(self) -> datetime:
        """When half of the time to read is over."""
        assert self.opened_at is not None
        assert self.due_at is not None
        return self.opened_at + (self.due_at - self.opened_at) / 2

    def before_due(self) -> datetime:
        """When the second check-in is due."""
        assert self.due_at is not None
        return self.due_at - CHECK_IN_BEFORE_DUE

    def is_silent_at_due(self) -> bool:
        """Whether the reader gave no sign of life since the second check-in was due."""
        return self.active_at is None or self.active_at < self.before_due()


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


@dataclass(frozen=True, slots=True)
class SignedUp:
    """What a sign-up came to. ``co_readers`` are the names of those who share the paper.

    ``asks_dm`` is True when the member has not been asked yet whether the bot may write to them.
    """

    signup: Signup
    co_readers: tuple[str, ...] = ()
    asks_dm: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place in a waiting list: how many wait ``before``, and whether to ask about messages."""

    before: int
    asks_dm: bool


class SignupRefused(ClubError):
    """Base of what keeps a member from signing up. ``paper_id`` is the paper they wanted."""

    def __init__(self, paper_id: str) -> None:
        super().__init__(paper_id)
        self.paper_id = paper_id


class PaperFull(SignupRefused):
    """All seats are taken."""

    def __init__(self, standing: PaperStanding) -> None:
        super().__init__(standing.paper_id)
        self.standing = standing


class NoLongerOffered(ClubError):
    """The paper was retired: whoever has it keeps it, and nobody begins it."""


class OpenLimitReached(SignupRefused):
    """The member has as many sign-ups open as the server allows: ``open_signups``."""

    def __init__(self, paper_id: str, limit: int, open_signups: tuple[Signup, ...]) -> None:
        super().__init__(paper_id)
        self.limit = limit
        self.open_signups = open_signups


class SignedUpAlready(SignupRefused):
    """The member has a live sign-up for the paper: ``signup``."""

    def __init__(self, signup: Signup) -> None:
        super().__init__(signup.paper_id)
        self.signup = signup


class ReadAlready(SignupRefused):
    """The member has read the paper: to ``depth``."""

    def __init__(self, paper_id: str, depth: Depth) -> None:
        super().__init__(paper_id)
        self.depth = depth


class LinedUpEnough(SignupRefused):
    """The member waits for, or is offered, as many papers as they may read: ``limit``."""

    def __init__(self, paper_id: str, limit: int) -> None:
        super().__init__(paper_id)
        self.limit = limit


class AwayNow(ClubError):
    """The member said that they are away ``until`` then."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class SeatFree(SignupRefused):
    """There is no need to wait: a seat is free."""


class LimitOutOfRange(ClubError):
    """A limit an organiser may not set. ``numbers`` are those they may."""

    def __init__(self, numbers: range) -> None:
        super().__init__(numbers)
        self.numbers = numbers


def whole_number(typed: str, numbers: range) -> int:
    """A limit as it was typed. Raises LimitOutOfRange for anything but a number of digits."""
    text = typed.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise LimitOutOfRange(numbers)
    return int(text)


@dataclass(frozen=True, slots=True)
class PaperSignups:
    """Everything on one paper, for an organiser: its sign-ups in order and whose they are."""

    standing: PaperStanding
    signups: tuple[Signup, ...]
    names: Mapping[int, str]
