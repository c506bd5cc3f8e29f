"""The whole demo in this process, and what a person at its two pages can do."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from bot.app import open_bot
from bot.client import ClubBot
from bot.demo.example import prepare_example
from bot.demo.page import TOKEN_HEADER
from bot.demo.serving import demo_served, listening
from bot.demo.troubles import troubles_noticed
from bot.demo.world import World
from bot.settings import Settings
from tests.installations import install, url_of
from tests.starts import reading_once

Answer = dict[str, Any]


class PreviewPage:
    """One open page of SimCord's preview, as a browser would drive it."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self._http = http
        self._base, self._capability = address.split("/#")
        self._context: str | None = None
        self._sequence = 0

    def _headers(self) -> dict[str, str]:
        headers = {"X-Simcord-Capability": self._capability}
        return headers | ({"X-Simcord-Context": self._context} if self._context else {})

    async def opened(self) -> Answer:
        """Open the page; what it shows."""
        async with self._http.post(
            f"{self._base}/api/pages", json={}, headers=self._headers()
        ) as told:
            assert told.status == 200, await told.text()
            shown: Answer = await told.json()
        self._context = shown["context"]["id"]
        return shown

    async def read(self, what: str = "state") -> Answer:
        """What it shows now, or its catalogue of commands."""
        async with self._http.get(f"{self._base}/api/{what}", headers=self._headers()) as told:
            assert told.status == 200, await told.text()
            shown: Answer = await told.json()
        return shown

    async def act(self, kind: str, **body: Any) -> Answer:
        """One action, as it is sent after a click; its receipt."""
        shown = await self.read()
        self._sequence += 1
        envelope = {
            "protocol_version": 3,
            "sequence": self._sequence,
            "request_id": f"request-{self._sequence}",
            "generation": shown["context"]["generation"],
            "bot_generation": shown["botGeneration"],
            "published_revision": shown["publishedRevision"],
            "kind": kind,
        }
        async with self._http.post(
            f"{self._base}/api/action", json={**envelope, **body}, headers=self._headers()
        ) as told:
            assert told.status == 200, await told.text()
            receipt: Answer = await told.json()
        return receipt

    async def run(self, *path: str, **options: str) -> Answer:
        """A slash command; its receipt."""
        entries = (await self.read("commands"))["entries"]
        entry = next(e for e in entries if e["path"] == list(path))
        return await self.act(
            "run_command",
            command_id=entry["commandId"],
            schema_fingerprint=entry["schemaFingerprint"],
            path=list(path),
            options=options,
        )

    async def picture(self, asset_id: str) -> bytes:
        """A picture of the page, as it is shown."""
        url = f"{self._base}/api/assets/{asset_id}"
        async with self._http.get(url, headers=self._headers()) as told:
            assert told.status == 200
            return await told.read()

    async def texts(self) -> list[str]:
        """The messages, oldest first, as their text or the title of their card."""
        shown = await self.read()
        messages: list[Answer] = [shown["messages"][identity] for identity in shown["timeline"]]
        return [
            m["content"] or " ".join(str(e.get("title")) for e in m["embeds"]) for m in messages
        ]


@dataclass
class Visitor:
    """Somebody with the launcher open."""

    http: aiohttp.ClientSession
    address: str
    headers: dict[str, str] = field(default_factory=dict)

    async def arrive(self) -> None:
        """Load the page, which holds the token."""
        async with self.http.get(self.address) as page:
            found = re.search(r'data-token="([^"]+)"', await page.text())
        assert found is not None
        self.headers = {TOKEN_HEADER: found[1]}

    async def look(self) -> Answer:
        """What the launcher shows."""
        async with self.http.get(f"{self.address}api/state", headers=self.headers) as told:
            assert told.status == 200
            state: Answer = await told.json()
        return state

    async def post(self, action: str, **body: str) -> tuple[int, Answer]:
        """One of the launcher's actions: its status and what the launcher shows then."""
        async with self.http.post(
            f"{self.address}api/{action}", json=body, headers=self.headers
        ) as told:
            return told.status, await told.json()

    async def do(self, action: str, **body: str) -> Answer:
        """An action that must succeed."""
        status, state = await self.post(action, **body)
        assert status == 200, state["said"]
        return state

    async def go(self, place: str, member: str, keep: str = "member") -> Answer:
        """Open a place, by its label, as a member, by name."""
        state = await self.look()
        (place_id,) = [p["id"] for p in state["places"] if p["label"].endswith(place)]
        (member_id,) = [m["id"] for m in state["members"] if m["name"] == member]
        return await self.do("open", place=place_id, member=member_id, keep=keep)

    async def preview(self) -> PreviewPage:
        """The preview's page, opened where the launcher is now."""
        page = PreviewPage(self.http, (await self.look())["address"])
        await page.opened()
        return page


def add_extras(bot: ClubBot) -> None:
    """What the bot may have one day and the demo must cope with."""

    @bot.tree.context_menu(name="Their readings")
    async def readings(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"{member.display_name} reads splines")

    @bot.tree.context_menu(name="Note this")
    async def note(interaction: discord.Interaction, _message: discord.Message) -> None:
        modal = discord.ui.Modal(title="Your note")
        modal.add_item(discord.ui.TextInput(label="Words"))
        await interaction.response.send_modal(modal)

    @bot.tree.command(name="slow", description="Takes a while")
    async def slow(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await bot.loop.run_in_executor(None, time.sleep, 0.3)
        await interaction.followup.send("done slowly")

    @bot.tree.command(name="broken", description="Fails")
    async def broken(_interaction: discord.Interaction) -> None:
        raise RuntimeError("the extra command is broken")


Open = Callable[..., Any]
FIRST_START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Read what files say once, not at each start."""
    with reading_once():
        yield


@asynccontextmanager
async def demo_open(
    file: Path, extras: Callable[[ClubBot], None] | None = None
) -> AsyncIterator[Visitor]:
    """The demo, with a visitor who has loaded its page."""
    install(file, FIRST_START)
    url = url_of(file)
    async with AsyncExitStack() as opened:
        troubles = opened.enter_context(troubles_noticed())
        listener = opened.enter_context(listening(0))
        bot = await opened.enter_async_context(open_bot(Settings(database_url=url)))

        async def furnish(world: World) -> None:
            await prepare_example(bot, url, world)
            if extras is not None:
                extras(bot)

        address = await opened.enter_async_context(demo_served(bot, listener, troubles, furnish))
        http = await opened.enter_async_context(aiohttp.ClientSession())
        visitor = Visitor(http, address)
        await visitor.arrive()
        yield visitor


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    """A visitor of the demo as it is shipped."""
    async with demo_open(tmp_path / "demo.db") as opened:
        yield opened


@pytest.fixture
async def richer(tmp_path: Path) -> AsyncIterator[Visitor]:
    """A visitor of a demo whose bot has a few commands more."""
    async with demo_open(tmp_path / "demo.db", add_extras) as opened:
        yield opened


@pytest.fixture
async def planning(tmp_path: Path) -> AsyncIterator[Visitor]:
    """A visitor of a demo whose bot has something due in three hours, once."""
    due: list[datetime] = []

    def next_due() -> datetime | None:
        return next((at for at in due if discord.utils.utcnow() <= at), None)

    def plan(bot: ClubBot) -> None:
        bot.next_due = next_due  # type: ignore[method-assign]

    async with demo_open(tmp_path / "demo.db", plan) as opened:
        now = datetime.fromisoformat((await opened.look())["instant"])
        due.append(now + timedelta(hours=3))
        yield opened
