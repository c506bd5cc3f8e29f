"""Who reads unlike me, and being introduced, by members who press."""

from __future__ import annotations

import re

import discord
import sqlalchemy as sa

from bot.storage.tables import introduction
from tests.cogs.conftest import Club
from tests.cogs.test_boards import shown
from tests.cogs.test_coverage import CIRCUITS, SPLINE, coverage, message_of, opened
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import said
from tests.cogs.test_theory import read

HOSTILE = "@everyone [x](https://evil.example) \u202egnp <@1> **b** ```" + "z" * 20


async def introduced(club: Club) -> discord.Message:
    """Alice sees Bob, who lets his reading be seen."""
    await read(club, club.guild.id, club.alice.id, SPLINE, "read")
    await read(club, club.guild.id, club.bob.id, CIRCUITS, "read")
    await opened(club, club.bob.id, visibility="server", display_name="bob")
    return message_of(await coverage(club, view="overlap"))


async def test_two_members_are_introduced_when_both_want_it(club: Club) -> None:
    message = await introduced(club)
    assert "**bob** brings Circuits" in shown(message)
    asked = await club.alice.click(message, custom_id=f"tc1:introduce:{club.bob.id}")
    assert "I ask them privately" in said(asked)
    await club.env.advance_time(5)
    result = await club.bob.slash(club.channel, "theories")
    question = next(m for m in result.followups if "Shall I introduce you?" in m.content)
    assert "alice" not in question.content
    answered = await club.bob.click(question.message, label="Yes, introduce us")
    assert "**alice** reads other theories" in said(answered)
    await club.env.advance_time(5)
    result = await club.alice.slash(club.channel, "theories")
    assert any("**bob** reads other theories" in m.content for m in result.followups)


async def test_a_no_is_told_to_nobody(club: Club) -> None:
    message = await introduced(club)
    await club.alice.click(message, custom_id=f"tc1:introduce:{club.bob.id}")
    await club.env.advance_time(5)
    result = await club.bob.slash(club.channel, "theories")
    question = next(m for m in result.followups if "Shall I introduce you?" in m.content)
    assert "Nobody is told" in said(await club.bob.click(question.message, label="No, thanks"))
    await club.env.advance_time(5)
    assert not (await club.alice.slash(club.channel, "theories")).followups
    again = await club.alice.click(message, custom_id=f"tc1:introduce:{club.bob.id}")
    assert "I ask them privately" in said(again)


async def test_a_member_who_did_not_agree_is_neither_named_nor_asked(club: Club) -> None:
    await read(club, club.guild.id, club.bob.id, CIRCUITS, "read")
    assert "bob" not in shown(message_of(await coverage(club, view="overlap")))
    forged = f"tc1:introduce:{club.bob.id}"
    await post_button(club, forged)
    assert "cannot introduce you" in said(await club.alice.click(club.last, custom_id=forged))
    async with club.bot.services.coverage._work.read() as conn:
        assert (await conn.execute(sa.select(introduction))).all() == []


async def test_somebody_elses_question_is_not_found(club: Club) -> None:
    message = await introduced(club)
    await club.alice.click(message, custom_id=f"tc1:introduce:{club.bob.id}")
    carol = club.guild.add_member(club.env.create_user("carol"))
    forged = f"tc1:introduction:1:yes:{club.guild.id}"
    await post_button(club, forged)
    for who in (carol, club.alice):
        assert "alice" not in said(await who.click(club.last, custom_id=forged))
    async with club.bot.services.coverage._work.read() as conn:
        assert await conn.scalar(sa.select(introduction.c.agreed)) is None


async def test_hostile_names_stay_text(club: Club) -> None:
    await introduced(club)
    await opened(club, club.bob.id, display_name=HOSTILE)
    message = message_of(await coverage(club, view="overlap"))
    assert "\u202e" not in shown(message)
    written = " ".join(re.findall(r"'content': (.*?), 'id'", shown(message)))
    assert "evil" in written
    assert not re.search(r"(?<!\\)\]\(|<@\d|@everyone|```", written)
    assert not message.mentions
    assert not message.mention_everyone
