"""Ends a process that lives on and does nothing any more, so that its supervisor starts it again.

A thread of its own asks the event loop for a sign of life. A loop that is blocked, an alarm that
does not look any more, or one piece of work that never ends would otherwise go unnoticed for ever.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.alarm import Alarm
from bot.startup import ExitCode

log = logging.getLogger(__name__)

# Work that waits for Discord the longest has a rush of messages to send, 20 s each.
_LONGEST_WORK = 3600.0
_STILL_FOR = 120.0
# For the last lines of the log, which another thread writes.
_LAST_WORDS = 1.0


def patience(nap: float) -> float:
    """For how many seconds no sign of life is no matter, when the alarm naps so long at most."""
    return max(_STILL_FOR, 4 * nap)


def end_process() -> None:
    """Ends it at once: what hangs would hang a proper end as well. The ledger is made for that."""
    time.sleep(_LAST_WORDS)
    os._exit(ExitCode.SOFTWARE)


@contextmanager
def watched(
    alarm: Alarm,
    still_for: float,
    longest_work: float = _LONGEST_WORK,
    end: Callable[[], None] = end_process,
) -> Iterator[None]:
    """Calls ``end``, in a thread, once nothing has lived for ``still_for`` seconds.

    ``longest_work`` is how many seconds one ring of the alarm may take. To be entered on the
    event loop that the alarm ticks on.
    """
    dog = _Watchdog(asyncio.get_running_loop(), alarm, still_for, longest_work, end)
    thread = threading.Thread(target=dog.watch, name="watchdog", daemon=True)
    thread.start()
    try:
        yield
    finally:
        dog.stopped.set()


class _Watchdog:
    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        alarm: Alarm,
        still_for: float,
        longest_work: float,
        end: Callable[[], None],
    ) -> None:
        self.stopped = threading.Event()
        self._loop = loop
        self._alarm = alarm
        self._still_for = still_for
        self._longest_work = longest_work
        self._end = end
        self._alive_at = self._rang_at = time.monotonic()
        self._ring: int | None = None

    def watch(self) -> None:
        """Until it is stopped, or has ended everything."""
        while not self.stopped.wait(self._still_for / 4):
            try:
                self._loop.call_soon_threadsafe(self._answer)
            except RuntimeError:  # the loop is closed: so is everything
                return
            if time.monotonic() - self._alive_at > self._still_for:
                log.critical("nothing has moved for %d s: ending", self._still_for)
                self._end()
                return

    def _answer(self) -> None:
        """On the loop: a sign of life, unless the alarm has none."""
        now, ring = time.monotonic(), self._alarm.ringing
        if ring != self._ring:
            self._ring, self._rang_at = ring, now
        is_stuck = ring is not None and now - self._rang_at > self._longest_work
        if self._alarm.is_ticking and not is_stuck:
            self._alive_at = now
