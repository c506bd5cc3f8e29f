"""How often a delivery is tried, and how it is found out whether it went through."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto

from bot.domain.reminders.deliveries import Delivery

AT_MOST = 6

NONCE_HOLDS = timedelta(seconds=60)
"""How long Discord surely remembers a nonce: it says "a few minutes", published nowhere."""

SLACK = timedelta(seconds=60)
"""A message may seem older than it is by as much as the clocks may differ."""

_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=10)


class Step(Enum):
    """What comes next for a delivery whose message may be out there."""

    SEND = auto()  # with its nonce: Discord itself sees whether it was there before
    LOOK_THEN_SEND = auto()
    LOOK = auto()


def next_step(delivery: Delivery, now: datetime) -> Step:
    """How to go on with a delivery that goes out, or went out without a word of how it ended.

    While its nonce holds it is sent again: Discord shows it once. Later it is looked for first.
    After its deadline, and after six attempts, it is looked for and nothing more. A first attempt
    that lies in the future means that this clock was set back: that is looked for, too.
    """
    if delivery.attempts >= AT_MOST or now >= delivery.planned.deadline:
        return Step.LOOK
    first = delivery.first_post_at
    if first is None or timedelta() <= now - first <= NONCE_HOLDS:
        return Step.SEND
    return Step.LOOK_THEN_SEND


def retry_at(delivery: Delivery, now: datetime) -> datetime:
    """When to try again: after 15 seconds, doubling up to ten minutes.

    The first time is well within the life of the nonce; none but a last look is after the
    deadline.
    """
    wait: timedelta = _FIRST_WAIT * 2 ** min(delivery.attempts, 10)
    later = now + min(wait, _LONGEST_WAIT)
    deadline = delivery.planned.deadline
    return later if now >= deadline else min(later, deadline)
