"""Told to end while a message is on its way: soon, in order, and nothing is forgotten."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import open_bot
from bot.domain.clubs import ClubDraft
from bot.domain.members import Actor
from bot.domain.schedule import Recurrence, Series
from bot.settings import Settings
from tests.e2e.test_native_events import CHANNEL, GUILD, server
from tests.e2e.test_startup import run_against
from tests.loopback import TOKEN, LoopbackDiscord, answer, loopback_of
from tests.services.reminding import snowflake
from tests.storage.builders import query

POSTS = 1 << 10 | 1 << 11 | 1 << 16


class SilentDiscord(LoopbackDiscord):
    """Takes a reminder and never says so; what else is told of a club it shows as ever."""

    def __init__(self) -> None:
        super().__init__()
        self.guilds = [server(POSTS)]
        self.posted: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def app(self) -> web.Application:
        app = super().app()
        app.add_routes(
            [
                web.get("/api/v10/gateway", self._clock),
                web.post("/api/v10/channels/{id}/messages", self._post),
            ]
        )
        return app

    async def _clock(self, _request: web.Request) -> web.Response:
        return answer({}, Date=datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT"))

    async def _post(self, request: web.Request) -> web.Response:
        message = await request.json()
        if "tc1:reminders:" not in str(message.get("components")):
            return answer(shown(message.get("content", "")))
        if not self.posted.done():
            self.posted.set_result(message)
        await asyncio.sleep(60)
        return answer({}, 500)


def shown(content: str) -> dict[str, Any]:
    """A message as Discord answers with it once it stands."""
    bot = {"id": "1", "username": "club", "discriminator": "0", "avatar": None, "bot": True}
    return {
        "id": str(snowflake(datetime.now(UTC))), "channel_id": str(CHANNEL), "author": bot,
        "content": content, "timestamp": datetime.now(UTC).isoformat(), "edited_timestamp": None,
        "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": False, "type": 0,
    }  # fmt: skip


async def club_that_meets_soon(url: str) -> None:
    """A club whose session begins in less than an hour: its last reminder is due at once."""
    starts = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=50)
    rule = Recurrence((starts.weekday(),), starts.time())
    draft = ClubDraft("Readers", Series(rule, "UTC", starts.date()), CHANNEL)
    async with open_bot(Settings(database_url=url)) as bot:
        await bot.services.guilds.joined(GUILD)
        organising = Actor(GUILD, 42, "Ann", manages=True)
        await bot.services.club_organising.create(organising, draft)


async def test_ended_in_mid_send_it_is_soon_over_and_the_message_is_looked_for_later(
    tmp_path: Path,
) -> None:
    path = tmp_path / "club.db"
    url = f"sqlite+aiosqlite:///{path}"
    await club_that_meets_soon(url)
    async with loopback_of(SilentDiscord) as here:

        async def sent() -> None:
            await asyncio.wait_for(asyncio.shield(here.posted), 20)

        code, err, seconds = await run_against(
            here.base, tmp_path, TOKEN, gateway=here.gateway, when_ready=sent,
            DATABASE_URL=url, LOG_FORMAT="json",
        )  # fmt: skip
        message = await here.posted
    assert code == 0, err
    assert seconds < 10
    assert message["enforce_nonce"]
    kept = query(path, "SELECT state, first_post_at IS NOT NULL, attempts FROM delivery")
    assert ("sending", 1, 1) in kept
    assert "Traceback" not in err
