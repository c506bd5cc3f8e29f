"""What has come due, worked off one by one, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.domain.deadlines import Deadline, DeadlineKind
from bot.services.work import Unit, Work

# Meets one deadline in the transaction that removes it. The subject may be gone meanwhile.
Handler = Callable[[Unit, Deadline], Awaitable[None]]


class Deadlines:
    """The one place that meets deadlines. ``handlers`` says who knows what to do for a kind."""

    def __init__(self, work: Work, handlers: Mapping[DeadlineKind, Handler]) -> None:
        self._work = work
        self._handlers = handlers
