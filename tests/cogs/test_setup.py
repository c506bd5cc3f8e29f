"""``/setup`` as a new organiser uses it, from nothing to a club and a board."""

from __future__ import annotations

from typing import Any

import discord
import simcord
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from bot.domain.guild import GuildRules
from bot.domain.presets import Preset
from tests.cogs.conftest import Club
from tests.cogs.log_forms import filled
from tests.cogs.schedule import press, pressing
from tests.cogs.test_boards import board_messages, shown
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser


async def rules_of(club: Club) -> GuildRules:
    return await club.bot.services.guild_settings.rules(club.guild.id)


async def choose(
    who: simcord.MemberActor, panel: discord.Message, action: str, *values: Any
) -> discord.Message:
    """A choice in a menu of the panel; the panel as it is then."""
    return message_of(await who.select(panel, list(values), custom_id=f"tc1:{action}"))


async def test_from_nothing_to_a_club_and_a_board_in_six_interactions(club: Club) -> None:
    olga, home = organiser(club), club.guild.create_text_channel("reading")
    steps = [await olga.slash(club.channel, "setup", zone="Europe/Berlin")]
    panel = message_of(steps[0])
    steps.append(await olga.select(panel, [home], custom_id="tc1:setup-home"))
    panel = message_of(steps[-1])
    steps.append(await olga.click(panel, custom_id=pressing(panel, "Make a club")))
    fields = filled(steps[-1])
    assert (fields["name"], fields["when"]) == ("Reading club", "Tuesdays 18:00 Europe/Berlin")
    fields["channel"] = [home]
    steps.append(await olga.submit_modal(steps[-1], fields))
    steps.append(await press(olga, steps[-1], "Save"))
    steps.append(await olga.click(panel, custom_id=pressing(panel, "Post a board")))
    await club.env.advance_time(1)
    assert len(steps) <= 6
    (made,) = await club.bot.services.clubs.clubs(club.guild.id)
    assert made.channel_id == home.id
    assert made.next_session(club.env.now()) is not None
    assert len(board_messages(club, home)) == 1
    assert "0 clubs, 0 boards" in shown(panel)
    panel = message_of(await olga.click(panel, custom_id=pressing(panel, "Look again")))
    assert "1 club, 1 board" in shown(panel)


async def test_each_choice_is_kept_used_and_recorded(club: Club) -> None:
    olga, home = organiser(club), club.guild.create_text_channel("reading")
    role = club.guild.create_role("Librarian")
    panel = message_of(await olga.slash(club.channel, "setup"))
    assert "Everything works as it is" in shown(panel)
    await choose(olga, panel, "setup-home", home)
    await choose(olga, panel, "setup-role", role)
    await choose(olga, panel, "setup-kind", "seminar")
    panel = await choose(olga, panel, "setup-zone", "Asia/Tokyo")
    form = await olga.click(panel, custom_id="tc1:setup-numbers")
    done = await olga.submit_modal(form, {"target": "3", "open": "4", "seats": "5"})
    assert "3 readers a theory" in shown(message_of(done))
    assert "every 2 weeks, 90 min" in shown(message_of(done))
    assert await rules_of(club) == GuildRules(
        3, 4, 5, role.id, home.id, "Asia/Tokyo", Preset.SEMINAR
    )
    asked = await olga.slash(club.channel, "schedule create", name="Readers", when="Tue 18:00")
    draft = str([embed.to_dict() for embed in message_of(asked).embeds])
    assert "`90`" in draft
    assert f"<#{home.id}>" in draft
    assert "Tokyo" in draft, draft
    (offered, *_) = await olga.autocomplete(club.channel, "schedule create", "when", "")
    assert offered["value"] == "every 2 weeks on Tuesday 18:00 Asia/Tokyo"
    await press(olga, asked, "Save")
    card = await olga.slash(club.channel, "club next")
    assert "The talk · questions" in shown(message_of(card))
    told = message_of(await olga.slash(club.channel, "log")).embeds[0].description
    assert told is not None
    for action in ("home channel", "organiser role", "kind of clubs", "zone of", "the limits"):
        assert action in told
    # Whoever bears the role organises now, and a choice can be taken back.
    lib = club.guild.add_member(club.env.create_user("lib"), roles=[role])
    again = message_of(await lib.slash(club.channel, "setup"))
    await choose(lib, again, "setup-home")
    await choose(lib, again, "setup-kind", "none")
    other = await lib.select(again, ["other"], custom_id="tc1:setup-zone")
    wrong = await lib.submit_modal(other, {"zone": "Europe/Berlim"})
    assert "Europe/Berlin" in wrong.followups[0].content if wrong.followups else True
    await choose(lib, again, "setup-role")
    refused = await lib.slash(club.channel, "setup")
    assert refused.response is not None
    assert "Only organisers" in refused.response.content
    assert await rules_of(club) == GuildRules(3, 4, 5, None, None, "Asia/Tokyo", None)


async def test_what_is_missing_is_said_and_a_test_is_taken_back(club: Club) -> None:
    olga, home = organiser(club), club.guild.create_text_channel("reading")
    denied = discord.Permissions(embed_links=True, send_messages=True).value
    bot_id = club.env.backend.bot_user.id
    rule = Overwrite(bot_id, OverwriteType.MEMBER, deny=denied)
    club.env.backend.set_overwrite(home.id, rule)
    panel = message_of(await olga.slash(club.channel, "setup"))
    await olga.click(panel, custom_id="tc1:setup-test")
    here = club.channel.last_message
    assert here is not None
    assert "While no home channel is chosen" in shown(here)
    panel = await choose(olga, panel, "setup-home", home)
    assert f"In <#{home.id}> I lack: Send Messages, Embed Links" in shown(panel)
    refused = await olga.click(panel, custom_id="tc1:setup-test")
    assert refused.response is not None
    assert "Give me there: Send Messages" in refused.response.content
    club.env.backend.set_overwrite(home.id, Overwrite(bot_id, OverwriteType.MEMBER, deny=0))
    for pressed_on_the_test in (True, False):
        answer = await olga.click(panel, custom_id="tc1:setup-test")
        test = home.last_message
        assert test is not None
        assert "will come to this channel" in shown(test)
        stranger = await club.bob.click(test, custom_id="tc1:setup-undo")
        assert stranger.response is not None
        assert "Only organisers" in stranger.response.content
        if pressed_on_the_test:
            await olga.click(test, custom_id="tc1:setup-undo")
        else:
            await press(olga, answer, "Undo")
        assert home.last_message is None
    role = club.guild.create_role("Librarian")
    await choose(olga, panel, "setup-role", role)
    club.env.backend.delete_channel(home.id)
    club.env.backend.delete_role(club.guild.id, role.id)
    left = shown(message_of(await olga.slash(club.channel, "setup")))
    assert "That channel is gone" in left
    assert "That role is gone" in left
    # Nothing else of the bot's can be deleted that way.
    await post_button(club, "tc1:help")
    forged = f"tc1:setup-undo:{club.channel.id}:{club.last.id}"
    await post_button(club, forged)
    count = len(club.channel.history())
    await olga.click(club.last, custom_id=forged)
    assert len(club.channel.history()) == count
