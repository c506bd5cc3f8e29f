"""A request that is sent once: discord.py repeats what an error answered, done or not.

Discord knows a repeated message by its nonce. What has none, such as a scheduled event, would be
made twice when the first request was done and only its answer lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import aiohttp

_TOO_MANY = 429
_sent: ContextVar[list[bool] | None] = ContextVar("sent", default=None)


class NotRepeated(ConnectionError):
    """The request would have been sent again; nobody knows what became of it."""


@contextmanager
def once() -> Iterator[None]:
    """Within the block one request is sent; another raises NotRepeated instead.

    One that was turned away for coming too fast does not count. Works with a client whose
    ``http_trace`` is ``once_trace()``.
    """
    token = _sent.set([])
    try:
        yield
    finally:
        _sent.reset(token)


def once_trace() -> aiohttp.TraceConfig:
    """Watches the requests of a client, for ``once``."""
    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(_on_start)
    trace.on_request_end.append(_on_end)
    return trace


async def _on_start(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    _params: aiohttp.TraceRequestStartParams,
) -> None:
    sent = _sent.get()
    if sent is None:
        return
    if sent:
        raise NotRepeated
    sent.append(True)


async def _on_end(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    params: aiohttp.TraceRequestEndParams,
) -> None:
    sent: list[Any] | None = _sent.get()
    if sent and params.response.status == _TOO_MANY:
        sent.clear()
