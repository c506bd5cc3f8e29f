"""The one alarm: rings when the next thing is due, and costs nothing in between.

It ticks on ``discord.ext.tasks``, whose sleep a simulated clock can move. A tick compares two
times in memory; what is due is worked off in a task of its own. It naps at most ``nap``, so that
a clock that was set, or a machine that slept, delays nothing for longer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import Context, copy_context
from datetime import datetime, timedelta
from functools import partial

from discord.ext import tasks

log = logging.getLogger(__name__)

Work = Callable[[], Awaitable[datetime | None]]

FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=5)


class Alarm:
    """Set by whoever makes something due; ``due`` is the earliest it knows of.

    ``clock`` tells the present instant. Nothing that the work raises ends the alarm: it is
    logged, and the work is tried again after a wait that doubles from 5 seconds to 5 minutes.
    """

    def __init__(self, clock: Callable[[], datetime], nap: timedelta) -> None:
        self.due: datetime | None = None
        self._clock = clock
        self._nap = nap
        self._work: Work | None = None
        self._is_ready: Callable[[], bool] = bool
        self._ringing: asyncio.Task[None] | None = None
        self._stopped = False
        self._failures = self._rings = 0
        self._context = Context()
        self._not_before: datetime | None = None
        self._loop = tasks.loop(seconds=nap.total_seconds(), name="alarm")(self._tick)

    def wake(self, at: datetime) -> None:
        """Something is due at ``at``."""
        self.due = _earlier(self.due, at)
        self._look()

    def start(self, work: Work, is_ready: Callable[[], bool]) -> None:
        """Begin: ``work`` does what is due and says when it is due next (None: nothing is).

        Nothing rings while ``is_ready`` says no; whoever becomes ready wakes the alarm.
        """
        self._work = work
        self._is_ready = is_ready
        self._context = copy_context()
        self._loop.start()

    async def stop(self) -> None:
        """End; the work under way is cancelled and waited for."""
        self._stopped = True
        running = [task for task in (self._loop.get_task(), self._ringing) if task is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    @property
    def is_ticking(self) -> bool:
        """Whether it will look again by itself; so it does until it is stopped."""
        return self._work is None or self._loop.is_running()

    @property
    def ringing(self) -> int | None:
        """Which ring is under way, counted from the first one; None between them."""
        return self._rings if self._is_busy() else None

    async def _tick(self) -> None:
        self._look()

    def _look(self) -> None:
        """Ring if it is time; else let the loop wake up for what is due next, or after a nap."""
        if self._work is None or self._stopped:
            return
        now, due = self._clock(), self._next()
        wanted = now + self._nap
        if due is not None and self._is_ready() and not self._is_busy():
            if due <= now:
                # In the alarm's own context, whoever set it: a simulated clock looks whose it is.
                ring = partial(asyncio.create_task, self._ring(), name="alarm rings")
                self._ringing = self._context.copy().run(ring)
                self._rings += 1
            else:
                wanted = min(wanted, due)
        self._sleep_until(wanted)

    async def _ring(self) -> None:
        assert self._work is not None
        self.due = self._not_before = None
        try:
            found = await self._work()
        except (Exception, asyncio.CancelledError) as error:
            if _is_cancelled(error):
                raise
            log.exception("what is due could not be worked off; trying again later")
            self.due = self._not_before = self._clock() + self._retry_after()
        else:
            self._failures = 0
            self.due = _earlier(self.due, found)
        self._ringing = None
        self._look()

    def _retry_after(self) -> timedelta:
        wait: timedelta = FIRST_RETRY * 2 ** min(self._failures, 10)
        self._failures += 1
        return min(wait, LONGEST_RETRY)

    def _next(self) -> datetime | None:
        if self.due is None or self._not_before is None:
            return self.due
        return max(self.due, self._not_before)

    def _is_busy(self) -> bool:
        return self._ringing is not None and not self._ringing.done()

    def _sleep_until(self, wanted: datetime) -> None:
        upcoming = self._loop.next_iteration
        if upcoming is None:  # the loop has not begun; its first tick comes here again
            return
        # The loop counts its interval from when it last woke up.
        woke = upcoming - timedelta(seconds=self._loop.seconds or 0)
        seconds = max(0.0, (wanted - woke).total_seconds())
        self._context.copy().run(partial(self._loop.change_interval, seconds=seconds))


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _is_cancelled(error: BaseException) -> bool:
    """Whether somebody ends this very task; a cancellation that leaked from within is a fault."""
    task = asyncio.current_task()
    return isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling() > 0
