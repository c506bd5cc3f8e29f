"""``/progress log``: the form, what it stores, and what is handed back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.domain.logbook import LogForm, Take
from bot.domain.members import NoteSharing
from bot.domain.notes import NoteKind
from bot.settings import Settings
from bot.storage import tables
from cogs.progress._form import log_form
from tests.cogs.conftest import PATIENCE, Club, running
from tests.cogs.log_forms import (
    HOSTILE,
    PAPER,
    TITLE,
    controls,
    decide,
    filled,
    log,
    open_form,
    rows,
)
from tests.cogs.test_presses import post_button
from tests.cogs.test_theory import labels, shown, text_of
from tests.founding import founding_data


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
        "Share with the server", "Keep private", "Change it", "Remove it", "Sign up",
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
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
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
    for theory in club.bot.services.catalogues.shipped:
        for paper in theory.papers:
            form = await open_form(club, club.alice, paper.id)
            assert form.modal is not None
            assert len(form.modal["title"]) <= 45
            assert all(len(part["label"]) <= 45 for part in form.modal["components"])


@pytest.fixture
async def long_club(settings: Settings, tmp_path: Path) -> AsyncIterator[Club]:
    """A club whose catalogue has a paper of thirty sections."""
    data = founding_data(tmp_path / "long")
    path = data / "theories" / "tropical.toml"
    sections = ", ".join(f'{{ id = "p{n}", title = "Part {n}" }}' for n in range(1, 31))
    text = path.read_text("utf-8")
    path.write_text(text.replace("[[papers]]\n", f"[[papers]]\nsections = [{sections}]\n", 1))
    async with running(settings.model_copy(update={"data_dir": data})) as club:
        yield club


async def test_thirty_sections_are_written_and_what_is_unclear_is_handed_back(
    long_club: Club,
) -> None:
    club = long_club
    theory = club.bot.services.catalogues.shipped.get("tropical")
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


async def test_a_note_too_long_for_discord_to_show_is_left_out_and_left_alone(club: Club) -> None:
    theory = club.bot.services.catalogues.shipped.get("spline")
    assert theory is not None
    take = Take(7, NoteKind.CLAIM, "🦊" * 4000)
    form = log_form(LogForm(theory, theory.papers[0], takes=(take,)), club.bot.words)
    assert form.custom_id == f"tc1:log:{PAPER}:x:x-x-x"
    assert "🦊" not in str(form.to_dict())
