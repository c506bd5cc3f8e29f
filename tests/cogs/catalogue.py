"""What the tests of ``/catalogue`` share: the forms, and everything it can say."""

from __future__ import annotations

from typing import Any

import discord
import simcord

from tests.cogs.conftest import Club
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser
from tests.cogs.test_split import ids_of


async def add_theory(
    club: Club, who: simcord.MemberActor, name: str, claim: str = "Nets learn late."
) -> simcord.InteractionResult:
    form = await who.slash(club.channel, "catalogue add-theory")
    fields = {"name": name, "claim": claim, "ideas": "- One\n- Two", "aliases": "late learning"}
    return await who.submit_modal(form, {**fields, "topic": ["mechanisms"]})


async def add_paper(
    club: Club,
    who: simcord.MemberActor,
    theory: str,
    title: str,
    link: str = "",
    role: str = "",
    **fields: str,
) -> simcord.InteractionResult:
    given = {name: text for name, text in (("link", link), ("role", role)) if text}
    form = await who.slash(club.channel, "catalogue add-paper", theory=theory, **given)
    values = {"authors": "Power, Alethea; Yuri Burda", "facts": "2022, 5 h", "sections": "A\nB"}
    return await who.submit_modal(form, {"title": title, "link": link, **values, **fields})


async def press(
    who: simcord.MemberActor, result: simcord.InteractionResult, action: str
) -> simcord.InteractionResult:
    """Presses the one button of an answer that means this."""
    return await press_on(who, message_of(result), action)


async def press_on(
    who: simcord.MemberActor, message: discord.Message, action: str
) -> simcord.InteractionResult:
    (custom_id,) = [one for one in ids_of(message) if one.startswith(f"tc1:{action}")]
    return await who.click(message, custom_id=custom_id)


def told(result: simcord.InteractionResult) -> str:
    """What a private message says after a press or a form on it."""
    message = message_of(result)
    assert message.flags.ephemeral
    return message.content


async def say_retired(club: Club, olga: simcord.MemberActor) -> None:
    """The card of a theory that is retired, and is offered again after it."""
    own = (await club.bot.services.catalogues.of(club.guild.id)).theories[-1]
    retired = await olga.slash(club.channel, "catalogue retire", entry=f"theory:{own.slug}")
    await club.bob.slash(club.channel, "theory", name=own.slug)
    await press(olga, retired, "undo")


async def say_catalogue(club: Club) -> None:
    """Every answer about own entries and proposals; what is typed has no word of any language."""
    olga, channel, fields = organiser(club), club.channel, {"authors": "", "sections": ""}
    plain = {"name": "🦊 1", "claim": "🦊", "ideas": "", "aliases": ""}
    for who in (olga, olga, club.bob):
        form = await who.slash(channel, "catalogue add-theory")
        answer = await who.submit_modal(form, {**plain, "topic": ["mechanisms"]})
        actions = [
            action
            for action in ("entry-anyway", "entry-history")
            if action in str(ids_of(message_of(answer)))
        ]
        for action in actions:
            await press(who, answer, action)
    await add_paper(club, olga, "🦊 1", "42", "42", facts="4200000", **fields)
    made = await add_paper(club, olga, "🦊 1", "43", "2201.02177", facts="?", **fields)
    await add_paper(club, olga, "🦊 1", "44", "2201.02177", **fields)
    for entry in ("paper:43", "paper:43", "spline", "🦊 2"):
        await olga.slash(channel, "catalogue retire", entry=entry)
    await say_retired(club, olga)
    for command in ("edit", "history"):
        await olga.slash(channel, f"catalogue {command}", entry="paper:43")
    await press(olga, made, "entry-history")
    await say_parts(club, olga)
    for _ in range(2):
        await press(olga, made, "undo")
    retired = await olga.slash(channel, "catalogue retire", entry="paper:43")
    await club.bob.slash(channel, "signup", paper="43")
    restored = await press(olga, retired, "entry-restore")
    await press(olga, restored, "undo")
    for name in ("🐺 2", "🐻 3", "🐺 2"):
        await propose(club, name)
    await club.env.advance_time(6)
    decisions = ("approve", "reject", "approve")
    for thread, decision in zip(channel.threads[-3:], decisions, strict=True):
        message = thread.last_message
        assert message is not None
        await press_on(olga, message, "proposal-edit")
        change = await press_on(club.bob, message, "proposal-edit")
        await send_part(club.bob, change, "questions", prompts="🦊", short="🦊")
        await post_button(club, "tc1:proposal-approve:" + message_number(message) + ":0")
        await olga.click(club.last, custom_id=ids_of(club.last)[0])
        message = thread.last_message
        assert message is not None
        question = await press_on(olga, message, "proposal-ask")
        await olga.submit_modal(question, {"question": "🦊?"})
        decided = await press_on(olga, message, f"proposal-{decision}")
        if decision == "reject":
            await olga.submit_modal(decided, {"reason": "🦊"})
    await press(olga, decided, "proposal-anyway")
    await club.env.advance_time(6)
    for _ in range(3):
        await club.bob.slash(channel, "help")
    await club.bob.slash(channel, "theory", name="🦊 1")
    await olga.slash(channel, "log")


async def say_parts(club: Club, olga: simcord.MemberActor) -> None:
    """Every further form of own entries, and what is said about what was written in it."""
    panel = await olga.slash(club.channel, "catalogue edit", entry="🦊 1")
    needs = {"tags": ["cnn"], "level": ["2"], "reason": "🦊", "baseline": "yes", "hours": "🦊"}
    await send_part(olga, panel, "needs", **needs)
    forms = [await press(olga, panel, "entry-part:questions") for _ in range(2)]
    for form, written in zip(forms, "🦊🐗", strict=True):
        await olga.submit_modal(form, {"prompts": written, "safety": "🦊", "short": "🦊"})
    await send_part(olga, panel, "relations", extends="spline: 🦊\n🐗")
    await press(olga, panel, "entry-history")
    paper = await olga.slash(club.channel, "catalogue edit", entry="paper:43")
    role = {"role": ["background"], "kind": ["talk"], "venue": "🦊", "reviewed": "no"}
    await send_part(olga, paper, "role", **role)
    await press(olga, paper, "entry-history")


async def send_part(
    who: simcord.MemberActor, panel: simcord.InteractionResult, part: str, **values: Any
) -> None:
    form = await press(who, panel, f"entry-part:{part}")
    await who.submit_modal(form, values)


def message_number(message: discord.Message) -> str:
    """The number of the proposal that a message shows."""
    return next(one for one in ids_of(message) if "reject" in one).rpartition(":")[2]


async def propose(club: Club, name: str) -> None:
    form = await club.bob.slash(club.channel, "catalogue add-theory")
    fields = {"name": name, "claim": "🦊", "ideas": "🦊", "aliases": ""}
    await club.bob.submit_modal(form, {**fields, "topic": ["mechanisms"]})
