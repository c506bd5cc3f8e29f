"""A Discord of its own process: logs a bot in, takes messages, remembers nonces, and fails to order.

Its clock is set from outside, so that minutes pass at once. ``POST /control`` sets the clock, orders
faults (one for each message that comes in) and forgets; ``GET /control`` tells what readers see.
Run as a program it prints its port and serves until its input ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import WSMsgType, web

from tests.loopback import _BOT, LoopbackDiscord, _Gateway, _json, _ready

GUILD, ROOM, DM = 1000, 5000, 6000
_DISCORD_BEGAN = datetime(2015, 1, 1, tzinfo=UTC)
# What Discord means by "a few minutes" is published nowhere; shorter is harder for a sender.
REMEMBERS = timedelta(minutes=2)
_READ_HISTORY = 1 << 16
_RIGHTS = (1 << 10) | (1 << 11) | _READ_HISTORY


class FaultyDiscord(LoopbackDiscord):
    """One server with one room, and direct messages with whoever is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.forget()

    def forget(self) -> None:
        """As if nothing had ever been sent."""
        self.messages: list[dict[str, Any]] = []
        self.faults: list[dict[str, Any]] = []
        self.held: list[tuple[int, dict[str, Any]]] = []
        self.posts = self.looks = 0
        self.rights = _RIGHTS
        self.set_clock(datetime(2026, 1, 5, 18, 0, tzinfo=UTC))

    def set_clock(self, now: datetime) -> None:
        self._now, self._set_at = now, time.monotonic()

    def now(self) -> datetime:
        return self._now + timedelta(seconds=time.monotonic() - self._set_at)

    def app(self) -> web.Application:
        app = super().app()
        app.add_routes(
            [
                web.get("/control", self._tell),
                web.post("/control", self._order),
                web.get("/api/v10/gateway", self._clock),
                web.post("/api/v10/users/@me/channels", self._open_dm),
                web.post("/api/v10/channels/{id}/messages", self._post),
                web.get("/api/v10/channels/{id}/messages", self._history),
                web.patch("/api/v10/channels/{id}/messages/{message}", self._patch),
            ]
        )
        return app

    async def _order(self, request: web.Request) -> web.Response:
        order = await request.json()
        if order.get("forget"):
            self.forget()
        if "now" in order:
            self.set_clock(datetime.fromisoformat(order["now"]))
        if "rights" in order:
            self.rights = order["rights"]
        self.faults += order.get("faults", [])
        return _json({})

    def _land(self) -> None:
        while self.held:
            self._deliver(*self.held.pop(0))

    async def _tell(self, _request: web.Request) -> web.Response:
        self._land()
        return _json({"messages": self.messages, "posts": self.posts, "looks": self.looks})

    async def _clock(self, _request: web.Request) -> web.Response:
        date = self.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
        return web.Response(body=b"{}", headers={"Date": date, "Content-Type": "application/json"})

    async def _open_dm(self, request: web.Request) -> web.Response:
        wanted = int((await request.json())["recipient_id"])
        user = {**_BOT, "id": str(wanted), "bot": False, "username": "reader"}
        return _json({"id": str(DM + wanted), "type": 1, "recipients": [user]})

    async def _post(self, request: web.Request) -> web.StreamResponse:
        self.posts += 1
        channel, body = int(request.match_info["id"]), await request.json()
        fault: dict[str, Any] = self.faults.pop(0) if self.faults else {"kind": "none"}
        kind = fault["kind"]
        if kind == "refuse":
            headers = {"Via": "1.1 google"} if fault.get("via", True) else {}
            answer = _json(
                {"code": fault["code"], "message": "no", **fault.get("more", {})}, fault["status"]
            )
            answer.headers.update(headers)
            return answer
        if kind == "hold":
            # It stands in a queue of Discord's until after whatever comes next.
            self.held.append((channel, body))
            return await self._without_answer(request, fault)
        message = self._deliver(channel, body)
        self._land()
        if kind == "status":
            return _json({"message": "oops", "code": 0}, fault["status"])
        if kind in ("kill", "drop", "silence"):
            return await self._without_answer(request, fault)
        if kind == "slow":
            await asyncio.sleep(fault["seconds"])
        return _json(message)

    async def _without_answer(
        self, request: web.Request, fault: dict[str, Any]
    ) -> web.StreamResponse:
        if "pid" in fault:
            os.kill(fault["pid"], signal.SIGKILL)
        elif fault["kind"] == "silence":
            await asyncio.sleep(fault["seconds"])
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _deliver(self, channel: int, body: dict[str, Any]) -> dict[str, Any]:
        now, nonce = self.now(), body.get("nonce")
        if body.get("enforce_nonce") and nonce is not None:
            assert len(str(nonce)) <= 25
            for old in self.messages:
                # The check is of the author, in whatever channel.
                fresh = now - datetime.fromisoformat(old["timestamp"]) <= REMEMBERS
                if old["nonce"] == nonce and fresh:
                    return old
        made = (int((now - _DISCORD_BEGAN).total_seconds() * 1000) << 22) + len(self.messages)
        message = {
            "id": str(made), "channel_id": str(channel), "author": _BOT, "nonce": nonce,
            "timestamp": now.isoformat(), "edited_timestamp": None, "type": 0, "tts": False,
            "content": body.get("content", ""), "components": body.get("components", []),
            "embeds": [], "attachments": [], "mentions": [], "mention_roles": [],
            "mention_everyone": False, "pinned": False, "flags": 0,
        }  # fmt: skip
        self.messages.append(message)
        return message

    async def _history(self, request: web.Request) -> web.Response:
        self.looks += 1
        channel, after = request.match_info["id"], int(request.query.get("after", 0))
        if not self.rights & _READ_HISTORY:
            return _json([])  # as Discord does, without a word
        found = [m for m in self.messages if m["channel_id"] == channel and int(m["id"]) > after]
        return _json(sorted(found, key=lambda m: -int(m["id"]))[-int(request.query["limit"]) :])

    async def _patch(self, request: web.Request) -> web.Response:
        body = await request.json()
        for message in self.messages:
            if message["id"] == request.match_info["message"]:
                message.update(content=body["content"], components=body["components"])
                return _json(message)
        return _json({"code": 10008, "message": "Unknown Message"}, 404)

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
            elif received["op"] == 2:
                guilds = [{"id": str(GUILD), "unavailable": True}]
                await gateway.dispatch("READY", {**_ready(), "guilds": guilds})
                await gateway.dispatch("GUILD_CREATE", self._guild())
        return socket

    def _guild(self) -> dict[str, Any]:
        everyone = {
            "id": str(GUILD), "name": "@everyone", "permissions": str(self.rights), "position": 0,
            "color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0,
        }  # fmt: skip
        room = {
            "id": str(ROOM), "type": 0, "name": "room", "position": 0, "permission_overwrites": [],
            "guild_id": str(GUILD), "nsfw": False, "parent_id": None, "topic": None,
        }  # fmt: skip
        me = {"user": _BOT, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}
        return {
            "id": str(GUILD), "name": "Readers", "owner_id": "1", "roles": [everyone],
            "channels": [room], "members": [me], "member_count": 2, "threads": [], "emojis": [],
            "voice_states": [], "presences": [], "stage_instances": [], "features": [],
            "guild_scheduled_events": [], "unavailable": False, "verification_level": 0,
        }  # fmt: skip


async def _serve() -> None:
    runner = web.AppRunner(FaultyDiscord().app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(_serve())
