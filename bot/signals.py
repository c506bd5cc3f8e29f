"""Ending on SIGINT and SIGTERM: the first one ends the work, later ones do not disturb the stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let the first SIGINT or SIGTERM end the block without an error, once it has cleaned up."""
    running, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert running is not None
    told = False

    def leave() -> None:
        nonlocal told
        if not told:
            told = True
            running.cancel()

    handled = (signal.SIGINT, signal.SIGTERM)
    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt
        for number in handled:
            loop.add_signal_handler(number, leave)
    try:
        yield
    except asyncio.CancelledError:
        if not told:
            raise
    finally:
        with contextlib.suppress(NotImplementedError):
            for number in handled:
                loop.remove_signal_handler(number)
