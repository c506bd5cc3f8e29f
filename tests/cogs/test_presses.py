"""Buttons and menus: after a restart, from an older version, forged, and when something breaks."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

import discord
import pytest
import simcord

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.settings import Settings
from bot.ui.controls import button, controls_view
from tests.cogs.conftest import PATIENCE, Club


async def card_of(club: Club, words: str = "spline") -> discord.Message:
    result = await club.alice.slash(club.channel, "theory", name=words)
    assert result.response is not None
    return result.response.message


async def test_buttons_work_after_a_restart(settings: Settings) -> None:
    async with open_bot(settings) as first:
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, first)
        message = await card_of(club)
        async with open_bot(settings) as second:
            await env.restart_bot(second)
            await club.alice.click(message, label="All works")
            assert any("Main works" in str(f.name) for f in club.last.embeds[0].fields)
            await env.shutdown()


async def test_cards_leave_nothing_behind_in_memory(club: Club) -> None:
    for _ in range(10):
        message = await card_of(club)
        await club.alice.click(message, label="All works")
        await club.alice.slash(club.channel, "theory", name="spline", private=True)
    store = club.bot._connection._view_store
    assert not store._views
    assert not store._synced_message_views
    assert not [task for task in asyncio.all_tasks() if "view" in task.get_name().lower()]


@pytest.mark.parametrize(
    "forged",
    [
        "tc1:card:no-such-theory:card", "tc1:card:spline:no-such-page", "tc1:card:spline", "tc1:card",
        "tc1:list:all::not-a-number", "tc1:list:everything::1",
        "tc1:list:all:no-such-topic:1",
        "tc9999999:card:spline:card", "tc1:list", "tc0:card:spline:card",
        "tc99:card:spline:card", "tc1:erase:everything", "rc1:old:thing", "x", "tc1:card:../../etc:card",
        "tc1:card:'; DROP TABLE reading; --:card",
    ],
)  # fmt: skip
async def test_a_forged_or_outdated_id_gets_one_and_the_same_kind_answer(
    club: Club, forged: str, caplog: pytest.LogCaptureFixture
) -> None:
    await post_button(club, forged)
    result = await club.bob.click(club.last, custom_id=forged)
    assert result.ephemeral
    assert result.response is not None
    assert "from an older message" in result.response.content
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def post_button(club: Club, custom_id: str) -> None:
    """A message of the bot with a button that only an older version, or nobody, would have made."""
    channel = club.bot.get_channel(club.channel.id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="press", custom_id=custom_id))
    view.stop()
    await channel.send("a panel", view=view)


async def test_a_page_number_far_outside_shows_the_last_page(club: Club) -> None:
    await post_button(club, "tc1:list:all::999999")
    result = await club.bob.click(club.last, custom_id="tc1:list:all::999999")
    assert result.response is not None
    assert "6 to 9 of 9" in str(result.response.embeds[0].footer.text)


async def test_an_unexpected_fault_answers_with_an_id_that_is_in_the_log(
    club: Club, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    club.expects_faults = True
    message = await card_of(club)
    monkeypatch.setattr(club.bot.services.lookup, "open", broken)
    monkeypatch.setattr(club.bot.services.lookup, "card", broken)
    by_press = await club.alice.click(message, label="All works")
    by_command = await club.alice.slash(club.channel, "theory", name="spline")
    for result in (by_press, by_command):
        assert result.ephemeral
        assert result.response is not None
        found = re.search(r"`([0-9a-f]{6})`", result.response.content)
        assert found is not None
        assert any(found[1] in record.getMessage() for record in caplog.records)
        assert "the inside" not in result.response.content


async def broken(*_: Any) -> Any:
    raise RuntimeError("a detail of the inside")


async def test_two_handlers_for_one_action_are_refused(club: Club) -> None:
    async def nothing(_: object) -> None: ...

    with pytest.raises(ValueError, match="card"):
        club.bot.controls.on("card", nothing)


def test_an_id_that_discord_would_refuse_is_refused_here() -> None:
    with pytest.raises(ValueError, match="characters long"):
        button("x", "card", "s" * 100)


async def test_a_view_of_controls_never_times_out_and_is_never_stored() -> None:
    view = controls_view([button("x", "card", "spline", "card")])
    assert view.timeout is None
    assert view.is_finished()
