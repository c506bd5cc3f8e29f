"""``/progress``: the form, what it stores, the presses under it, and who sees what."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import discord
import pytest
import simcord
import sqlalchemy as sa

from bot.app import open_bot
from bot.domain.members import NoteSharing, Visibility
from bot.settings import Settings
from bot.storage import tables
from bot.ui.controls import button, controls_view
from tests.cogs.conftest import Club, running
from tests.cogs.test_presses import post_button
from tests.cogs.test_theory import labels, shown, text_of

PAPER = "spline-icml2018"
TITLE = "A Spline Theory of Deep Learning"
HOSTILE = "@everyone <@1> </help:1> [x](https://evil.example) \u202eevil ```` **x** "


async def open_form(club: Club, who: Any, paper: str = TITLE) -> simcord.InteractionResult:
    result = await who.slash(club.channel, "progress log", paper=paper)
    assert result.modal is not None, result.response
    return result  # type: ignore[no-any-return]  # SimCord's actors are untyped here


def controls(result: simcord.InteractionResult) -> dict[str, dict[str, Any]]:
    assert result.modal is not None
    return {
        part["component"]["custom_id"]: part["component"] for part in result.modal["components"]
    }


def filled(result: simcord.InteractionResult, **changes: Any) -> dict[str, Any]:
    """What Discord sends when a member changes these fields and leaves the others."""
    values: dict[str, Any] = {}
    for name, control in controls(result).items():
        chosen = [o["value"] for o in control.get("options", ()) if o.get("default")]
        if name == "depth":
            values |= {name: chosen[0]} if chosen else {}
        elif "options" in control:
            values[name] = chosen
        else:
            values[name] = control.get("value", "")
    return values | changes


async def log(club: Club, who: Any, paper: str = TITLE, **changes: Any) -> Any:
    form = await open_form(club, who, paper)
    return await who.submit_modal(form, filled(form, **changes))


async def rows(club: Club, table: sa.Table, *columns: str) -> list[tuple[Any, ...]]:
    async with club.bot.services.lookup._database.read() as conn:
        found = await conn.execute(sa.select(*(table.c[name] for name in columns)))
        return sorted(tuple(row) for row in found)


async def decide(club: Club, who: Any, **values: Any) -> None:
    """What a member decided elsewhere."""
    member = tables.member
    async with club.bot.services.lookup._database.write() as conn:
        await conn.execute(
            sa.update(member)
            .where(member.c.guild_id == club.guild.id, member.c.user_id == who.id)
            .values(**values)
        )


async def test_the_form_has_five_optional_fields(club: Club) -> None:
    form = await open_form(club, club.alice)
    assert list(controls(form)) == ["depth", "sections", "claim", "evidence", "doubt"]
    assert not any(control["required"] for control in controls(form).values())
    offered = [option["value"] for option in controls(form)["depth"]["options"]]
    assert offered == ["reading", "read", "almost", "understood"]


async def test_what_was_logged_fills_the_next_form(club: Club) -> None:
    await log(club, club.alice, depth="reading", sections=["u1"], claim="It is.", doubt="Is it?")
    form = await open_form(club, club.alice)
    assert filled(form) == {
        "depth": "reading", "sections": ["u1"], "claim": "It is.", "evidence": "", "doubt": "Is it?",
    }  # fmt: skip
    assert filled(await open_form(club, club.bob))["claim"] == ""


async def test_the_answer_says_privately_what_is_stored_and_what_is_next(club: Club) -> None:
    answer = await log(club, club.alice, depth="reading", sections=["u1", "u2"], claim="It is.")
    assert answer.ephemeral
    text = text_of(shown(answer))
    assert "▰▰▰▰▰▱▱▱▱▱ 50 % · reading · 2 of 4 sections" in text
    assert "Noted: claim. Only you can read it until you share it." in text
    assert "Go on with: Third quarter" in text
    assert labels(answer.response.message) == [
        "Share with the server", "Keep private", "Change it", "Remove it",
    ]  # fmt: skip


async def test_notes_to_share_are_named_in_the_button(club: Club) -> None:
    answer = await log(club, club.alice, depth="reading", claim="One.", evidence="Two.")
    ids = "-".join(str(note) for (note,) in await rows(club, tables.note, "id"))
    sent = str(answer.response.message.components)
    assert f"tc1:notes-share:{ids}:shared" in sent
    await decide(club, club.alice, note_sharing=NoteSharing.SHARED)
    answer = await log(club, club.alice, "geometry-neurips2019", depth="reading", claim="Three.")
    assert "Share with the server" not in labels(answer.response.message)


async def test_who_ticks_everything_is_offered_read_in_one_tap(club: Club) -> None:
    answer = await log(club, club.alice, sections=["u1", "u2", "u3", "u4"])
    message = answer.response.message
    assert "Read it all?" in labels(message)
    await club.alice.click(message, label="Read it all?")
    assert "Read it all?" not in labels(answer.response.message)
    await post_button(club, f"tc1:depth:{PAPER}:read")
    await club.alice.click(club.last, custom_id=f"tc1:depth:{PAPER}:read")
    assert await rows(club, tables.reading, "depth") == [("read",)]
    assert await rows(club, tables.depth_change, "depth") == [("reading",), ("read",)]


async def test_two_members_with_the_same_form_open_store_each_their_own_text(club: Club) -> None:
    people = {club.alice: "Alice's secret.", club.bob: "Bob's secret."}
    forms = {who: await open_form(club, who) for who in people}
    for who in (club.bob, club.alice):
        await who.submit_modal(forms[who], filled(forms[who], depth="read", claim=people[who]))
    assert await rows(club, tables.note, "user_id", "text") == sorted(
        (who.id, text) for who, text in people.items()
    )


async def test_forms_open_over_a_restart_store_each_their_own_text(settings: Settings) -> None:
    async with open_bot(settings) as first:
        env = simcord.Env(first)
        await env.start()
        club = Club(env, first)
        people = {club.alice: "Alice's.", club.bob: "Bob's."}
        forms = {who: await open_form(club, who) for who in people}
        async with open_bot(settings) as second:
            await env.restart_bot(second)
            club.bot = second
            await env.advance_time(15 * 60)
            for who in (club.bob, club.alice):
                answer = await who.submit_modal(
                    forms[who], filled(forms[who], depth="reading", claim=people[who])
                )
                assert answer.ephemeral
            assert await rows(club, tables.note, "user_id", "text") == sorted(
                (who.id, text) for who, text in people.items()
            )
            assert answer.response is not None
            again = await club.alice.click(answer.response.message, label="Change it")
            assert filled(again)["claim"] == "Alice's."
            await env.shutdown()


async def test_a_form_is_kept_nowhere(club: Club) -> None:
    for _ in range(5):
        await open_form(club, club.alice)
    assert not club.bot._connection._view_store._modals
    assert not [task for task in asyncio.all_tasks() if "modal" in task.get_name().lower()]


async def test_two_forms_of_one_member_add_and_change_as_each_was_filled_in(club: Club) -> None:
    first, second = await open_form(club, club.alice), await open_form(club, club.alice)
    await club.alice.submit_modal(first, filled(first, depth="read", claim="One."))
    await club.alice.submit_modal(second, filled(second, depth="reading", claim="Two."))
    assert await rows(club, tables.note, "text") == [("One.",), ("Two.",)]


async def test_an_empty_form_is_answered_kindly(club: Club) -> None:
    answer = await log(club, club.alice)
    assert answer.ephemeral
    assert "came back empty" in answer.response.content


async def test_seventeen_sections_are_a_menu(club: Club) -> None:
    form = await open_form(club, club.alice, "The Principles of Deep Learning Theory")
    menu = controls(form)["sections"]
    assert (menu["type"], menu["min_values"], menu["max_values"]) == (3, 0, 17)
    answer = await club.alice.submit_modal(form, filled(form, sections=["preface", "ch-0"]))
    assert "Go on with: Pretraining" in text_of(shown(answer))


async def test_long_titles_fit_the_form(club: Club) -> None:
    for theory in club.bot.services.lookup.catalogue:
        for paper in theory.papers:
            form = await open_form(club, club.alice, paper.id)
            assert form.modal is not None
            assert len(form.modal["title"]) <= 45
            assert all(len(part["label"]) <= 45 for part in form.modal["components"])


@pytest.fixture
async def long_club(settings: Settings) -> Any:
    """A club whose catalogue has a paper of thirty sections."""
    path = settings.data_dir / "theories" / "tropical.toml"
    original = path.read_text("utf-8")
    sections = ", ".join(f'{{ id = "p{n}", title = "Part {n}" }}' for n in range(1, 31))
    path.write_text(original.replace("[[papers]]\n", f"[[papers]]\nsections = [{sections}]\n", 1))
    try:
        async with running(settings) as club:
            yield club
    finally:
        path.write_text(original, "utf-8")


async def test_thirty_sections_are_written_and_what_is_unclear_is_handed_back(
    long_club: Club,
) -> None:
    club = long_club
    theory = club.bot.services.lookup.catalogue.get("tropical")
    assert theory is not None
    title = theory.papers[0].id
    await log(club, club.alice, title, depth="reading", sections="1-7, 9")
    assert filled(await open_form(club, club.alice, title))["sections"] == "1-7, 9"
    answer = await log(club, club.alice, title, sections=f"8, {HOSTILE}", claim="Not lost.")
    assert answer.ephemeral
    text = text_of(shown(answer))
    assert "The sections stayed as they were" in text
    assert "```\n8, @everyone" in text
    assert "\u202e" not in text
    again = await club.alice.click(answer.response.message, label="Open the form again")
    assert filled(again)["sections"] == "1-7, 9"
    assert filled(again)["claim"] == "Not lost."


async def test_what_cannot_be_stored_is_handed_back_text_by_text(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    club.expects_faults = True

    async def broken(*_: Any) -> Any:
        raise RuntimeError("the inside")

    form = await open_form(club, club.alice)
    monkeypatch.setattr(club.bot.services.logbook, "log", broken)
    claim = "c" * 4000
    answer = await club.alice.submit_modal(form, filled(form, claim=claim, doubt=HOSTILE))
    assert answer.ephemeral
    assert answer.response is not None
    said = [answer.response.message, *(followup.message for followup in answer.followups)]
    assert all(message.flags.ephemeral for message in said)
    assert claim in (said[0].embeds[0].description or "")
    assert "[x](https://evil.example)" in (said[1].embeds[0].description or "")
    assert "nothing was changed" in said[2].content


async def test_a_slow_store_is_answered_in_time_and_offers_the_form_again(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = club.bot.services.logbook.form

    async def slow(*arguments: Any) -> Any:
        await asyncio.sleep(5)
        return await original(*arguments)

    monkeypatch.setattr(club.bot.services.logbook, "form", slow)
    asked = await club.alice.slash(club.channel, "progress log", paper=TITLE)
    await club.env.advance_time(10)
    assert asked.ephemeral
    assert asked.response is not None
    assert "took too long" in asked.response.content
    monkeypatch.setattr(club.bot.services.logbook, "form", original)
    form = await club.alice.click(asked.response.message, label="Open the form")
    assert form.modal is not None


async def test_a_slow_store_still_takes_a_form(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    original = club.bot.services.logbook.log

    async def slow(*arguments: Any) -> Any:
        await asyncio.sleep(5)
        return await original(*arguments)

    form = await open_form(club, club.alice)
    monkeypatch.setattr(club.bot.services.logbook, "log", slow)
    answer = await club.alice.submit_modal(form, filled(form, depth="read"))
    await club.env.advance_time(10)
    assert answer.ephemeral
    assert "100 % · read" in text_of(shown(answer))


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
    catalogue = club.bot.services.lookup.catalogue
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
