"""The one alarm: rings when the next thing is due, and costs nothing in between.

It compares times in memory and naps; only when something is due it lets the work run, in a task
of its own, so that no work and no failure can hold it up. The loop is one of discord.py's, whose
time a simulated Discord can move.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from discord.ext import tasks

log = logging.getLogger(__name__)

# Works off what is due and tells when something is due next.
Ring = Callable[[], Awaitable[datetime | None]]

_AFTER_A_FAULT = timedelta(minutes=1)
# How long a stop waits for the work under way.
_PATIENCE = 10.0


class Alarm:
    """Set by whoever makes something due; ``due`` is the earliest it knows of.

    ``nap`` is how long it looks at nothing at the most, in seconds: a clock that was set
    forward, or a machine that slept, is noticed within it.
    """

    def __init__(self, clock: Callable[[], datetime], nap: float) -> None:
        self.due: datetime | None = None
        self._clock = clock
        self._nap = timedelta(seconds=nap)
        self._ring: Ring | None = None
        self._work: asyncio.Task[None] | None = None
        self._loop = tasks.loop(seconds=nap)(self._look)

    def start(self, ring: Ring) -> None:
        """Begin; what came due while nobody looked is worked off at once."""
        self._ring = ring
        self.wake(self._clock())
        self._loop.start()

    async def stop(self) -> None:
        """Ring no more, and wait a little for the work under way."""
        self._loop.cancel()
        if self._work is not None:
            await asyncio.wait({self._work}, timeout=_PATIENCE)

    def wake(self, at: datetime) -> None:
        """Something is due at ``at``."""
        if self.due is None or at < self.due:
            self.due = at
            self._arm()

    async def _look(self) -> None:
        now = self._clock()
        if self.due is not None and self.due <= now and self._work is None:
            self.due = None
            self._work = asyncio.create_task(self._run(), name="what is due")
        self._arm()

    async def _run(self) -> None:
        assert self._ring is not None
        try:
            found = await self._ring()
        except Exception:
            log.exception("what is due could not be worked off; trying again in a minute")
            found = self._clock() + _AFTER_A_FAULT
        self._work = None
        if found is not None:
            # Something earlier may have been set meanwhile; that stays.
            self.due = found if self.due is None else min(self.due, found)
        self._arm()

    def _arm(self) -> None:
        """Let the loop look again when something is due, or after a nap."""
        planned = self._loop.next_iteration
        if planned is None:
            return
        now = self._clock()
        look_at = now + self._nap
        if self.due is not None and self._work is None:
            look_at = min(look_at, max(self.due, now))
        # The loop counts from its last look, which ``planned`` is one interval after.
        last = planned - timedelta(seconds=self._loop.seconds or 0)
        self._loop.change_interval(seconds=max(0.0, (look_at - last).total_seconds()))
