"""Work that runs to its end though its caller is cancelled.

It runs in the caller's own task and not in one that ``asyncio.shield`` would make: a unit of
work has dozens of statements, and a loop that ends cancels every task, an inner one too. Each
future that the work waits for is waited for through another one instead, which is all that a
cancellation can reach.
"""

from __future__ import annotations

import asyncio
import types
from collections.abc import Coroutine, Generator
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


@types.coroutine
def complete(work: Coroutine[Any, Any, T]) -> Generator[Any, None, T]:
    """Runs ``work`` to its end even when the caller is cancelled meanwhile.

    The cancellation is raised afterwards, and wins over an error of ``work``: else the caller
    could handle that error and go on as if it had never been cancelled.
    """
    cancelled: asyncio.CancelledError | None = None
    try:
        while True:
            awaited = work.send(None)
            try:
                yield from _until_done(awaited)
            except asyncio.CancelledError as error:
                cancelled = error
    except StopIteration as ended:
        if cancelled is None:
            result: T = ended.value
            return result
        raise cancelled from None
    except Exception as error:
        if cancelled is None:
            raise
        raise cancelled from error
    finally:
        work.close()


def _until_done(awaited: asyncio.Future[Any] | None) -> Generator[Any, None, None]:
    """Waits for what the work waits for; raises the last cancellation when that is done.

    ``awaited`` is what a coroutine hands to its task: a future, or None for one turn of the loop.
    """
    cancelled: asyncio.CancelledError | None = None
    if awaited is None:
        yield
        return
    while not awaited.done():
        turn: asyncio.Future[None] = awaited.get_loop().create_future()
        awaited.add_done_callback(partial(_begin, turn))
        try:
            yield from turn
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled


def _begin(turn: asyncio.Future[None], _awaited: asyncio.Future[Any]) -> None:
    if not turn.done():  # a cancellation may have been first
        turn.set_result(None)
