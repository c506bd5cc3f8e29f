"""Reminders through real discord.py, to a Discord on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import pytest
import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.domain.reminders import (
    Answer,
    Look,
    Meaning,
    Outgoing,
    Place,
    Said,
    Seen,
    Told,
    mark,
    posted_at,
)
from bot.render.words import Words
from bot.ui import reminder_sender
from bot.ui.reminder_sender import Composed, DiscordSender
from tests.faults.discord_process import DM, ROOM, FaultyDiscord
from tests.loopback import TOKEN
from tests.services.reminding import ANN, planned

INSTALLATION = "6c0f3c53-5d0e-4b53-8d4b-7a1d0c1f7d55"


def outgoing(reader: int = 0, text: str = "Tomorrow at 18:00", **others: Any) -> Outgoing:
    one = planned(reader=reader)
    return Outgoing(mark(INSTALLATION, one), (Told(one, Said(text)),), **others)


class Remembering(FaultyDiscord):
    """Keeps the bodies as they came."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[dict[str, Any]] = []

    def _deliver(self, channel: int, body: dict[str, Any]) -> dict[str, Any]:
        self.bodies.append(body)
        return super()._deliver(channel, body)

    async def _patch(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        return await super()._patch(request)


async def composed(message: Outgoing) -> Composed:
    return Composed(str(message.told[0].said.subject))


@asynccontextmanager
async def served() -> AsyncIterator[tuple[Remembering, str, str]]:
    here = Remembering()
    runner = web.AppRunner(here.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        yield here, f"http://127.0.0.1:{port}/api/v10", f"ws://127.0.0.1:{port}/gateway/"
    finally:
        await runner.cleanup()


@pytest.fixture
async def there(
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[Remembering, DiscordSender]]:
    """A Discord, and a sender that is logged in to it."""
    async with served() as (here, base, gateway):
        monkeypatch.setattr(Route, "BASE", base)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(gateway))
        options: dict[str, Any] = {"guild_ready_timeout": 0.02, "max_messages": None}
        client = discord.Client(intents=discord.Intents(guilds=True), **options)
        sender = DiscordSender(composed, Words())
        sender.client = client
        async with client:
            running = asyncio.create_task(client.start(TOKEN))
            await client.wait_until_ready()
            yield here, sender
        await asyncio.gather(running, return_exceptions=True)


There = tuple[Remembering, DiscordSender]


def place(out: Outgoing, here: FaultyDiscord) -> Place:
    return Place(out.lead, out.mark, here.now() - timedelta(minutes=1))


async def test_a_reminder_carries_its_mark_as_an_enforced_nonce_and_in_a_button(
    there: There,
) -> None:
    here, sender = there
    answer = await sender.send(outgoing())
    (message,) = here.messages
    assert answer == Answer(Meaning.SENT, 0, int(message["id"]))
    assert posted_at(int(message["id"])) - here.now() < timedelta(seconds=5)
    (body,) = here.bodies
    assert (body["nonce"], body["enforce_nonce"]) == (outgoing().mark, True)
    assert outgoing().mark in str(body["components"])
    assert message["channel_id"] == str(ROOM)


async def test_the_same_reminder_again_is_the_same_message(there: There) -> None:
    here, sender = there
    first, second = [await sender.send(outgoing()) for _ in range(2)]
    assert first == second
    assert len(here.messages) == 1


async def test_nobody_is_mentioned_but_those_who_are_meant(there: There) -> None:
    here, sender = there
    await sender.send(outgoing(text="@everyone <@1> <@&2>"))
    await sender.send(replace(outgoing(text="<@7>"), mark="other", mentions=(7, 8)))
    nobody, two = (body["allowed_mentions"] for body in here.bodies)
    assert nobody["parse"] == two["parse"] == []
    assert nobody.get("users", []) == []
    assert sorted(map(int, two["users"])) == [7, 8]


async def test_a_direct_message_goes_to_its_reader_and_can_be_muted(there: There) -> None:
    here, sender = there
    out = outgoing(ANN)
    assert (await sender.send(out)).meaning is Meaning.SENT
    assert here.messages[0]["channel_id"] == str(DM + ANN)
    assert "Mute this" in str(here.bodies[0]["components"])
    assert (await sender.look(place(out, here))).seen is Seen.FOUND


async def test_a_message_is_found_again_by_its_mark(there: There) -> None:
    here, sender = there
    for n in range(3):
        await sender.send(replace(outgoing(), mark=f"other{n}"))
    assert await sender.look(place(outgoing(), here)) == Look(Seen.ABSENT)
    sent = await sender.send(outgoing())
    assert await sender.look(place(outgoing(), here)) == Look(Seen.FOUND, sent.message_id)


async def test_what_somebody_else_wrote_is_no_reminder_of_ours(there: There) -> None:
    here, sender = there
    await sender.send(outgoing())
    here.messages[0]["author"] = {**here.messages[0]["author"], "id": "999999999999999999"}
    assert await sender.look(place(outgoing(), here)) == Look(Seen.ABSENT)


async def test_a_message_is_found_behind_many_others(there: There) -> None:
    here, sender = there
    await sender.send(outgoing())
    (mine,) = here.messages
    early = (int(mine["id"]) >> 22) - 1000
    for n in range(250):
        here.messages.append({**mine, "id": str((early << 22) + n), "components": []})
    assert await sender.look(place(outgoing(), here)) == Look(Seen.FOUND, int(mine["id"]))
    assert here.looks >= 3


async def test_what_is_further_back_than_is_looked_is_not_taken_for_absent(
    there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, sender = there
    monkeypatch.setattr(reminder_sender, "_LOOKED_THROUGH", 100)
    await sender.send(replace(outgoing(), mark="other"))
    (other,) = here.messages
    for n in range(150):
        here.messages.append({**other, "id": str(int(other["id"]) + n + 1), "components": []})
    assert await sender.look(place(outgoing(), here)) == Look(Seen.UNCERTAIN)


async def test_without_the_right_to_read_back_it_does_not_look(
    there: There,
) -> None:
    here, sender = there
    assert sender.client is not None
    guild = sender.client.get_guild(planned().guild_id)
    assert guild is not None
    await sender.send(outgoing())
    elsewhere = replace(planned(), dest=ROOM + 1)
    assert (await sender.look(Place(elsewhere, "x", here.now()))).seen is Seen.UNREADABLE
    guild.default_role._permissions &= ~discord.Permissions(read_message_history=True).value
    assert (await sender.look(place(outgoing(), here))).seen is Seen.UNREADABLE
    assert here.looks == 0


async def test_a_server_out_of_reach_is_looked_at_later(there: There) -> None:
    here, sender = there
    elsewhere = replace(planned(), guild_id=4)
    assert (await sender.look(Place(elsewhere, "x", here.now()))).seen is Seen.UNCERTAIN


async def test_an_edit_changes_the_text_and_mentions_nobody(there: There) -> None:
    here, sender = there
    sent = await sender.send(outgoing())
    assert sent.message_id is not None
    changed = replace(outgoing(text="It is off <@7>"), mentions=(7,))
    assert (await sender.edit(changed, sent.message_id)).meaning is Meaning.SENT
    assert here.messages[0]["content"] == "It is off <@7>"
    assert here.bodies[-1]["allowed_mentions"] == {"parse": []}
    assert outgoing().mark in str(here.messages[0]["components"])


async def test_an_edit_of_a_message_that_was_deleted_is_over(there: There) -> None:
    _, sender = there
    assert await sender.edit(outgoing(), 12345) == Answer(Meaning.SENT, 10008)


async def test_discords_clock_is_asked_without_a_token(there: There) -> None:
    here, sender = there
    shown = await sender.discord_time()
    assert shown is not None
    assert abs(here.now() - shown) < timedelta(seconds=3)


async def test_an_answer_that_does_not_come_in_time_leaves_it_open(
    there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, sender = there
    monkeypatch.setattr(reminder_sender, "_PATIENCE", 0.1)
    here.faults = [{"kind": "slow", "seconds": 0.5}]
    assert (await sender.send(outgoing())).meaning is Meaning.UNCERTAIN


async def test_nothing_is_sent_before_there_is_a_client_or_after_it_is_closed(
    there: There,
) -> None:
    here, sender = there
    unready = DiscordSender(composed, Words())
    assert (await unready.send(outgoing())).meaning is Meaning.UNCERTAIN
    assert (await unready.look(place(outgoing(), here))).seen is Seen.UNCERTAIN
    assert sender.client is not None
    await sender.client.close()
    assert (await sender.send(outgoing())).meaning is Meaning.UNCERTAIN
    assert here.posts == 0


async def test_discord_out_of_reach_shows_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:9")
    assert await DiscordSender(composed, Words()).discord_time() is None
