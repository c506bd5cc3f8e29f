"""The demo as one block: the example server, the bot in it, and the launcher's page."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime

from aiohttp import web
from discord.ext import commands
from simcord import Env

from bot.demo.page import Launcher, own_origins
from bot.demo.simcord_internals import record_only_faults, start_patiently
from bot.demo.stage import Stage
from bot.demo.troubles import Troubles, is_fault
from bot.demo.world import World, build_world
from bot.startup import ExitCode, StartRefused

# How long the simulated Discord waits in one go for the bot to come to rest, and at the end.
_PATIENCE, _LAST_PATIENCE = 20.0, 0.5
# How long a stop waits for requests under way.
_GRACE = 0.2

Furnish = Callable[[World], Awaitable[None]]


@contextlib.contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket on loopback. Raises StartRefused when the port is taken."""
    with socket.socket() as listener:
        if os.name == "posix":  # elsewhere the option would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise StartRefused(
                ExitCode.CONFIG,
                f"port {port} cannot be used (another program may have it); "
                "try another one with --port, or leave it out for any free port",
            ) from None
        listener.listen()
        yield listener


@contextlib.asynccontextmanager
async def world_started(
    bot: commands.AutoShardedBot, now: datetime, furnish: Furnish
) -> AsyncIterator[World]:
    """The example server, at ``now``, with the bot ready in it.

    ``furnish`` is called in between, when the server is there and the bot does not see it yet.
    """
    env = Env(bot, check_errors=False, settle_timeout=_PATIENCE)
    record_only_faults(env, is_fault)
    world = build_world(env, now)
    await furnish(world)
    await start_patiently(env, _PATIENCE)
    try:
        yield world
    finally:
        env.settle_timeout = _LAST_PATIENCE
        with contextlib.suppress(TimeoutError):  # a thread at work ends with the process
            await env.shutdown()


@contextlib.asynccontextmanager
async def demo_served(
    bot: commands.AutoShardedBot,
    listener: socket.socket,
    troubles: Troubles,
    furnish: Furnish,
    begin: Callable[[datetime], datetime] = lambda today: today,
) -> AsyncIterator[str]:
    """The whole demo around a bot that was not started; yields the page's address.

    Its time begins at ``begin`` of the present instant.
    """
    origins = own_origins(listener.getsockname()[1])
    now = begin(datetime.now(UTC).replace(microsecond=0))
    async with contextlib.AsyncExitStack() as opened:
        world = await opened.enter_async_context(world_started(bot, now, furnish))
        stage = Stage(world, origins)
        opened.push_async_callback(stage.close)
        await stage.begin()
        runner = web.AppRunner(
            Launcher(stage, troubles, origins).application(),
            access_log=None,
            shutdown_timeout=_GRACE,
        )
        await runner.setup()
        opened.push_async_callback(runner.cleanup)
        await web.SockSite(runner, listener).start()
        yield f"{origins[0]}/"
