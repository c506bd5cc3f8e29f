"""Runs the bot against Discord until it is told to stop, and names every way a start can fail."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator

import aiohttp
import discord
from discord import app_commands

from bot.app import open_bot
from bot.backups import DailyBackups
from bot.domain.errors import CatalogueError
from bot.health import PortTaken, health_served
from bot.settings import Settings
from bot.signals import ended_by_signals
from bot.startup import ExitCode, StartRefused, database_code
from bot.storage.errors import DatabaseRefused
from bot.storage.occupancy import occupied
from bot.storage.sqlite import database_path
from bot.watchdog import patience, watched

log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM. Raises StartRefused for every known way to fail."""
    with start_failures_named():
        return asyncio.run(_run(settings))


async def _run(settings: Settings) -> int:
    token = settings.discord_token
    assert token is not None
    path = database_path(settings.database_url)
    with ended_by_signals(), occupied(path):
        async with contextlib.AsyncExitStack() as opened:
            bot = await opened.enter_async_context(open_bot(settings))
            if settings.http_port is not None:
                await opened.enter_async_context(health_served(bot, settings.http_port))
            backups = DailyBackups(path)
            opened.push_async_callback(backups.stop)
            backups.start()
            opened.enter_context(watched(bot.alarm, patience(settings.nap)))
            await bot.start(token.get_secret_value())
    log.info("stopped")
    return ExitCode.OK


@contextlib.contextmanager
def start_failures_named() -> Iterator[None]:
    """Translate what a person can mend, or wait out, into StartRefused; a fault stays itself."""
    try:
        yield
    except CatalogueError as error:
        raise StartRefused(ExitCode.DATA, str(error)) from None
    except DatabaseRefused as error:
        raise StartRefused(database_code(error), str(error)) from None
    except PortTaken as error:
        raise StartRefused(
            ExitCode.CONFIG,
            f"HTTP_PORT: port {error.port} cannot be served ({error.reason}); choose another one",
        ) from None
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise _refused_by_discord(error) from None


def _refused_by_discord(error: Exception) -> StartRefused:
    match error:
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):
            return StartRefused(
                ExitCode.CONFIG,
                "Discord refuses the token. Copy it again from the developer portal (Bot, Reset "
                "Token) into DISCORD_TOKEN",
            )
        case discord.ConnectionClosed(code=4010 | 4011):
            return StartRefused(
                ExitCode.CONFIG, "Discord asks for more gateway connections; raise SHARD_COUNT"
            )
        case discord.PrivilegedIntentsRequired() | discord.ConnectionClosed(code=4013 | 4014):
            return StartRefused(
                ExitCode.CONFIG,
                "Discord refuses the intents. The bot asks for none that is privileged, so this "
                "is a version of it that Discord does not know; update it",
            )
        case discord.Forbidden(code=50001):
            return StartRefused(
                ExitCode.CONFIG,
                "Discord does not let the bot register its commands there. Is the bot in the "
                "server that DEV_GUILD_ID names?",
            )
        case app_commands.CommandSyncFailure():
            return StartRefused(
                ExitCode.SOFTWARE, f"Discord refuses the commands ({error.code}); report this"
            )
        case _:
            return StartRefused(
                ExitCode.UNAVAILABLE,
                f"Discord cannot be reached ({_in_short(error)}). Check the connection; a later "
                "start may work",
            )


def _in_short(error: Exception) -> str:
    """The kind of an error and its number, never its text, which may hold an address."""
    number = getattr(error, "status", None) or getattr(error, "code", None)
    return f"{type(error).__name__} {number}" if number else type(error).__name__
