"""One delivery: a reminder to one destination, from its plan to what became of it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.reminders.kinds import ReminderKind

CHANNEL = 0
"""The reader of what goes to a club's channel; every other reader is a member's id."""

_MARK_LENGTH = 25


class DeliveryState(StrEnum):
    """Where a delivery stands. The first four are open: something is still to be done."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"  # a message may be out there
    STALE = "stale"  # sent, but its text has to be brought up to date
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # nobody can tell whether it was sent; it is not sent again


OPEN_STATES = (
    DeliveryState.PENDING,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.STALE,
)


class Reason(StrEnum):
    """Why a delivery was skipped, failed, or is unknown."""

    LATE = "late"
    COALESCED = "coalesced"  # a later one to the same place went out instead
    MERGED = "merged"  # it went out as part of another message
    QUIET = "quiet"
    BUDGET = "budget"
    BACK_OFF = "back-off"
    NOT_NEEDED = "not-needed"  # a finished reader, a session that is off
    RESTORED = "restored"
    FORBIDDEN = "forbidden"
    GONE = "gone"
    CLOSED = "closed"
    MALFORMED = "malformed"
    BLOCKED = "blocked"  # Discord refused the text, and the plain one too
    ATTEMPTS = "attempts"
    UNREADABLE = "unreadable"  # the channel's history cannot be read back
    FAULT = "fault"  # a fault of this program


MISSED = frozenset(
    {
        Reason.LATE,
        Reason.COALESCED,
        Reason.QUIET,
        Reason.BUDGET,
        Reason.BACK_OFF,
        Reason.RESTORED,
        Reason.FORBIDDEN,
        Reason.BLOCKED,
        Reason.MALFORMED,
        Reason.ATTEMPTS,
        Reason.FAULT,
    }
)
"""What the next digest counts. Merged ones were told, unneeded ones were not missed, and who
closed their direct messages or deleted the channel said so themselves."""


REFUSED = frozenset({Reason.FORBIDDEN, Reason.BLOCKED, Reason.MALFORMED})
"""What of it Discord did not take, rather than what came too late."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A delivery as it is planned; the first six fields say which one it is, for good.

    ``key`` is the session's original local date, or other text that stays the same whatever is
    moved. ``reader`` is a member's id, or ``CHANNEL``; ``dest`` is the channel's id or the
    member's. ``deadline`` is the last useful moment. ``body`` names what it is about, for
    whoever says what it says.
    """

    guild_id: int
    club_id: int
    key: str
    kind: ReminderKind
    part: int
    reader: int
    dest: int
    due: datetime
    deadline: datetime
    version: int = 1
    body: str | None = None

    @property
    def by_dm(self) -> bool:
        """Whether it is a direct message."""
        return self.reader != CHANNEL


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery of the ledger.

    ``gen`` counts its claims: only who made the newest one may settle it. ``first_post_at`` is
    when a message may have gone out first; ``plain`` is whether Discord refused its full text.
    ``held_until`` is the end of the quiet hours it waits for.
    """

    id: int
    planned: Planned
    state: DeliveryState
    gen: int
    first_post_at: datetime | None
    attempts: int
    plain: bool
    message_id: int | None
    held_until: datetime | None = None

    @property
    def timely(self) -> Planned:
        """As it is planned, due when it is held until: before that it is not late."""
        if self.held_until is None or self.held_until <= self.planned.due:
            return self.planned
        return replace(self.planned, due=self.held_until)

    @property
    def is_first(self) -> bool:
        """Whether nothing of it can be out there yet."""
        return self.first_post_at is None


def mark(installation: str, planned: Planned) -> str:
    """What tells one delivery's message from all others: its nonce, and in its button's id.

    25 characters, Discord's limit for a nonce. It hangs on what the delivery is and where it
    goes and on nothing that happens to it, so that a restart, a second process or a restored
    backup comes to the same. The destination is part of it: to Discord, the same nonce in
    another channel would be the message in the first.
    """
    told = (
        installation, planned.guild_id, planned.club_id, planned.key, planned.kind.value,
        planned.reader, planned.dest, planned.part,
    )  # fmt: skip
    # The parts' lengths keep a key with a bar in it from passing for two parts.
    text = "|".join(f"{len(part)}:{part}" for part in map(str, told))
    digest = hashlib.sha256(text.encode()).digest()
    return base64.b32encode(digest)[:_MARK_LENGTH].decode().lower()
