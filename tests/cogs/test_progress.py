"""``/progress``: the presses, the overviews, and who sees what."""

from __future__ import annotations

import logging

import discord
import pytest

from bot.domain.members import Visibility
from bot.storage import tables
from bot.ui.controls import button, controls_view
from tests.cogs.conftest import Club
from tests.cogs.log_forms import (
    HOSTILE,
    PAPER,
    TITLE,
    decide,
    filled,
    log,
    open_form,
    rows,
)
from tests.cogs.test_presses import post_button
from tests.cogs.test_theory import shown, text_of


async def test_removing_is_asked_once_more(club: Club) -> None:
    answer = await log(club, club.alice, depth="read", sections=["u1"])
    message = answer.response.message
    await club.alice.click(message, label="Remove it")
    await club.alice.click(message, label="Keep it")
    assert await rows(club, tables.reading, "depth") == [("read",)]
    await club.alice.click(message, label="Remove it")
    await club.alice.click(message, custom_id=f"tc1:progress-remove:{PAPER}:yes")
    assert await rows(club, tables.reading, "depth") == []
    assert "Removed." in text_of(answer.response.embeds[0])


@pytest.mark.parametrize(
    "forged",
    [
        f"tc1:depth:{PAPER}:read", f"tc1:progress-remove:{PAPER}", f"tc1:progress-remove:{PAPER}:yes",
    ],
)  # fmt: skip
async def test_presses_about_what_one_never_took_up_find_nothing(club: Club, forged: str) -> None:
    await log(club, club.bob, depth="reading")
    await post_button(club, forged)
    result = await club.alice.click(club.last, custom_id=forged)
    assert result.ephemeral
    assert result.response is not None
    assert "There is nothing like that here for you." in result.response.content
    assert await rows(club, tables.reading, "user_id", "depth") == [(club.bob.id, "reading")]


@pytest.mark.parametrize(
    "forged",
    [
        "tc1:log:no-such-paper", "tc1:log", "tc1:log-theory:no-such", "tc1:log-theory",
        f"tc1:depth:{PAPER}:signed-up", f"tc1:depth:{PAPER}:everything", f"tc1:depth:{PAPER}",
        "tc1:depth:no-such:read", "tc1:progress-remove:no-such:yes", "tc1:progress-me:x",
        "tc1:progress-me:-1", "tc1:progress-me", "tc1:name-board:maybe", "tc1:name-board",
    ],
)  # fmt: skip
async def test_forged_and_outdated_presses_get_one_kind_answer_and_change_nothing(
    club: Club, forged: str, caplog: pytest.LogCaptureFixture
) -> None:
    await log(club, club.alice, depth="reading")
    await post_button(club, forged)
    result = await club.alice.click(club.last, custom_id=forged)
    assert result.ephemeral
    assert result.response is not None
    assert "from an older message" in result.response.content
    assert await rows(club, tables.reading, "depth") == [("reading",)]
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_a_press_in_public_is_answered_in_private(club: Club) -> None:
    await log(club, club.alice, depth="reading", claim="A secret.")
    for action in (f"depth:{PAPER}:read", f"progress-remove:{PAPER}", "progress-me:0"):
        await post_button(club, f"tc1:{action}")
        result = await club.alice.click(club.last, custom_id=f"tc1:{action}")
        assert result.ephemeral, action
        assert "a panel" in club.last.content


async def test_not_even_a_public_message_of_ones_own_is_turned_into_ones_progress(
    club: Club,
) -> None:
    await log(club, club.alice, depth="reading")
    public = await club.alice.slash(club.channel, "progress group")
    assert public.response is not None
    channel = club.bot.get_channel(club.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = channel.get_partial_message(public.response.message.id)
    await message.edit(view=controls_view([button("x", "depth", PAPER, "read")]))
    result = await club.alice.click(club.last, label="x")
    assert result.ephemeral
    assert "How far this group is" in str(club.last.embeds[0].title)


async def test_a_theorys_button_opens_its_paper(club: Club) -> None:
    await post_button(club, "tc1:log-theory:spline")
    form = await club.alice.click(club.last, custom_id="tc1:log-theory:spline")
    assert form.modal is not None
    assert form.modal["custom_id"].startswith(f"tc1:log:{PAPER}:")


async def test_ones_own_overview_is_private_and_leads_on(club: Club) -> None:
    empty = await club.alice.slash(club.channel, "progress me")
    assert empty.ephemeral
    assert "not taken up a paper" in text_of(shown(empty))
    await log(club, club.alice, depth="reading", sections=["u1"])
    own = await club.alice.slash(club.channel, "progress me")
    assert own.ephemeral
    assert f"1. {TITLE}" in text_of(shown(own))
    assert own.response is not None
    form = await club.alice.click(own.response.message, label="Log 1")
    assert form.modal is not None


async def test_many_papers_have_pages_that_turn_in_place(club: Club) -> None:
    catalogue = club.bot.services.catalogues.shipped
    papers = [paper.id for theory in catalogue for paper in theory.papers][:12]
    for paper in papers:
        await log(club, club.alice, paper, depth="read")
    own = await club.alice.slash(club.channel, "progress me")
    assert own.response is not None
    await club.alice.click(own.response.message, label="Next")
    await club.alice.click(own.response.message, label="Next")
    text = text_of(own.response.embeds[0])
    assert "Page 3 of 3" in text
    assert "12. " in text


async def test_a_members_reading_is_shown_only_if_they_want(club: Club) -> None:
    await log(club, club.bob, depth="reading", claim="Bob's secret.")
    hidden = await club.alice.slash(club.channel, "progress member", member=club.bob)
    nobody = await club.alice.slash(club.channel, "progress member", member=club.alice)
    assert "They keep their reading to themselves." in text_of(shown(hidden))
    assert "keep your reading to yourself" in text_of(shown(nobody))
    await decide(club, club.bob, visibility=Visibility.SERVER)
    open_ = await club.alice.slash(club.channel, "progress member", member=club.bob)
    assert TITLE in text_of(shown(open_))
    assert "Bob's secret" not in text_of(shown(open_))
    assert all(result.ephemeral for result in (hidden, nobody, open_))


async def test_the_group_sees_totals_and_only_the_names_that_want_to_be_seen(club: Club) -> None:
    carol = club.guild.add_member(club.env.create_user("carol"))
    for who in (club.alice, club.bob, carol):
        await log(club, who, depth="read", claim="A secret.")
    group = await club.alice.slash(club.channel, "progress group")
    assert not group.ephemeral
    text = text_of(shown(group))
    assert "**1 of 9 theories known**" in text
    assert f"{TITLE}: 3 members" in text
    assert not any(name in text for name in ("alice", "bob", "carol", "A secret."))
    assert group.response is not None
    for _ in range(2):
        joined = await club.bob.click(group.response.message, label="Put my name on the board")
        assert joined.ephemeral
    text = text_of(shown(await club.alice.slash(club.channel, "progress group")))
    assert f"{TITLE}: 3 members, among them bob" in text
    assert f"bob: {TITLE}" in text
    await club.bob.click(group.response.message, label="Take my name off")
    text = text_of(shown(await club.alice.slash(club.channel, "progress group")))
    assert "bob" not in text


async def test_hostile_notes_appear_in_no_answer_to_others(club: Club) -> None:
    await log(club, club.alice, depth="read", claim=HOSTILE + "x" * 3900, doubt=HOSTILE)
    await decide(club, club.alice, display_name=HOSTILE, on_name_board=True, visibility=Visibility.SERVER)  # fmt: skip
    group = await club.bob.slash(club.channel, "progress group")
    profile = await club.bob.slash(club.channel, "progress member", member=club.alice)
    for result in (group, profile):
        text = text_of(shown(result))
        assert "@everyone" not in text
        assert "[x](https" not in text
        assert "\u202e" not in text
    form = await open_form(club, club.alice)
    assert filled(form)["doubt"] == HOSTILE.strip()


async def test_a_paper_that_nobody_knows_is_refused_in_words(club: Club) -> None:
    result = await club.alice.slash(club.channel, "progress log", paper="quantum knitting 🦊")
    assert result.ephemeral
    assert result.response is not None
    assert "I know no such paper" in result.response.content


async def test_papers_are_completed_with_ones_own_first(club: Club) -> None:
    await log(club, club.alice, "geometry-neurips2019", depth="reading")
    mine = await club.alice.autocomplete(club.channel, "progress log", "paper", "")
    theirs = await club.bob.autocomplete(club.channel, "progress log", "paper", "")
    assert "Geometry of Deep Networks" in mine[0]["name"]
    assert "Geometry of Deep Networks" not in theirs[0]["name"]
    for choice in mine:
        assert (await open_form(club, club.bob, choice["value"])).modal is not None


@pytest.mark.parametrize("typed", ["", "sp", "🦊", "x" * 100, "@everyone", "\u202e", "the"])
async def test_completed_papers_keep_discords_limits(club: Club, typed: str) -> None:
    found = await club.alice.autocomplete(club.channel, "progress log", "paper", typed)
    assert len(found) <= 25
    assert len({choice["name"] for choice in found}) == len(found)
    assert all(1 <= len(c["name"]) <= 100 and 1 <= len(c["value"]) <= 100 for c in found)


async def test_two_servers_share_no_progress(club: Club) -> None:
    other = club.env.create_guild("Another group")
    there = other.create_text_channel("reading")
    dana = club.env.create_user("dana")
    here, away = club.guild.add_member(dana), other.add_member(dana)
    await log(club, here, depth="read", claim="Here.")
    form = await away.slash(there, "progress log", paper=TITLE)
    assert filled(form)["claim"] == ""
    group = await away.slash(there, "progress group")
    assert "Nobody has begun yet" in text_of(shown(group))
    own = await away.slash(there, "progress me")
    assert "not taken up a paper" in text_of(shown(own))
