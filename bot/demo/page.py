"""The launcher: a page of our own on loopback, and the few requests it makes.

Another web page must not be able to drive it: the Host header must name loopback (so a foreign
name that points here is refused), an Origin must be our own, and every request but that for
the page itself must carry the token that stands in the page.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
from aiohttp import web
from simcord import SetupError

from bot.demo.actions import (
    context_commands,
    move_time,
    next_due,
    recent_messages,
    run_context_command,
)
from bot.demo.places import list_places
from bot.demo.stage import Declined, Stage
from bot.demo.troubles import Troubles

log = logging.getLogger(__name__)

TOKEN_HEADER = "X-Theory-Club"  # noqa: S105 - the name of the header, not a secret
_STATIC = Path(__file__).with_name("static")
_FILES = {
    "launcher.css": "text/css",
    "launcher.js": "text/javascript",
    "launcher.svg": "image/svg+xml",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "frame-src {preview}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_MOST_BYTES = 4096
_GIST = 60

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def own_origins(port: int) -> tuple[str, str]:
    """How a browser may name this page."""
    return f"http://127.0.0.1:{port}", f"http://localhost:{port}"


class Launcher:
    """Answers the launcher's page. ``origins`` are the only ones that may ask."""

    def __init__(self, stage: Stage, troubles: Troubles, origins: tuple[str, ...]) -> None:
        self._stage = stage
        self._troubles = troubles
        self._origins = origins
        self._hosts = {origin.removeprefix("http://") for origin in origins}
        self._token = secrets.token_urlsafe(32)

    def application(self) -> web.Application:
        """The routes, each behind the same guard."""
        application = web.Application(middlewares=[self._guard], client_max_size=_MOST_BYTES)
        application.add_routes(
            [
                web.get("/", self._page),
                *(web.get(f"/{name}", self._file) for name in _FILES),
                web.get("/api/state", self._state),
                web.post("/api/open", self._open),
                web.post("/api/time", self._time),
                web.post("/api/context", self._context),
            ]
        )
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.headers.get("Host", "") not in self._hosts:
            raise web.HTTPForbidden(text="This page answers on this machine only.")
        if request.headers.get("Origin", self._origins[0]) not in self._origins:
            raise web.HTTPForbidden(text="Another page asked; that is not allowed.")
        if request.path.startswith("/api/"):
            told = request.headers.get(TOKEN_HEADER, "").encode()
            if not secrets.compare_digest(told, self._token.encode()):
                raise web.HTTPForbidden(text="The demo was started anew; load the page again.")
        return await handler(request)

    async def _page(self, _request: web.Request) -> web.Response:
        text = (_STATIC / "launcher.html").read_text(encoding="utf-8")
        text = text.replace("{{token}}", self._token).replace("{{preview}}", self._stage.origin)
        policy = _POLICY.format(preview=self._stage.origin)
        headers = {**_HEADERS, "Content-Security-Policy": policy}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def _file(self, request: web.Request) -> web.Response:
        name = request.path.removeprefix("/")
        text = (_STATIC / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=_FILES[name], headers=_HEADERS)

    async def _state(self, _request: web.Request) -> web.Response:
        return self._answer("")

    async def _open(self, request: web.Request) -> web.Response:
        asked = await _read(request)
        return await self._act(
            lambda: self._stage.open(
                asked.get("place", ""),
                asked.get("member", ""),
                keep_member=asked.get("keep") == "member",
            )
        )

    async def _time(self, request: web.Request) -> web.Response:
        asked = await _read(request)
        return await self._act(lambda: move_time(self._stage, asked.get("step", "")))

    async def _context(self, request: web.Request) -> web.Response:
        asked = await _read(request)
        return await self._act(
            lambda: run_context_command(
                self._stage, asked.get("name", ""), asked.get("kind", ""), asked.get("target", "")
            )
        )

    async def _act(self, action: Callable[[], Awaitable[str | None]]) -> web.Response:
        try:
            return self._answer(await action() or "")
        except Declined as declined:
            return self._answer(str(declined), status=409)
        except SetupError as refused:
            log.warning("the simulated Discord refused: %s", refused)
            return self._answer("That did not work just now. Please try again.", status=409)
        except Exception:
            log.exception("fault of the launcher")
            return self._answer("Something went wrong in the demo; the log has it.", status=500)

    def _answer(self, said: str, status: int = 200) -> web.Response:
        self._troubles.log_what_the_bot_did_not(self._stage.world.env)
        told = {**_describe(self._stage), "said": said, "trouble": self._trouble()}
        return web.json_response(told, status=status, headers=_HEADERS)

    def _trouble(self) -> str:
        found = self._troubles
        if not found.count:
            return ""
        times = "An error" if found.count == 1 else f"{found.count} errors"
        return f"{times} in the log: {found.last}"


def _describe(stage: Stage) -> dict[str, Any]:
    world = stage.world
    now, due = world.env.now(), next_due(world.env)
    return {
        "showing": stage.showing,
        "origin": stage.origin,
        "address": stage.address,
        "place": stage.place.id,
        "member": str(stage.member.id),
        "places": [{"id": place.id, "label": place.label} for place in list_places(world)],
        "members": _members(stage),
        "instant": now.isoformat(),
        "date": _date(now),
        "hour": f"{now:%H:%M} UTC",
        "due": "" if due is None else f"{_date(due)}, {due:%H:%M} UTC",
        "busy": stage.turns.busy,
        "commands": [{"name": c.name, "kind": c.target} for c in context_commands(stage)],
        "messages": [
            {"id": str(m.id), "label": f"{m.author.display_name}: {_gist(m)}"}
            for m in recent_messages(stage)
        ],
    }


def _members(stage: Stage) -> list[dict[str, str]]:
    world = stage.world
    return [
        {
            "id": str(member.id),
            "name": str(member.user.global_name),
            "label": f"{member.user.global_name}"
            + (" (organiser)" if world.is_organiser(member) else ""),
        }
        for member in world.members
    ]


def _date(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def _gist(message: discord.Message) -> str:
    titles = [embed.title or "" for embed in message.embeds]
    line = " ".join(" ".join([message.content, *titles]).split()) or "(no text)"
    return line if len(line) <= _GIST else f"{line[: _GIST - 1]}…"


async def _read(request: web.Request) -> dict[str, str]:
    try:
        body = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        body = None
    if not isinstance(body, dict) or not all(isinstance(value, str) for value in body.values()):
        raise web.HTTPBadRequest(text="A JSON object of texts is expected.")
    return body
