"""The kinds of reminders: when each is due, until when it is of use, and who goes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

HORIZON = timedelta(days=8)
"""How far ahead deliveries are planned: a week and a day, so no weekly club is ever without."""

LATE = timedelta(minutes=15)
"""A reminder later than this says that it is late, and gives way to others."""

MENTIONED_AT_MOST = 80
"""A message has room for about 83 mentions; Discord itself takes 100."""


class ReminderKind(StrEnum):
    """What a reminder says."""

    DIGEST = "digest"
    READ_BY = "read-by"
    DAY_BEFORE = "day-before"
    HOUR_BEFORE = "hour-before"
    MOVED = "moved"
    OFFER = "offer"
    CHECK_IN = "check-in"
    NOTICE = "notice"
    SPLIT_ENDS = "split-ends"


@dataclass(frozen=True, slots=True)
class Timing:
    """When a kind is due before a session begins, and its last useful moment before it."""

    lead: timedelta
    until: timedelta


BEFORE_SESSION = {
    ReminderKind.READ_BY: Timing(timedelta(days=3), timedelta(days=2)),
    ReminderKind.DAY_BEFORE: Timing(timedelta(hours=24), timedelta(hours=2)),
    ReminderKind.HOUR_BEFORE: Timing(timedelta(hours=1), timedelta(minutes=10)),
}
"""The kinds that count from the beginning of a session. Offers and check-ins bring their own
expiry, a change is of use until the session begins, and the digest lasts ``DIGEST_USEFUL``."""

OF_THEIR_OWN = frozenset(
    {
        ReminderKind.OFFER,
        ReminderKind.CHECK_IN,
        ReminderKind.NOTICE,
        ReminderKind.SPLIT_ENDS,
    }
)
"""The kinds of which each says something that no other does: a later one never replaces it."""

DIGEST_USEFUL = timedelta(hours=24)

BUDGETED = frozenset({ReminderKind.READ_BY, ReminderKind.CHECK_IN})
"""The kinds that ask a member to do something without an occasion of its own."""

_FIRST_TO_LAST = (
    ReminderKind.HOUR_BEFORE,
    ReminderKind.MOVED,
    ReminderKind.OFFER,
    ReminderKind.DAY_BEFORE,
    ReminderKind.SPLIT_ENDS,
    ReminderKind.CHECK_IN,
    ReminderKind.READ_BY,
    ReminderKind.NOTICE,
    ReminderKind.DIGEST,
)


def urgency(kind: ReminderKind) -> int:
    """The place of a kind among those that are due at once; 0 goes first."""
    return _FIRST_TO_LAST.index(kind)


def may_mention(kind: ReminderKind) -> bool:
    """Whether a reminder may mention people: only the one right before the session."""
    return kind is ReminderKind.HOUR_BEFORE
