"""A member who brought the app along uses it where the bot itself is not: over a real connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord.gateway
import discord.http
import pytest
import yarl

from bot.app import open_bot
from bot.settings import Settings
from tests.contract import faults
from tests.loopback import APPLICATION, TOKEN, LoopbackDiscord, loopback_discord

USER = {"id": "42", "username": "dana", "discriminator": "0", "avatar": None, "global_name": "Dana"}


@pytest.fixture
async def connected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[LoopbackDiscord]:
    """A Discord on loopback with the real bot logged in."""
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/club.db")
    async with loopback_discord() as here, open_bot(settings) as bot:
        monkeypatch.setattr(discord.http.Route, "BASE", here.base)
        gateway = discord.gateway.DiscordWebSocket
        monkeypatch.setattr(gateway, "DEFAULT_GATEWAY", yarl.URL(here.gateway))
        running = asyncio.create_task(bot.start(TOKEN))
        try:
            yield here
        finally:
            await bot.close()
            await asyncio.gather(running, return_exceptions=True)
    wrong = [fault for request in here.requests for fault in faults(*request)]
    assert not wrong, "\n".join(wrong)


def interaction(
    kind: int, data: dict[str, Any], *, context: int, guild: str | None
) -> dict[str, Any]:
    channel: dict[str, Any] = {"id": "7", "type": 1, "name": "here", "flags": 0, "permissions": "0"}
    if guild is not None:
        channel |= {"type": 0, "guild_id": guild, "position": 0, "parent_id": None, "nsfw": False}
    made: dict[str, Any] = {
        "id": "1000000000000000001", "application_id": APPLICATION, "type": kind, "token": "t" * 40,
        "version": 1, "data": data, "channel": channel, "channel_id": "7", "context": context,
        "authorizing_integration_owners": {"1": USER["id"]}, "entitlements": [], "app_permissions": "0",
        "attachment_size_limit": 10485760, "locale": "en-GB",
    }  # fmt: skip
    if guild is None:
        return {**made, "user": USER}
    member = {"user": USER, "roles": [], "joined_at": "2026-01-01T00:00:00Z", "permissions": "0", "deaf": False, "mute": False, "flags": 0}  # fmt: skip
    return {
        **made,
        "guild_id": guild,
        "member": member,
        "guild": {"id": guild, "features": [], "locale": "en-GB"},
    }


def theory(words: str) -> dict[str, Any]:
    return {
        "id": "1",
        "name": "theory",
        "type": 1,
        "options": [{"name": "name", "type": 3, "value": words}],
    }


@pytest.mark.parametrize(("context", "guild"), [(2, None), (1, None), (0, "999")])
async def test_a_card_is_shown_without_a_server_line(
    connected: LoopbackDiscord, context: int, guild: str | None
) -> None:
    answer = await connected.interact(
        interaction(2, theory("spline"), context=context, guild=guild)
    )
    (embed,) = answer["data"]["embeds"]
    assert "Spline" in embed["title"]
    assert "In this server" not in [field["name"] for field in embed["fields"]]


async def test_autocompletion_and_presses_work_there_too(connected: LoopbackDiscord) -> None:
    typed = theory("tro")
    typed["options"][0]["focused"] = True
    completed = await connected.interact(interaction(4, typed, context=2, guild=None))
    assert "Tropical geometry" in completed["data"]["choices"][0]["value"]
    press = {"custom_id": "tc1:card:spline:works", "component_type": 2}
    button = {"type": 2, "style": 2, "label": "All works", "custom_id": press["custom_id"]}
    pressed = interaction(3, press, context=2, guild=None)
    pressed["message"] = {
        "id": "5", "channel_id": "7", "author": {**USER, "id": APPLICATION}, "content": "", "embeds": [],
        "attachments": [], "mentions": [], "mention_roles": [], "pinned": False, "tts": False, "flags": 0,
        "mention_everyone": False, "timestamp": "2026-01-01T00:00:00Z", "edited_timestamp": None, "type": 20,
        "components": [{"type": 1, "components": [button]}],
        "interaction_metadata": {"id": "4", "type": 2, "user": USER, "authorizing_integration_owners": {}},
    }  # fmt: skip
    turned = await connected.interact(pressed)
    assert turned["type"] == 7
    assert any("Main works" in field["name"] for field in turned["data"]["embeds"][0]["fields"])


async def test_a_miss_is_private_there_too(connected: LoopbackDiscord) -> None:
    answer = await connected.interact(
        interaction(2, theory("quantum knitting"), context=2, guild=None)
    )
    assert answer["data"]["flags"] & 64
