"""A small Discord on loopback: just enough HTTP and gateway for a real bot to log in and answer.

For what a simulated Discord inside the process cannot show: a refused token, real requests on a
real connection, and interactions from places where only the user has installed the app.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from aiohttp import WSMsgType, web

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"
APPLICATION = "123456789012345678"
Here = TypeVar("Here", bound="LoopbackDiscord")
BOT = _BOT = {
    "id": APPLICATION,
    "username": "theory-club",
    "discriminator": "0",
    "avatar": None,
    "bot": True,
}


def answer(data: Any, status: int = 200, **headers: str) -> web.Response:
    """A body as discord.py takes it."""
    response = _json(data, status)
    response.headers.update(headers)
    return response


def _json(data: Any, status: int = 200) -> web.Response:
    # discord.py takes a body for JSON only when the type is exactly this, without a charset.
    headers = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(data).encode(), headers=headers, status=status)


class LoopbackDiscord:
    """Remembers every request with a body as ``(method, path, body)``."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, Any]] = []
        self.base = ""
        self.gateway = ""
        self.closes_with: int | None = None
        self.refuses_commands_with: tuple[int, int] | None = None
        # The servers the bot is in, as GUILD_CREATE describes them.
        self.guilds: list[dict[str, Any]] = []
        self._connected: asyncio.Future[_Gateway] = asyncio.get_running_loop().create_future()
        self._answered: asyncio.Queue[Any] = asyncio.Queue()

    def app(self) -> web.Application:
        """The routes, as Discord names them."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/api/v10/users/@me", self._me),
                web.get("/api/v10/oauth2/applications/@me", self._application),
                web.get("/api/v10/applications/@me", self._application),
                web.put("/api/v10/applications/{id}/commands", self._commands),
                web.post("/api/v10/interactions/{id}/{token}/callback", self._callback),
                web.get("/gateway/", self._gateway),
            ]
        )
        return app

    async def interact(self, interaction: dict[str, Any]) -> Any:
        """Send an interaction and wait for the body of the answer."""
        gateway = await self._connected
        await gateway.dispatch("INTERACTION_CREATE", interaction)
        return await asyncio.wait_for(self._answered.get(), 10)

    def _allowed(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") == f"Bot {TOKEN}"

    async def _me(self, request: web.Request) -> web.Response:
        if not self._allowed(request):
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        return _json(_BOT)

    async def _application(self, _request: web.Request) -> web.Response:
        return _json(
            {
                "id": APPLICATION, "name": "Theory Club", "icon": None, "description": "",
                "bot_public": True, "bot_require_code_grant": False, "verify_key": "00", "flags": 0,
                "owner": {**_BOT, "bot": False}, "team": None,
            }
        )  # fmt: skip

    async def _commands(self, request: web.Request) -> web.Response:
        commands = await request.json()
        if self.refuses_commands_with is not None:
            status, code = self.refuses_commands_with
            return _json({"message": "refused", "code": code}, status=status)
        self.requests.append(("PUT", request.path.removeprefix("/api/v10"), commands))
        # An entry of a menu is sent without a description and comes back with an empty one.
        made = {"id": "1", "application_id": APPLICATION, "version": "1"}
        commands = [{"description": "", **command} for command in commands]
        return _json([{**command, **made} for command in commands])

    async def _callback(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.requests.append(("POST", request.path.removeprefix("/api/v10"), body))
        self._answered.put_nowait(body)
        told = {"id": request.match_info["id"], "type": 2, "response_message_ephemeral": True}
        return _json({"interaction": told})

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        gateway = _Gateway(socket)
        await gateway.send({"op": 10, "d": {"heartbeat_interval": 45000}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            received = json.loads(message.data)
            if received["op"] == 1:
                await gateway.send({"op": 11})
            elif received["op"] == 2 and self.closes_with is not None:
                await socket.close(code=self.closes_with)
            elif received["op"] == 2:
                away = [{"id": guild["id"], "unavailable": True} for guild in self.guilds]
                await gateway.dispatch("READY", {**_ready(), "guilds": away})
                for guild in self.guilds:
                    await gateway.dispatch("GUILD_CREATE", guild)
                self._connected.set_result(gateway)
        return socket


class _Gateway:
    """One connection, compressed as a stream the way Discord does (zlib-stream)."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._compress = zlib.compressobj()
        self._sequence = 0

    async def send(self, payload: dict[str, Any]) -> None:
        text = json.dumps(payload).encode()
        data = self._compress.compress(text) + self._compress.flush(zlib.Z_SYNC_FLUSH)
        await self._socket.send_bytes(data)

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        self._sequence += 1
        await self.send({"op": 0, "t": event, "s": self._sequence, "d": data})


def _ready() -> dict[str, Any]:
    return {
        "v": 10, "user": _BOT, "guilds": [], "session_id": "1", "shard": [0, 1],
        "resume_gateway_url": "ws://127.0.0.1:9/", "application": {"id": APPLICATION, "flags": 0},
        "private_channels": [], "relationships": [],
    }  # fmt: skip


@asynccontextmanager
async def loopback_discord() -> AsyncIterator[LoopbackDiscord]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    async with loopback_of(LoopbackDiscord) as here:
        yield here


@asynccontextmanager
async def loopback_of(kind: type[Here]) -> AsyncIterator[Here]:
    """As ``loopback_discord``, for one that knows more."""
    discord_here = kind()
    runner = web.AppRunner(discord_here.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    discord_here.base = f"http://127.0.0.1:{port}/api/v10"
    discord_here.gateway = f"ws://127.0.0.1:{port}/gateway/"
    try:
        yield discord_here
    finally:
        await runner.cleanup()
