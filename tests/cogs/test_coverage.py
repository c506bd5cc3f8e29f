"""``/coverage``: its views and who may see them, by members who press."""

from __future__ import annotations

import asyncio
import io
import re
from datetime import timedelta
from typing import Any

import discord
import pytest
import simcord
import sqlalchemy as sa
from PIL import Image

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.domain.coverage import View
from bot.settings import Settings
from bot.storage.tables import member
from tests.cogs.conftest import PATIENCE, Club
from tests.cogs.test_boards import shown
from tests.cogs.test_presses import broken, post_button
from tests.cogs.test_signups import organiser, said, state_of
from tests.cogs.test_theory import read

SPLINE, CIRCUITS = "spline-icml2018", "zoom-in-2020"


async def coverage(
    club: Club, who: simcord.MemberActor | None = None, **options: object
) -> simcord.InteractionResult:
    return await (who or club.alice).slash(club.channel, "coverage", **options)


def message_of(result: simcord.InteractionResult) -> discord.Message:
    assert result.response is not None
    return result.response.message


def gallery(message: discord.Message) -> dict[str, Any]:
    """The picture's entry in the message's gallery."""
    parts: list[dict[str, Any]] = [dict(part.to_dict()) for part in message.components]
    (only,) = [i for p in parts for inner in p["components"] for i in inner.get("items", ())]
    return dict(only)


async def opened(club: Club, user_id: int, **values: object) -> None:
    """What a member has decided about themselves."""
    async with club.bot.services.coverage._work.write() as unit:
        await unit.conn.execute(
            sa.update(member)
            .where(member.c.guild_id == club.guild.id, member.c.user_id == user_id)
            .values(**values)
        )


async def reading_group(club: Club) -> None:
    await read(club, club.guild.id, club.alice.id, SPLINE, "understood")
    await read(club, club.guild.id, club.bob.id, CIRCUITS, "read")
    await read(club, club.guild.id, club.bob.id, SPLINE, "read")


async def test_the_map_is_public_with_picture_alt_text_and_numbers(club: Club) -> None:
    await reading_group(club)
    result = await coverage(club)
    message = message_of(result)
    assert not result.ephemeral
    assert "**0 of 9** theories are covered and **2** known" in shown(message)
    (attached,) = message.attachments
    picture = Image.open(io.BytesIO(await attached.read()))
    assert picture.width == 720
    item = gallery(message)
    assert "Spline theory 0 0 1 0 1 0 met 0 d" in item["description"]
    assert re.search(r"spline +0 0 1 0 1 0", shown(message))


async def test_the_answer_is_acknowledged_before_anything_is_read(club: Club) -> None:
    await coverage(club)
    kinds = [
        r.json["type"]
        for r in club.env.http_requests
        if r.path.endswith("/callback") and isinstance(r.json, dict)
    ]
    assert kinds == [discord.InteractionResponseType.deferred_channel_message.value]


async def test_an_empty_server_is_invited_without_a_picture_of_nothing(club: Club) -> None:
    for view in ("map", "trend", "pairs"):
        message = message_of(await coverage(club, view=view))
        assert not message.attachments
        assert "all 9 theories are open" in shown(message)
        assert "tc1:sign-up" in shown(message)


async def test_one_choice_in_the_menu_signs_up(club: Club) -> None:
    message = message_of(await coverage(club))
    await club.bob.select(message, [SPLINE], custom_id="tc1:sign-up")
    assert await state_of(club, club.bob.id) is not None


async def test_views_turn_in_place_for_who_called_them_up(club: Club) -> None:
    await reading_group(club)
    message = message_of(await coverage(club))
    for view, title in (
        ("trend", "Coverage by week"),
        ("pairs", "join up"),
        ("map", "community knows"),
    ):
        await club.alice.click(club.last, custom_id=f"tc1:coverage:{view}")
        assert club.last.id == message.id
        assert title in shown(club.last)
        (attached,) = club.last.attachments
        assert attached.filename == f"coverage-{view}.png"


async def test_anybody_else_gets_a_copy_of_their_own(club: Club) -> None:
    await reading_group(club)
    message = message_of(await coverage(club))
    before = shown(message)
    result = await club.bob.click(message, custom_id="tc1:coverage:trend")
    assert result.ephemeral
    assert "Coverage by week" in shown(message_of(result))
    assert shown(club.last) == before


async def test_from_an_empty_server_to_a_picture_in_place(club: Club) -> None:
    await coverage(club)
    await reading_group(club)
    await club.alice.click(club.last, custom_id="tc1:coverage:trend")
    assert [a.filename for a in club.last.attachments] == ["coverage-trend.png"]


async def test_what_is_private_never_turns_a_public_message(club: Club) -> None:
    await reading_group(club)
    olga = organiser(club)
    message = message_of(await coverage(club, olga))
    before = shown(message)
    for view in ("overlap", "at-risk"):
        result = await olga.click(message, custom_id=f"tc1:coverage:{view}")
        assert result.ephemeral
        assert shown(club.last) == before


async def test_private_views_are_private_from_the_command_too(club: Club) -> None:
    assert (await coverage(club, view="overlap")).ephemeral
    assert (await coverage(club, organiser(club), view="at-risk")).ephemeral
    assert {view for view in View if view.is_private} == {View.OVERLAP, View.AT_RISK}


async def test_a_private_message_turns_in_place_and_stays_private(club: Club) -> None:
    await reading_group(club)
    result = await coverage(club, view="overlap")
    message = message_of(result)
    turned = await club.alice.click(message, custom_id="tc1:coverage:map")
    assert club.channel.last_message is None or club.last.id != message.id or turned.ephemeral
    edits = [r for r in club.env.http_requests if r.path.endswith("/callback")]
    body = edits[-1].json
    assert isinstance(body, dict)
    assert body["type"] == discord.InteractionResponseType.message_update.value


async def test_at_risk_is_for_organisers_alone(club: Club) -> None:
    await reading_group(club)
    refused = await coverage(club, view="at-risk")
    assert "Only organisers" in said(refused)
    await post_button(club, "tc1:coverage:at-risk")
    pressed = await club.bob.click(club.last, custom_id="tc1:coverage:at-risk")
    assert "Only organisers" in said(pressed)
    allowed = shown(message_of(await coverage(club, organiser(club), view="at-risk")))
    assert "Spline theory of deep networks**: one active member understands it" in allowed
    assert "alice" not in allowed


async def test_only_organisers_see_the_way_to_what_is_at_risk(club: Club) -> None:
    assert "At risk" not in shown(message_of(await coverage(club)))
    assert "At risk" in shown(message_of(await coverage(club, organiser(club))))


async def test_silence_is_said_without_a_name(club: Club) -> None:
    await reading_group(club)
    olga = organiser(club)
    await club.env.advance_time(timedelta(days=61).total_seconds())
    text = shown(message_of(await coverage(club, olga, view="at-risk")))
    assert "the one member who understands it was last active <t:" in text


async def test_two_servers_never_mix(club: Club) -> None:
    other = club.env.create_guild("Another group")
    await read(club, other.id, club.bob.id, CIRCUITS, "understood")
    await reading_group(club)
    assert "**2** known" in shown(message_of(await coverage(club)))
    assert "all 9 theories" not in shown(message_of(await coverage(club)))


@pytest.mark.parametrize(
    "forged",
    [
        "tc1:coverage",
        "tc1:coverage:everything",
        "tc1:coverage:map:x",
        "tc1:introduce:x",
        "tc1:introduction:1:maybe",
        "tc1:introduction:1",
    ],
)
async def test_forged_ids_get_the_one_kind_answer(club: Club, forged: str) -> None:
    await post_button(club, forged)
    result = await club.bob.click(club.last, custom_id=forged)
    assert "from an older message" in said(result)


async def test_a_page_far_outside_shows_the_last(club: Club) -> None:
    await reading_group(club)
    await post_button(club, "tc1:coverage:map:999999999999999999")
    result = await club.bob.click(club.last, custom_id="tc1:coverage:map:999999999999999999")
    assert "community knows" in shown(message_of(result))


async def test_an_unknown_view_is_refused_kindly(club: Club) -> None:
    club.expects_faults = True
    command = club.bot.tree.get_command("coverage")
    assert isinstance(command, discord.app_commands.Command)
    assert {choice.value for choice in command._params["view"].choices} == {v.value for v in View}


async def test_views_work_after_a_restart(settings: Settings) -> None:
    async with open_bot(settings) as first:
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, first)
        await reading_group(club)
        message = message_of(await coverage(club))
        async with open_bot(settings) as second:
            await env.restart_bot(second)
            await club.alice.click(message, custom_id="tc1:coverage:pairs")
            assert "join up" in shown(club.last)
            await env.shutdown()


async def test_pressing_leaves_nothing_behind_in_memory(club: Club) -> None:
    await reading_group(club)
    await coverage(club)
    for view in ("trend", "pairs", "map"):
        await club.alice.click(club.last, custom_id=f"tc1:coverage:{view}")
    assert not club.bot._connection._view_store._views
    assert not [task for task in asyncio.all_tasks() if "view" in task.get_name().lower()]


async def test_an_unchanged_community_is_drawn_once(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await reading_group(club)
    first = await message_of(await coverage(club)).attachments[0].read()
    monkeypatch.setattr("bot.ui.pictures._draw", broken)
    assert await message_of(await coverage(club)).attachments[0].read() == first
