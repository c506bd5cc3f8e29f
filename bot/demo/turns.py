"""Turns: the simulated Discord does one thing at a time, so everybody queues politely."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from simcord import SetupError


class Turns:
    """A queue, first come first served. Closing it sends home whoever is working or waiting."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._present: set[asyncio.Task[Any]] = set()
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether somebody is at work just now."""
        return self._lock.locked()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the turn, and keep it while the block runs."""
        if self._closed:
            raise SetupError("the demo is ending")
        task = asyncio.current_task()
        assert task is not None
        self._present.add(task)
        try:
            async with self._lock:
                yield
        finally:
            self._present.discard(task)

    async def pause(self) -> None:
        """Wait until nobody is at work or waits, whoever comes meanwhile included."""
        while self._present - {asyncio.current_task()}:
            async with self.turn():
                pass

    async def close(self) -> None:
        """Cancel whatever is at work or waits, so that a stop need not wait for it."""
        self._closed = True
        tasks = [task for task in self._present if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
