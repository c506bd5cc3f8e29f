"""What can be done from a card, and what it says of this server and of its viewer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import discord
import pytest
import simcord
import sqlalchemy as sa

from bot.domain.signups import SignupState
from bot.storage.members import record_member
from bot.storage.tables import explanation, signup
from tests.cogs.conftest import Club
from tests.cogs.test_theory import labels, read, shown, text_of

ONE, ANOTHER = "spline-icml2018", "geometry-neurips2019"
LONE = "zoom-in-2020"


async def add(club: Club, table: sa.Table, *, guild_id: int | None = None, **values: Any) -> None:
    database = club.bot.services.lookup._database
    guild_id = guild_id or club.guild.id
    async with database.write() as conn:
        await record_member(conn, guild_id, values["user_id"], "somebody", club.env.now())
        await conn.execute(sa.insert(table).values(guild_id=guild_id, **values))


async def sign_up(
    club: Club, user_id: int, paper: str, *, seat: int | None = 1, guild_id: int | None = None
) -> datetime:
    """An open sign-up, or one that waits where ``seat`` is None; when it is due."""
    due = club.env.now() + timedelta(weeks=3)
    held: dict[str, Any] = {"state": SignupState.WAITING}
    if seat is not None:
        held = {"state": SignupState.OPEN, "seat": seat, "slot": 1, "due_at": due}
    made: dict[str, Any] = {"created_at": club.env.now(), "paper_id": paper, **held}
    await add(club, signup, guild_id=guild_id, user_id=user_id, **made)
    return due


async def explain(
    club: Club, user_id: int, listener_id: int, *, guild_id: int | None = None
) -> None:
    """A listener could explain the paper after this member did."""
    heard: dict[str, Any] = {"paper_id": LONE, "heard_at": club.env.now()}
    heard["listener_id"] = listener_id
    await add(club, explanation, guild_id=guild_id, user_id=user_id, **heard)


async def card(club: Club, name: str, *, private: bool = False) -> simcord.InteractionResult:
    return await club.alice.slash(club.channel, "theory", name=name, private=private)


def message(result: simcord.InteractionResult) -> discord.Message:
    assert result.response is not None
    return result.response.message


def ids(found: discord.Message) -> list[str]:
    return [
        str(item.custom_id)
        for row in found.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
        if isinstance(item, (discord.Button, discord.SelectMenu))
    ]


def menus(found: discord.Message) -> list[discord.SelectMenu]:
    rows = [row for row in found.components if isinstance(row, discord.ActionRow)]
    return [item for row in rows for item in row.children if isinstance(item, discord.SelectMenu)]


async def test_a_theory_of_one_paper_has_one_button_to_sign_up(club: Club) -> None:
    found = message(await card(club, "circuits"))
    assert "Sign up (3 of 3 seats free)" in labels(found)
    assert f"tc1:sign-up:{LONE}" in ids(found)
    assert not menus(found)


async def test_a_theory_of_several_papers_has_a_menu_with_hours_and_seats(club: Club) -> None:
    await sign_up(club, club.bob.id, ONE)
    (found,) = menus(message(await card(club, "spline")))
    assert found.custom_id == "tc1:sign-up"
    assert found.placeholder == "Sign up to read…"
    assert [option.value for option in found.options] == [ONE, ANOTHER]
    assert found.options[0].description == "4 h · Seats: 2 of 3 free"


async def test_every_card_leads_on_to_logging_and_asking(club: Club) -> None:
    found = message(await card(club, "spline"))
    assert {"tc1:log-theory:spline", "tc1:explain-who:spline"} <= set(ids(found))


async def test_every_page_of_the_card_keeps_its_actions(club: Club) -> None:
    found = message(await card(club, "circuits"))
    await club.alice.click(found, label="All works")
    assert "Log progress" in labels(club.last)


async def test_there_is_nothing_to_do_in_a_direct_message(club: Club) -> None:
    dana = club.env.create_user("dana")
    found = message(await dana.slash("theory", name="circuits"))
    assert not [custom_id for custom_id in ids(found) if not custom_id.startswith("tc1:card:")]


async def test_a_full_paper_says_so_and_who_waits(club: Club) -> None:
    for seat in (1, 2, 3):
        await sign_up(club, 100 + seat, LONE, seat=seat)
    await sign_up(club, 200, LONE, seat=None)
    result = await card(club, "circuits")
    assert "Seats: 0 of 3 free, 1 waiting" in text_of(shown(result))
    assert "Sign up (no seat free)" in labels(message(result))


async def test_another_servers_sign_ups_and_explanations_do_not_show(club: Club) -> None:
    other = club.env.create_guild("Another group")
    await sign_up(club, club.alice.id, LONE, guild_id=other.id)
    await explain(club, club.alice.id, club.bob.id, guild_id=other.id)
    shown_text = text_of(shown(await card(club, "circuits", private=True)))
    assert "Seats: 3 of 3 free" in shown_text
    assert "explained" not in shown_text
    assert "You:" not in shown_text


async def test_who_has_explained_it_is_counted_and_not_named(club: Club) -> None:
    for user_id, listener in ((club.alice.id, club.bob.id), (club.bob.id, club.alice.id)):
        await explain(club, user_id, listener)
    found = text_of(shown(await card(club, "circuits")))
    assert "2 members have explained it to others." in found
    assert "alice" not in found


async def test_a_private_card_says_when_ones_own_reading_is_due(club: Club) -> None:
    due = await sign_up(club, club.alice.id, LONE)
    await read(club, club.guild.id, club.alice.id, LONE, "reading")
    result = await card(club, "circuits", private=True)
    assert f"You: reading, due {discord.utils.format_dt(due, 'D')}." in text_of(shown(result))
    assert f"tc1:sign-up:{LONE}" not in ids(message(result))


async def test_ones_own_sign_up_is_shown_to_nobody_else(club: Club) -> None:
    await sign_up(club, club.alice.id, LONE)
    result = await card(club, "circuits")
    assert "You:" not in text_of(shown(result))
    assert f"tc1:sign-up:{LONE}" in ids(message(result))


@pytest.mark.parametrize(
    ("depth", "offered"),
    [("reading", False), ("read", False), ("almost", True), ("understood", True)],
)
async def test_who_understands_it_can_offer_to_explain_it(
    club: Club, depth: str, offered: bool
) -> None:
    await read(club, club.guild.id, club.alice.id, ANOTHER, depth)
    found = ids(message(await card(club, "spline", private=True)))
    assert (f"tc1:explain-offer:{ANOTHER}" in found) is offered


async def test_that_one_could_explain_it_is_shown_to_nobody_else(club: Club) -> None:
    await read(club, club.guild.id, club.alice.id, LONE, "understood")
    assert "I can explain this" not in labels(message(await card(club, "circuits")))
