"""Commands are registered when they have changed, with the right places, and not otherwise."""

from __future__ import annotations

import simcord

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.settings import Settings
from bot.storage import guilds
from tests.cogs.conftest import PATIENCE, Club, running

# Everything else needs a server's own rows.
EVERYWHERE = {"theory", "theories", "help", "about"}


def puts(env: simcord.Env) -> list[str]:
    return [r.path for r in env.http_requests if r.method == "PUT" and "commands" in r.path]


async def test_an_unchanged_start_asks_nothing_and_a_changed_one_once(settings: Settings) -> None:
    async with running(settings) as club:
        assert len(puts(club.env)) == 1
        async with open_bot(settings) as again:
            await club.env.restart_bot(again)
            assert again.is_ready()
        assert len(puts(club.env)) == 1
    changed = settings.model_copy(update={"dev_guild_id": 123456789012345678})
    async with open_bot(changed) as bot:
        env = simcord.Env(bot, strict_sync=False, settle_timeout=PATIENCE)
        env.create_guild("Workshop", id=123456789012345678)
        await start_patiently(env, PATIENCE)
        assert puts(env) == [
            f"/applications/{bot.application_id}/guilds/123456789012345678/commands"
        ]
        await env.shutdown()


EVERYWHERE = {"theory", "theories", "help", "about"}


async def test_lookups_are_open_everywhere_and_all_else_in_servers_only(club: Club) -> None:
    (request,) = [r for r in club.env.http_requests if r.method == "PUT"]
    assert isinstance(request.json, list)
    assert {command["name"] for command in request.json} >= EVERYWHERE
    for command in request.json:
        open_to_all = command["name"] in EVERYWHERE
        assert command["contexts"] == ([0, 1, 2] if open_to_all else [0]), command["name"]
        if open_to_all:
            assert command["integration_types"] == [0, 1], command["name"]
        assert command.get("default_member_permissions") is None, command["name"]


async def test_the_bot_asks_for_two_intents_and_no_mentions(club: Club) -> None:
    wanted = {name for name, on in club.bot.intents if on}
    assert wanted == {"guilds", "guild_scheduled_events"}
    mentions = club.bot.allowed_mentions
    assert mentions is not None
    assert not mentions.to_dict().get("parse")


async def test_being_removed_and_asked_back_is_remembered(club: Club) -> None:
    here = club.bot.get_guild(club.guild.id)
    assert here is not None
    events = club.bot.on_guild_join, club.bot.on_guild_remove, club.bot.on_guild_join
    for event, present in zip(events, (True, False, True), strict=True):
        await event(here)
        async with club.bot.services.guilds._work.read() as conn:
            known = await guilds.present_guilds(conn)
        assert (here.id in known) is present, event.__name__
