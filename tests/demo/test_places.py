"""Every place of the example server opens, as any member who may be there."""

from __future__ import annotations

from datetime import UTC, datetime

import discord
import pytest
from discord.ext import commands

from bot.demo.serving import listening, world_started
from bot.demo.stage import Stage
from bot.demo.world import World
from tests.demo.conftest import Visitor

THREAD = "Spline theory: questions"
DIRECT = "Direct messages with Theory Club"


@pytest.mark.parametrize("place", ["#reading-club", THREAD, "#general", DIRECT])
@pytest.mark.parametrize("member", ["Amara", "Tomás"])
async def test_a_place_opens_as_any_member(visitor: Visitor, place: str, member: str) -> None:
    await visitor.go(place, member)
    page = await visitor.preview()
    shown = await page.read()
    (viewer,) = shown["viewers"]
    assert (shown["channel"]["name"] or DIRECT) == place.removeprefix("#")
    assert shown["viewerId"] == viewer["id"]
    assert viewer["global_name"] == member


async def test_all_places_in_turn_keep_the_same_address(visitor: Visitor) -> None:
    state = await visitor.look()
    seen = set()
    for place in state["places"]:
        for member in state["members"]:
            answer = await visitor.do("open", place=place["id"], member=member["id"], keep="place")
            assert answer["place"] == place["id"]
            seen.add(answer["address"])
    assert seen == {state["address"]}


async def test_the_organisers_channel_is_theirs_alone(visitor: Visitor) -> None:
    state = await visitor.go("#organisers", "Kofi", keep="place")
    assert state["said"] == "Kofi cannot see #organisers, so you are Amara now."
    state = await visitor.go("#organisers", "Kofi", keep="member")
    assert state["said"] == "Kofi cannot see #organisers, so you are in #reading-club now."


async def test_an_unknown_place_leads_to_the_first_one(visitor: Visitor) -> None:
    member = (await visitor.look())["member"]
    state = await visitor.do("open", place="12345", member=member)
    assert state["said"] == "That place is gone, so you are in #reading-club."


async def test_an_unknown_member_is_declined(visitor: Visitor) -> None:
    status, state = await visitor.post("open", place="direct", member="12345")
    assert status == 409
    assert state["said"] == "There is no such member in the example server."


async def test_the_reading_club_has_been_talking(visitor: Visitor) -> None:
    page = await visitor.preview()
    assert "I can take one more paper this week." in await page.texts()


async def test_whoever_ends_the_preview_is_not_lost(visitor: Visitor) -> None:
    before = await visitor.look()
    page = await visitor.preview()
    await page.act("close")
    for _ in range(100):
        if (await visitor.look())["showing"] > before["showing"]:
            break
    state = await visitor.look()
    assert state["address"] == before["address"]
    assert await (await visitor.preview()).texts()


async def test_members_show_their_portraits(visitor: Visitor) -> None:
    page = await visitor.preview()
    shown = await page.read()
    authors = {m["author"]["global_name"]: m["author"] for m in shown["messages"].values()}
    assert len(authors) == 3
    pictures = {await page.picture(author["avatar"]) for author in authors.values()}
    assert len(pictures) == 3
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


async def test_another_port_is_found_when_the_old_one_was_taken() -> None:
    async def furnish(_world: World) -> None:
        """Nothing to furnish."""

    bot = commands.AutoShardedBot((), intents=discord.Intents.none(), shard_count=1)
    with listening(0) as taken:
        async with world_started(bot, datetime.now(UTC), furnish) as world:
            stage = Stage(world, ["http://127.0.0.1:1"])
            stage._port = taken.getsockname()[1]
            await stage.begin()
            assert stage.origin != f"http://127.0.0.1:{taken.getsockname()[1]}"
            await stage.close()
    await bot.close()
