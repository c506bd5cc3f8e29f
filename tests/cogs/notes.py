"""What the tests of notes share: writing one as a member does, and forging what a member cannot."""

from __future__ import annotations

from typing import Any

import discord
import simcord

from bot.ui.controls import Press
from bot.ui.forms import form
from tests.cogs.conftest import Club
from tests.cogs.test_presses import post_button

PAPER, TITLE = "spline-icml2018", "A Spline Theory of Deep Learning"
HOSTILE = (
    "@everyone <@&1> [x](https://evil.example) https://evil.example/[y](https://evil.example) "
    "\u202eevil\u202c <t:1:R> </theory:1> **bold** # big ```code``` " + "x" * 3800
)


async def write(
    club: Club,
    who: simcord.MemberActor,
    text: str,
    *,
    paper: str = TITLE,
    kind: str = "claim",
    channel: Any = None,
) -> simcord.InteractionResult:
    """``/note add``, filled in and sent; the answer to it."""
    form = await who.slash(channel or club.channel, "note add", paper=paper)
    return await who.submit_modal(form, {"kind": kind, "text": text})


async def share(
    club: Club, who: simcord.MemberActor, text: str, **more: Any
) -> simcord.InteractionResult:
    """Write a note and share it."""
    message = message_of(await write(club, who, text, **more))
    (row,) = message.components
    assert isinstance(row, discord.ActionRow)
    ids = [str(item.custom_id) for item in row.children if isinstance(item, discord.Button)]
    return await who.click(message, custom_id=next(i for i in ids if i.endswith(":shared")))


def message_of(result: simcord.InteractionResult) -> discord.Message:
    assert result.response is not None
    return result.response.message


def said(result: simcord.InteractionResult) -> str:
    """Everything readable in the answer: content, embeds, buttons."""
    assert result.response is not None
    return readable(result.response.message)


def readable(message: discord.Message) -> str:
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.title or "", embed.description or "", embed.footer.text or ""]
        parts += [f"{field.name}\n{field.value}" for field in embed.fields]
    for row in message.components:
        assert isinstance(row, discord.ActionRow)
        for item in row.children:
            if isinstance(item, discord.Button):
                parts.append(f"[{item.label}]")
            elif isinstance(item, discord.SelectMenu):
                parts += [item.placeholder or "", *(option.label for option in item.options)]
    return "\n".join(parts)


def option(message: discord.Message, action: str, text: str) -> str:
    """The value of the entry with this text in the message's menu of an action."""
    return next(
        option.value
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
        if isinstance(item, discord.SelectMenu) and item.custom_id == f"tc1:{action}"
        for option in item.options
        if text in option.label
    )


async def rows(club: Club, sql: str) -> list[Any]:
    """What the database holds."""
    async with club.bot.services.lookup._database.read() as conn:
        return [tuple(row) for row in await conn.exec_driver_sql(sql)]


async def press(club: Club, who: simcord.MemberActor, custom_id: str) -> simcord.InteractionResult:
    """A button that our program would not have shown to this member."""
    await post_button(club, custom_id)
    return await who.click(club.last, custom_id=custom_id)


async def submit(
    club: Club, who: simcord.MemberActor, arguments: str, values: dict[str, str]
) -> simcord.InteractionResult:
    """A form that our program would not have shown to this member."""
    if "forge-form" not in club.bot.controls._handlers:
        club.bot.controls.on("forge-form", _send_form)
    shown = await press(club, who, f"tc1:forge-form:{arguments}")
    return await who.submit_modal(shown, values)


async def _send_form(press: Press) -> None:
    action, *arguments = press.arguments
    boxes = [
        discord.ui.Label[Any](
            text=name, component=discord.ui.TextInput[Any](custom_id=name, required=False)
        )
        for name in ("kind", "text", "paper")
    ]
    await press.interaction.response.send_modal(form("Forged", action, *arguments, fields=boxes))


async def say_notes(club: Club) -> None:
    """Call up every text about notes, as far as members and organisers can."""
    staff = club.guild.create_role("staff", permissions=discord.Permissions(manage_guild=True))
    olga = club.guild.add_member(club.env.create_user("olga"), roles=[staff])
    text = "🦊 42 ∑"
    for number in range(6):
        kind = ("claim", "evidence", "doubt", "question")[number % 4]
        last = await share(club, club.alice, text, paper=PAPER, kind=kind)
    await club.alice.click(message_of(last), custom_id="tc1:notes-always:shared")
    await write(club, club.alice, text, paper=PAPER)
    await press(club, club.alice, "tc1:notes-always:private")
    await write(club, club.alice, text, paper=PAPER)
    await press(club, club.alice, "tc1:notes-share:1-2:private")
    await press(club, club.alice, "tc1:notes-share:1-2:shared")
    for author in (club.alice, club.bob):
        message = await author.send(club.channel, text)
        form = await club.alice.context_menu(club.channel, "Save as note", message)
        await club.alice.submit_modal(form, {"paper": [PAPER], "kind": "claim", "text": text})
    await club.bob.slash(club.channel, "note mine")
    await club.alice.slash(club.channel, "note mine")
    await write(club, club.alice, " ", paper=PAPER)
    for words in ("42", "7", "?", " ".join(["42" * 10] * 8)):
        for theory in ({}, {"theory": "spline"}):
            await club.bob.slash(club.channel, "note find", words=words, **theory)
    for who in (club.bob, olga):
        for custom_id in (
            "note-open:1", "note-report:1", "note-report-yes:1", "note-report-yes:1", "note-open:1",
            "note-hide:1", "note-open:1", "note-show:1", "card:spline:notes", "notes:spline:1",
            f"notes-blind:{PAPER}:on", "card:spline:notes", f"notes-blind:{PAPER}:off",
        ):  # fmt: skip
            await press(club, who, f"tc1:{custom_id}")
    for custom_id in ("note-report-yes:1", "note-delete:1:0", "note-edit:1:0", "notes-mine:1"):
        await press(club, club.alice, f"tc1:{custom_id}")
