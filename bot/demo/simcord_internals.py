"""The one place of the program that uses private names of SimCord (3.2.1); each use says why.

When SimCord is updated, read this file beside its preview and its environment: everything else
in the demo uses its public names only. What the tests need of it is in ``tests/starts.py``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from simcord import ChannelHandle, Env, MemberActor, Preview, SetupError, UserHandle
from simcord.backend.access import can_access_channel
from simcord.preview._media import MediaInfo, MediaWorker, _process_media

Action = Callable[[str | None, Mapping[str, Any]], Awaitable[dict[str, Any]]]
Turn = Callable[[], AbstractAsyncContextManager[None]]


def record_only_faults(env: Env, is_fault: Callable[[BaseException], bool]) -> None:
    """Keep answered refusals out of SimCord's error list; call before ``env.start()``.

    SimCord records every error that reaches the command tree, and its page would then report a
    failed callback under an answer that the bot meant to give.
    """
    record = env._record_error  # noqa: SLF001 - no public hook

    def record_faults(error: BaseException) -> None:
        if is_fault(error):
            record(error)

    env._record_error = record_faults  # type: ignore[method-assign]  # noqa: SLF001 - no public hook


async def start_patiently(env: Env, patience: float) -> None:
    """``env.start()``, but giving the bot ``patience`` seconds to become ready.

    SimCord gives it five, which a busy machine needs for drawing its first picture alone.
    """
    settle = env._settle_internal  # noqa: SLF001 - the wait at the start has no public setting

    async def settle_patiently(*, timeout: float | None = None, **rest: Any) -> None:  # noqa: ASYNC109 - SimCord's name
        await settle(timeout=None if timeout is None else max(timeout, patience), **rest)

    env._settle_internal = settle_patiently  # type: ignore[method-assign]  # noqa: SLF001 - as above
    try:
        await env.start()
    finally:
        env._settle_internal = settle  # type: ignore[method-assign]  # noqa: SLF001 - as above


def take_turns(preview: Preview, turn: Turn) -> None:
    """Let every action of the preview's page wait for its turn instead of being refused.

    SimCord allows one operation at a time and answers an overlapping one with an error. An action
    that waited was made for the state before: its revision is brought up to date, because what
    it wants is examined again when its turn comes.
    """
    act: Action = preview._action  # noqa: SLF001 - the one entry of all actions of the page

    async def act_in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        asked_for = _revision(preview, context_id)
        async with turn():
            if _was_current(body, asked_for):
                body = {**body, "published_revision": _revision(preview, context_id)}
            return await act(context_id, body)

    preview._action = act_in_turn  # type: ignore[method-assign]  # noqa: SLF001 - as above


def _revision(preview: Preview, context_id: str | None) -> int | None:
    page = preview._pages.get(context_id or "")  # noqa: SLF001 - there is no public page
    return None if page is None else page.revision


def _was_current(body: Mapping[str, Any], revision: int | None) -> bool:
    return (
        isinstance(body, dict)
        and revision is not None
        and (body.get("published_revision") == revision)
    )


def allow_frames_of(preview: Preview, origins: Sequence[str]) -> None:
    """Let the launcher's page, and no other, show the preview inside itself."""
    server = preview._server  # noqa: SLF001 - its headers have no public setting
    headers = dict(server._SECURITY_HEADERS)  # noqa: SLF001 - as above
    del headers["X-Frame-Options"]
    policy = headers["Content-Security-Policy"]
    allowed = policy.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(origins)}")
    if allowed == policy:
        raise SetupError("the preview's security policy has changed")
    server._SECURITY_HEADERS = {**headers, "Content-Security-Policy": allowed}  # type: ignore[misc]  # noqa: SLF001 - shadows the class's headers for this preview alone


class _Decoder(MediaWorker):
    """Decodes our own pictures on the spot; anything else in a process, as SimCord does.

    A process for each portrait takes a second on a slow machine, and leaving a place waits for it.
    """

    def __init__(self, own: Collection[bytes]) -> None:
        super().__init__()
        self._own = frozenset(own)

    async def validate(
        self, key: str, blob: bytes, *, media_time: float | None = None
    ) -> MediaInfo:
        if blob in self._own:
            return _process_media(blob, media_time or 0.0)
        return await super().validate(key, blob, media_time=media_time)


def decode_at_once(preview: Preview, own: Collection[bytes]) -> None:
    """Let these pictures, which are ours and known to be sound, appear without delay."""
    preview._media_worker = _Decoder(own)  # noqa: SLF001 - made on first use else


async def close_without_waiting(preview: Preview, patience: float) -> None:
    """Close a preview without waiting for pictures being decoded, nor longer than ``patience``
    for requests: a page that stopped reading would hold it up for a minute.
    """
    worker = preview._media_worker  # noqa: SLF001 - SimCord closes it last, after what waits for it
    if worker is not None:
        await worker.close()
    runner = preview._server.runner  # noqa: SLF001 - its timeout, a minute, has no public setting
    if runner is not None:
        runner._shutdown_timeout = patience  # noqa: SLF001 - read by aiohttp at the clean-up
    await preview.close()


def can_see(env: Env, channel: ChannelHandle, viewer: MemberActor | UserHandle) -> bool:
    """Whether a preview of this channel can be opened for this viewer."""
    return can_access_channel(env, channel.id, viewer, history=True)
