"""Opening a form in time: unlike a message, a form cannot follow a "thinking"."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.ui.reply import ACKNOWLEDGE_AFTER

T = TypeVar("T")


async def read_for_form(work: Coroutine[Any, Any, T]) -> T | None:
    """The result of ``work``, or None when it takes so long that no form could be opened.

    The work is then called off, and a message with a button to try again is the answer to give.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=ACKNOWLEDGE_AFTER)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if done:
        return task.result()
    task.cancel()
    await asyncio.wait({task}, timeout=ACKNOWLEDGE_AFTER / 3)
    return None
