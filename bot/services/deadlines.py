"""What has come due, worked off one by one, each in a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.domain.deadlines import Deadline, DeadlineKind
from bot.services.work import Unit, Work
from bot.storage import deadlines

log = logging.getLogger(__name__)

# Meets one deadline in the transaction that removes it. The subject may be gone meanwhile.
Handler = Callable[[Unit, Deadline], Awaitable[None]]
# Meets one deadline that speaks with Discord, in transactions of its own: claim, call, settle. It
# says when to try again, or None when it is met.
Effect = Callable[[Deadline], Awaitable[datetime | None]]

_AT_A_TIME = 50
_AFTER_A_FAULT = timedelta(minutes=5)


class Deadlines:
    """The one place that meets deadlines: ``handlers`` and ``effects`` say who knows what to do."""

    def __init__(
        self,
        work: Work,
        handlers: Mapping[DeadlineKind, Handler],
        effects: Mapping[DeadlineKind, Effect] | None = None,
    ) -> None:
        self._work = work
        self._handlers = handlers
        self._effects = effects or {}
        self.upcoming: datetime | None = None
        """When something was due next, as of the last look."""

    async def next_due(self) -> datetime | None:
        """When something is due next; None when nothing is."""
        async with self._work.read() as conn:
            self.upcoming = await deadlines.next_due(conn)
        return self.upcoming

    async def meet_due(self) -> datetime | None:
        """Meets what is due by now, the longest due first; when something is due next.

        One that fails holds up no other: it is logged, undone and tried again later.
        """
        async with self._work.read() as conn:
            found = await deadlines.due_deadlines(conn, self._work.now(), _AT_A_TIME)
        for deadline in found:
            try:
                await self._meet(deadline)
            except Exception:
                log.exception("fault in the deadline %s (%s)", deadline.id, deadline.kind.value)
                await self._put_off(deadline, self._work.now() + _AFTER_A_FAULT)
        return await self.next_due()

    async def _meet(self, deadline: Deadline) -> None:
        effect = self._effects.get(deadline.kind)
        if effect is not None:
            await self._put_off(deadline, await effect(deadline))
            return
        handler = self._handlers.get(deadline.kind)
        async with self._work.write() as unit:
            if await deadlines.take_deadline(unit.conn, deadline) and handler is not None:
                await handler(unit, deadline)

    async def _put_off(self, deadline: Deadline, until: datetime | None) -> None:
        """Sets it due again, or strikes it out; one that was set anew meanwhile is left alone."""
        async with self._work.write() as unit:
            if await deadlines.take_deadline(unit.conn, deadline) and until is not None:
                await unit.set_deadline(
                    deadline.guild_id, deadline.kind, deadline.subject_id, until
                )
