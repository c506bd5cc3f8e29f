"""Runs the bot against Discord until it is told to stop, and names every way a start can fail."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterator

import aiohttp
import discord

from bot.app import open_bot
from bot.domain.errors import CatalogueError
from bot.health import health_served
from bot.settings import Settings
from bot.startup import ExitCode, StartRefused, database_code
from bot.storage.errors import DatabaseRefused

log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM. Raises StartRefused for every known way to fail."""
    with start_failures_named():
        return asyncio.run(_run(settings))


async def _run(settings: Settings) -> int:
    token = settings.discord_token
    assert token is not None
    running = asyncio.current_task()
    assert running is not None
    with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers on the loop
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    async with contextlib.AsyncExitStack() as opened:
        bot = await opened.enter_async_context(open_bot(settings))
        if settings.http_port is not None:
            await opened.enter_async_context(health_served(bot, settings.http_port))
        with contextlib.suppress(asyncio.CancelledError):
            await bot.start(token.get_secret_value())
    log.info("stopped")
    return ExitCode.OK


@contextlib.contextmanager
def start_failures_named() -> Iterator[None]:
    """Translate what can go wrong at a start into StartRefused; a fault of ours stays itself."""
    try:
        yield
    except CatalogueError as error:
        raise StartRefused(ExitCode.DATA, str(error)) from None
    except DatabaseRefused as error:
        raise StartRefused(database_code(error), str(error)) from None
    except discord.LoginFailure:
        raise StartRefused(
            ExitCode.CONFIG,
            "Discord refuses the token. Copy it again from the developer portal (Bot, Reset "
            "Token) into DISCORD_TOKEN",
        ) from None
    except (aiohttp.ClientError, discord.GatewayNotFound, discord.DiscordServerError) as error:
        raise StartRefused(
            ExitCode.UNAVAILABLE,
            f"Discord cannot be reached ({type(error).__name__}). Check the connection; a later "
            "start may work",
        ) from None
