"""What becomes of a reminder whose moment has passed: sent late, given up, or left to another.

One rule for every kind: it is of use until its deadline. Of several late ones to the same place
only the latest goes out, so that nobody comes back to a flood; what each says something of its
own goes out in any case, merged into one message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.domain.reminders.deliveries import DeliveryState, Planned, Reason
from bot.domain.reminders.kinds import LATE, OF_THEIR_OWN


class Turn(Enum):
    """Whether it is a reminder's turn."""

    GOES = auto()
    YIELDS = auto()  # a later one to the same place has still to be decided


@dataclass(frozen=True, slots=True)
class Rival:
    """Another delivery of the same club to the same place. ``id`` decides between equal times."""

    id: int
    due: datetime
    deadline: datetime
    state: DeliveryState


_GONE_OUT = frozenset(
    {DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.STALE, DeliveryState.UNKNOWN}
)
_UNDECIDED = frozenset({DeliveryState.PENDING, DeliveryState.CLAIMED})


def is_late(planned: Planned, now: datetime) -> bool:
    """Whether a reminder that goes out now says that it is late."""
    return now - planned.due > LATE


def late_by(planned: Planned, now: datetime) -> timedelta | None:
    """How late it is, when that has to be said."""
    return now - planned.due if is_late(planned, now) else None


def misfire(delivery_id: int, planned: Planned, rivals: Iterable[Rival], now: datetime) -> (
    Turn | Reason
):  # fmt: skip
    """Whether a due reminder goes out now, waits for another, or is skipped, and why."""
    if now >= planned.deadline:
        return Reason.LATE
    if not is_late(planned, now) or planned.kind in OF_THEIR_OWN:
        return Turn.GOES
    mine = (planned.due, delivery_id)
    later = [r for r in rivals if (r.due, r.id) > mine and r.due <= now]
    if any(rival.state in _GONE_OUT for rival in later):
        return Reason.COALESCED
    if any(rival.state in _UNDECIDED and rival.deadline > now for rival in later):
        return Turn.YIELDS
    return Turn.GOES
