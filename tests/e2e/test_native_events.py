"""Scheduled events over a real connection: what only Discord's own answers can bring about."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import discord.gateway
import discord.http
import pytest
import yarl
from aiohttp import web

from bot.app import open_bot
from bot.client import ClubBot
from bot.domain.clubs import Club, ClubDraft
from bot.domain.event_answers import EventTrouble
from bot.domain.members import Actor
from bot.domain.schedule import Recurrence, Series
from bot.services import native_events
from bot.settings import Settings
from tests.contract import faults
from tests.loopback import BOT, TOKEN, LoopbackDiscord, answer, loopback_of

GUILD, CHANNEL, ANN = 900, 901, 42
MAKES_EVENTS = 1 << 44 | 1 << 33
BERLIN = ZoneInfo("Europe/Berlin")


class EventsDiscord(LoopbackDiscord):
    """Keeps the events of one server. ``answers`` come instead of the true answer to a POST."""

    def __init__(self) -> None:
        super().__init__()
        self.events: dict[str, dict[str, Any]] = {}
        self.answers: list[web.Response] = []
        self.delivers = True
        self.seen: list[str] = []
        self._changed = asyncio.Condition()

    def app(self) -> web.Application:
        app = super().app()
        path = "/api/v10/guilds/{guild}/scheduled-events"
        app.add_routes(
            [
                web.get(path, self._list),
                web.post(path, self._create),
                web.get(path + "/{id}", self._one),
                web.patch(path + "/{id}", self._edit),
            ]
        )
        return app

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for what follows from the requests."""
        async with self._changed, asyncio.timeout(15):
            await self._changed.wait_for(holds)

    def count(self, method: str) -> int:
        return self.seen.count(method)

    @property
    def starts(self) -> list[datetime]:
        found = (event["scheduled_start_time"] for event in self.events.values())
        return sorted(datetime.fromisoformat(start) for start in found)

    async def _saw(self, method: str) -> None:
        async with self._changed:
            self.seen.append(method)
            self._changed.notify_all()

    async def _list(self, _request: web.Request) -> web.Response:
        await self._saw("GET")
        return answer([event for event in self.events.values() if event["status"] < 3])

    async def _create(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.requests.append(("POST", request.path.removeprefix("/api/v10"), body))
        instead = self.answers.pop(0) if self.answers else None
        event = {
            **body, "id": str(5000 + len(self.events)), "guild_id": str(GUILD), "status": 1,
            "creator_id": BOT["id"], "channel_id": None, "entity_id": None, "user_count": 0,
        }  # fmt: skip
        if instead is None or (instead.status == 500 and self.delivers):
            self.events[event["id"]] = event
        await self._saw("POST")
        return instead or answer(event)

    async def _one(self, request: web.Request) -> web.Response:
        return answer(self.events[request.match_info["id"]])

    async def _edit(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.requests.append(("PATCH", request.path.removeprefix("/api/v10"), body))
        event = self.events.get(request.match_info["id"])
        await self._saw("PATCH")
        if event is None:
            return answer({"message": "Unknown Guild Scheduled Event", "code": 10070}, 404)
        event |= body
        return answer(event)


def server(permissions: int) -> dict[str, Any]:
    """A server where everybody, and so the bot, has these permissions."""
    role = {
        "id": str(GUILD), "name": "@everyone", "permissions": str(permissions), "position": 0,
        "color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip
    me = {"user": BOT, "roles": [], "joined_at": "2026-01-01T00:00:00Z", "deaf": False, "mute": False, "flags": 0}  # fmt: skip
    channel = {"id": str(CHANNEL), "type": 0, "name": "reading", "position": 0, "permission_overwrites": [], "nsfw": False, "parent_id": None}  # fmt: skip
    return {
        "id": str(GUILD), "name": "Readers", "owner_id": "1", "roles": [role], "members": [me],
        "channels": [channel], "member_count": 1, "emojis": [], "features": [], "threads": [],
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
        "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "preferred_locale": "en-GB",
        "system_channel_flags": 0, "afk_timeout": 60, "unavailable": False, "stickers": [],
        "guild_scheduled_events": [], "stage_instances": [], "voice_states": [], "presences": [],
    }  # fmt: skip


@asynccontextmanager
async def connected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, permissions: int = MAKES_EVENTS
) -> AsyncIterator[tuple[EventsDiscord, ClubBot]]:
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/club.db")
    async with loopback_of(EventsDiscord) as here, open_bot(settings) as bot:
        here.guilds = [server(permissions)]
        monkeypatch.setattr(discord.http.Route, "BASE", here.base)
        gateway = discord.gateway.DiscordWebSocket
        monkeypatch.setattr(gateway, "DEFAULT_GATEWAY", yarl.URL(here.gateway))
        ready = asyncio.Event()

        async def on_ready() -> None:
            ready.set()

        bot.add_listener(on_ready)
        running = asyncio.create_task(bot.start(TOKEN))
        try:
            async with asyncio.timeout(20):
                await ready.wait()
            yield here, bot
        finally:
            await bot.close()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    wrong = [fault for request in here.requests for fault in faults(*request)]
    assert not wrong, "\n".join(wrong)


def ann() -> Actor:
    return Actor(GUILD, ANN, "Ann", manages=True)


async def found(bot: ClubBot, start: date | None = None) -> Club:
    first = start or datetime.now(UTC).date() + timedelta(days=2)
    series = Series(Recurrence((first.weekday(),), time(18), 1), "Europe/Berlin", first)
    return await bot.services.club_organising.create(ann(), ClubDraft("Readers", series, CHANNEL))


async def trouble(bot: ClubBot) -> EventTrouble | None:
    """What is in the way once the round is over."""
    async with asyncio.timeout(10):
        while (now := await bot.services.native_events.trouble(GUILD)) is None:  # noqa: ASYNC110
            await asyncio.sleep(0)
    return now


@pytest.mark.parametrize("delivers", [True, False])
async def test_a_create_answered_by_an_error_is_not_sent_again_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, delivers: bool
) -> None:
    monkeypatch.setattr(native_events, "_LOOK_AGAIN", timedelta(milliseconds=200))
    async with connected(tmp_path, monkeypatch) as (here, bot):
        here.answers = [answer({"message": "Internal Server Error", "code": 0}, 500)]
        here.delivers = delivers
        made = await found(bot)
        await here.until(lambda: len(here.events) == 4)
        expected = made.held.taking_place(datetime.now(UTC), 4)
        assert here.starts == [one.starts for one in expected]
        assert here.count("POST") == (4 if delivers else 5)
        # It was looked for before anything else was made.
        assert here.seen[:3] == ["GET", "POST", "GET"]


async def test_a_create_that_came_too_fast_is_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(tmp_path, monkeypatch) as (here, bot):
        body = {"message": "slow down", "retry_after": 0.01, "global": False}
        here.answers = [answer(body, 429, Via="1.1 google")]
        await found(bot)
        await here.until(lambda: len(here.events) == 4)
        assert here.count("POST") == 5
        assert here.count("GET") == 1


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, 50013, EventTrouble.FORBIDDEN),
        (403, 50001, EventTrouble.FORBIDDEN),
        (400, 30038, EventTrouble.FULL),
    ],
)
async def test_a_refusal_is_one_request_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, code: int, said: EventTrouble
) -> None:
    async with connected(tmp_path, monkeypatch) as (here, bot):
        here.answers = [answer({"message": "no", "code": code}, status)]
        await found(bot)
        assert await trouble(bot) is said
        assert here.count("POST") == 1
        assert len(await bot.services.notices.waiting(GUILD, ANN)) == 1


async def test_without_the_permission_nothing_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(tmp_path, monkeypatch, permissions=0) as (here, bot):
        await found(bot)
        assert await trouble(bot) is EventTrouble.FORBIDDEN
        assert not here.seen


async def test_a_move_edits_the_event_and_a_skip_cancels_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(tmp_path, monkeypatch) as (here, bot):
        made = await found(bot)
        await here.until(lambda: len(here.events) == 4)
        first, second, *_ = made.held.taking_place(datetime.now(UTC), 4)
        (event,) = (e for e in here.events.values() if here.starts[0].isoformat() == e["scheduled_start_time"])  # fmt: skip
        to = datetime.combine(first.original, time(20, 30))
        await bot.services.session_organising.move(ann(), made.id, first.original, to)
        await here.until(lambda: here.count("PATCH") == 1)
        assert datetime.fromisoformat(event["scheduled_start_time"]) == to.replace(tzinfo=BERLIN)
        await bot.services.session_organising.skip(ann(), made.id, second.original)
        await here.until(lambda: len(here.events) == 5)
        assert [e["status"] for e in here.events.values()].count(4) == 1
        assert here.count("POST") == 5


async def test_an_event_deleted_by_hand_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(tmp_path, monkeypatch) as (here, bot):
        await found(bot)
        await here.until(lambda: len(here.events) == 4)
        before = here.starts
        here.events["6000"] = here.events.pop("5001") | {"id": "6000", "status": 4}
        await bot.services.native_events.look_at(GUILD)
        await here.until(lambda: here.count("POST") == 5)
        del here.events["6000"]
        assert here.starts == before


async def test_events_keep_the_wall_time_over_a_clock_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(tmp_path, monkeypatch) as (here, bot):
        day = datetime.now(UTC).date() + timedelta(days=12)
        noon = datetime.combine(day, time(12), BERLIN)
        while (noon + timedelta(days=1)).utcoffset() == noon.utcoffset():
            noon += timedelta(days=1)
        await found(bot, noon.date() - timedelta(days=9))
        await here.until(lambda: len(here.events) == 4)
        local = [start.astimezone(BERLIN) for start in here.starts]
        assert {one.strftime("%H:%M") for one in local} == {"18:00"}
        assert len({one.utcoffset() for one in local}) == 2
