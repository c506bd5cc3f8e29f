"""``/log``: who did what, newest first, for organisers and for this server alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.catalogue import read_catalogue
from bot.domain.trail import PAGE_SIZE, TrailLine, TrailPage
from bot.render.trail import _did, trail_embed
from bot.render.words import Words
from bot.storage import audit
from tests.cogs.conftest import Club
from tests.cogs.schedule import club_saved, press
from tests.cogs.test_boards import post
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser, said
from tests.cogs.test_theory import shown, text_of
from tests.storage.builders import NOW

ADMIN = discord.Permissions(manage_guild=True)
SERVICES = Path(__file__).parents[2] / "bot" / "services"


async def lines(club: Club, count: int, guild_id: int | None = None) -> None:
    async with club.bot.services.signups._work.write() as unit:
        for n in range(count):
            await audit.record(
                unit.conn, guild_id or club.guild.id, 7, "seats-set", f"paper:none-{n}", unit.now
            )


async def test_what_was_done_stands_there_with_who_did_it(club: Club) -> None:
    olga = organiser(club)
    empty = text_of(shown(await olga.slash(club.channel, "log")))
    assert "Nothing yet" in empty
    await post(club, olga)
    page = text_of(shown(await olga.slash(club.channel, "log")))
    assert "**olga** posted a board" in page


async def test_only_organisers_read_it(club: Club) -> None:
    olga = organiser(club)
    await post(club, olga)
    assert "organiser" in said(await club.alice.slash(club.channel, "log"))
    await post_button(club, "tc1:log-page:9")
    assert "organiser" in said(await club.alice.click(club.last, custom_id="tc1:log-page:9"))


async def test_older_lines_are_a_press_away_and_back(club: Club) -> None:
    olga = organiser(club)
    await post(club, olga)
    await lines(club, PAGE_SIZE + 3)
    first = await olga.slash(club.channel, "log")
    assert "posted a board" not in text_of(shown(first))
    assert first.response is not None
    older = await olga.click(first.response.message, label="Older")
    assert "posted a board" in text_of(shown(older))
    assert older.response is not None
    newest = await olga.click(older.response.message, label="Newest")
    assert "posted a board" not in text_of(shown(newest))


async def test_another_servers_trail_stays_there(club: Club) -> None:
    olga = organiser(club)
    await post(club, olga)
    elsewhere = club.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    boss = elsewhere.add_member(olga.user, roles=[elsewhere.create_role("boss", permissions=ADMIN)])
    assert "Nothing yet" in text_of(shown(await boss.slash(channel, "log")))


async def test_what_was_just_done_is_undone_from_there_unless_it_was_overtaken(
    club: Club,
) -> None:
    olga = organiser(club)
    await club_saved(club, olga)
    (made,) = await club.bot.services.clubs.clubs(club.guild.id)
    for session in made.timetable.sessions(club.env.now(), limit=2):
        day = session.original
        skipped = await olga.slash(club.channel, "schedule skip", session=f"{made.id}:{day}")
    page = message_of(await olga.slash(club.channel, "log"))
    line = options(page)[0]["value"]
    assert options(page)[0]["label"] == f"skipped a session: {made.name}, session {day}"
    assert f"made a club: {made.name}" in text_of(page.embeds[0])
    await post_button(club, f"tc1:log-undo:{line}")
    assert "organiser" in said(await club.alice.click(club.last, custom_id=f"tc1:log-undo:{line}"))
    undone = await olga.select(page, [line])
    assert "after all" in undone.followups[0].content
    (now,) = await club.bot.services.clubs.clubs(club.guild.id)
    assert day not in now.timetable.changes
    assert "undone already" in said(await press(olga, skipped, "Undo"))
    left = message_of(await olga.slash(club.channel, "log"))
    (other,) = options(left)
    await olga.slash(club.channel, "schedule pause", club=str(made.id))
    assert "**olga** paused a club" in said(await olga.select(left, [other["value"]]))


def options(message: discord.Message) -> list[dict[str, str]]:
    """What the menu of a page offers to undo."""
    rows: list[Any] = [row.to_dict() for row in message.components]
    found = [part for row in rows for part in row["components"]]
    return next((part["options"] for part in found if "options" in part), [])


def actions() -> list[str]:
    """Every action that a use case records."""
    found: set[str] = set()
    for file in SERVICES.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        calls = re.findall(r"(?:audit|_record|_change)\((?:[^()]|\([^()]*\))*\)", text)
        for call in calls:
            found |= set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', call))
        found |= set(re.findall(r'"(blind-o(?:n|ff))"', text))
    return sorted(found)


@pytest.mark.parametrize("action", actions())
def test_every_action_has_words(action: str) -> None:
    assert _did(action, Words()) != action


def test_there_are_actions_to_find() -> None:
    assert len(actions()) > 25


def test_names_are_harmless_and_an_erased_one_is_somebody(founding: Path) -> None:
    hostile = TrailLine(1, "@everyone **x**", "seats-set", "paper:spline-icml2018", None, NOW)
    erased = TrailLine(2, None, "signup-removed", "paper:gone", "[a](b)", NOW)
    embed = trail_embed(TrailPage((hostile, erased), None), read_catalogue(founding), Words())
    assert embed.description is not None
    # A day alone would not say which steps can still be undone.
    assert f"<t:{int(NOW.timestamp())}:f> **somebody**" in embed.description
    assert "@everyone" not in embed.description
    assert "**somebody** took a sign-up back" in embed.description
    assert "A Spline Theory of Deep Learning" in embed.description
