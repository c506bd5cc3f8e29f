"""``GET /health`` on loopback, for a container's health check or a monitor beside the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.client import ClubBot


class PortTaken(Exception):
    """The health check cannot be served on ``port``; ``reason`` is the system's word for it."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(port, reason)
        self.port = port
        self.reason = reason


@asynccontextmanager
async def health_served(bot: ClubBot, port: int) -> AsyncIterator[None]:
    """Answer 200 while the bot is connected and ready, else 503; both with a JSON body.

    Raises PortTaken when the port cannot be had.
    """

    async def health(_request: web.Request) -> web.Response:
        ready = bot.is_ready() and not bot.is_closed()
        return web.json_response({"ready": ready}, status=200 if ready else 503)

    app = web.Application()
    app.router.add_get("/health", health)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        except OSError as error:
            raise PortTaken(port, error.strerror or type(error).__name__) from None
        yield
    finally:
        await runner.cleanup()
