"""A delivery that goes out: its message, and where it is looked for if it may be out already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.reminders import (
    SLACK,
    Delivery,
    Outgoing,
    Place,
    Reason,
    Said,
    Step,
    Told,
    late_by,
    mark,
    mentioned,
)


@dataclass(frozen=True, slots=True)
class Ready:
    """What to do about a delivery whose message may be out there from now on.

    ``message`` is None when there is nothing to send and only to look. ``absent`` is the reason
    it is skipped for when it is looked for in vain and must not be sent any more.
    """

    delivery: Delivery
    step: Step
    place: Place
    message: Outgoing | None
    absent: Reason = Reason.LATE


def message_of(
    installation: str, delivery: Delivery, said: Said, now: datetime, along: tuple[Told, ...] = ()
) -> Outgoing:
    """The message of a delivery, with what it tells ``along``."""
    planned = delivery.planned
    told = (Told(planned, said, late_by(delivery.timely, now)), *along)
    mentions = () if planned.by_dm else mentioned(planned.kind, said.going)
    return Outgoing(mark(installation, planned), told, mentions, delivery.plain)


def place_of(installation: str, delivery: Delivery, now: datetime) -> Place:
    """Where the message of a delivery is, and since when it may be there."""
    since = (delivery.first_post_at or now) - SLACK
    return Place(delivery.planned, mark(installation, delivery.planned), since)
