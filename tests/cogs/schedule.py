"""What the tests of ``/schedule`` share: pressing by label, a club, and everything it can say."""

from __future__ import annotations

import re
from typing import Any

import discord
import simcord
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from bot.domain.members import Actor
from tests.cogs.conftest import Club
from tests.cogs.log_forms import filled
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser
from tests.cogs.test_split import ids_of

WHEN = "Tuesdays 18:00 Europe/Berlin"


def pressing(message: discord.Message, label: str) -> str:
    """The id of the button with this label."""
    for part in str([c.to_dict() for c in message.components]).split("{"):
        if f"'label': '{label}'" in part:
            found = re.search(r"'custom_id': '([^']*)'", part)
            assert found
            return found[1]
    raise AssertionError(f"no button {label} in {ids_of(message)}")


async def press(
    who: simcord.MemberActor, result: simcord.InteractionResult, label: str
) -> simcord.InteractionResult:
    message = message_of(result)
    return await who.click(message, custom_id=pressing(message, label))


async def submit(
    club: Club, who: simcord.MemberActor, form: simcord.InteractionResult, **changes: Any
) -> simcord.InteractionResult:
    """Sends a form in as it was filled, but for these fields."""
    fields = filled(form, **changes)
    chosen = fields.pop("channel") or club.channel
    return await who.submit_modal(form, {**fields, "channel": [chosen]})


async def club_saved(
    club: Club,
    olga: simcord.MemberActor,
    name: str = "Readers",
    when: str = WHEN,
    **more: Any,
) -> simcord.InteractionResult:
    """A club, made as an organiser makes it."""
    asked = await olga.slash(club.channel, "schedule create", name=name, when=when, **more)
    return await press_first(olga, asked, "schedule-save")


async def press_first(
    who: simcord.MemberActor, result: simcord.InteractionResult, action: str
) -> simcord.InteractionResult:
    """Presses the first control of this action, in whatever language its label is."""
    message = message_of(result)
    pressed = next(one for one in ids_of(message) if one.startswith(f"tc1:{action}:"))
    return await who.click(message, custom_id=pressed)


def forbid(club: Club, *, send: bool) -> None:
    """Whether the bot may write in the channel from now on."""
    denied = 0 if send else discord.Permissions(send_messages=True).value
    bot_id = club.env.backend.bot_user.id
    rule = Overwrite(bot_id, OverwriteType.MEMBER, deny=denied)
    club.env.backend.set_overwrite(club.channel.id, rule)


async def say_schedule(club: Club) -> None:
    """Every text of ``/schedule``, as far as a member can call it up."""
    olga, channel = organiser(club), club.channel
    await olga.slash(channel, "schedule show")
    await say_drafts(club, olga)
    await say_sessions(club, olga)
    await olga.slash(channel, "schedule show", club="42")
    for until in ("2020-01-01", "in 2 weeks", None):
        options = {} if until is None else {"until": until}
        done = await olga.slash(channel, "schedule pause", club="42", **options)
        await olga.slash(channel, "schedule show", club="42")
    for _ in range(2):
        await press_first(olga, done, "schedule-resume")
    forbid(club, send=False)
    elsewhere = club.guild.create_text_channel("2")
    await olga.slash(elsewhere, "schedule pause", club="42")
    await olga.slash(elsewhere, "schedule show", club="42")
    forbid(club, send=True)
    for name in ("42", "44"):
        asked = await olga.slash(channel, "schedule end", club=name)
        await press_first(olga, asked, "schedule-end")
    await post_button(club, "tc1:schedule-end:1")
    await olga.click(club.last, custom_id="tc1:schedule-end:1")


async def say_drafts(club: Club, olga: simcord.MemberActor) -> None:
    channel = club.channel
    for options in (
        {"when": "Tuesdays"}, {"when": WHEN, "place": "7"}, {"name": "🦊", "when": WHEN},
        {"when": "every 2 weeks on Tue 18:00 Berlin until 1 June except 24 Dec to 6 Jan"},
        {"when": "first and last Sun monthly 02:30 Berlin for 9 sessions from 1 March"},
    ):  # fmt: skip
        asked = await olga.slash(channel, "schedule create", **{"name": "42", **options})
        await press_first(olga, asked, "schedule-draft")
    await press_first(olga, asked, "schedule-save")
    await olga.slash(channel, "schedule create", name="42", when=WHEN)
    await club_saved(club, olga, "44", place="https://1.1.1.1/")
    (first, _) = await club.bot.services.clubs.clubs(club.guild.id)
    for changes in (
        {}, {"name": "44"}, {"length": "7"}, {"length": "99", "place": "https://1.1.1.1/"},
        {"when": "Tue and Wed 18:00 Berlin", "name": "42"},
    ):  # fmt: skip
        form = await olga.slash(channel, "schedule edit", club=str(first.id))
        overtaken, asked = asked, await submit(club, olga, form, **changes)
    await press_first(olga, asked, "schedule-save")
    await press_first(olga, overtaken, "schedule-save")
    for typed in ("", "Tue 18:00", "Tue 18:00 berl"):
        await olga.autocomplete(channel, "schedule create", "when", typed)


async def say_sessions(club: Club, olga: simcord.MemberActor) -> None:
    channel = club.channel
    offered = await olga.autocomplete(channel, "schedule skip", "session", "")
    first, second, *_ = (choice["value"] for choice in offered)
    skipped = await olga.slash(channel, "schedule skip", session=first)
    await olga.autocomplete(channel, "schedule skip", "session", "")
    again = await olga.slash(channel, "schedule skip", session=first)
    await press_first(olga, skipped, "undo")
    await press_first(olga, again, "schedule-unskip")
    for session, to in (
        (first, "20:00"), (first, "2020-01-01"), (first, "?"), ("?", "20:00"), (first, "in 2 years 20:00"),
        ("1:2020-01-01", "20:00"), (second, "21:00"),
    ):  # fmt: skip
        asked = await olga.slash(channel, "schedule move", session=session, to=to)
    moved = await press_first(olga, asked, "schedule-move")
    await olga.slash(channel, "log")
    await press_first(olga, moved, "undo")
    bob = Actor(club.guild.id, club.bob.id, "bob")
    await club.bot.services.clubs.join(bob, int(first.split(":")[0]))
    await olga.slash(channel, "schedule move", session=first, to="20:00")
    key = f"session-agenda:{first}"
    for agenda in ("42", ""):
        await post_button(club, f"tc1:{key}")
        form = await olga.click(club.last, custom_id=f"tc1:{key}")
        await olga.submit_modal(form, {"agenda": agenda})
    await post_button(club, "tc1:schedule-news:1:made")
    await club.alice.click(club.last, custom_id="tc1:schedule-news:1:made")
