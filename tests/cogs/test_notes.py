"""``/note`` and *Save as note*: a member's own notes, and finding what one may see."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest
import simcord

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.settings import Settings
from tests.cogs.conftest import PATIENCE, Club
from tests.cogs.notes import (
    HOSTILE,
    PAPER,
    TITLE,
    message_of,
    option,
    press,
    readable,
    rows,
    said,
    share,
    submit,
    write,
)

# What Discord would act on, in the hostile text above.
LIVE = ("@everyone", "<@&1", "https://evil", "\u202e", "<t:1:R", "</theory:1", "```code")


async def test_a_new_note_is_private_until_its_member_shares_it(club: Club) -> None:
    answer = await write(club, club.alice, "Max-affine pieces tile the input.")
    assert answer.ephemeral
    assert "Only you see it so far" in said(answer)
    assert "No note here says that" in said(
        await club.bob.slash(club.channel, "note find", words="affine")
    )
    shared = await club.alice.click(message_of(answer), label="Share with the server")
    assert shared.ephemeral
    assert "Shared: others here can read it" in said(shared)
    found = await club.bob.slash(club.channel, "note find", words="affine")
    assert found.ephemeral
    assert "Max-**affine** pieces tile the input." in said(found)
    assert "alice" in said(found)
    assert TITLE in said(found)


async def test_always_sharing_is_asked_once_and_can_be_turned_back_for_a_note(club: Club) -> None:
    shared = await share(club, club.alice, "first words")
    always = await club.alice.click(message_of(shared), label="Always do this")
    assert "shared at once" in said(always)
    second = await write(club, club.alice, "second words")
    assert "kept and shared here" in said(second)
    assert "[Share with the server]" not in said(second)
    await club.alice.click(message_of(second), label="Keep private")
    found = await club.bob.slash(club.channel, "note find", words="words")
    assert "first" in said(found)
    assert "second" not in said(found)


async def test_answering_twice_changes_nothing_more(club: Club) -> None:
    answer = await write(club, club.alice, "once")
    for _ in range(2):
        result = await club.alice.click(message_of(answer), label="Share with the server")
        assert "Shared" in said(result)
    assert await rows(club, "SELECT text, shared FROM note") == [("once", 1)]


async def test_ones_own_notes_are_listed_newest_first_with_what_can_be_done(club: Club) -> None:
    for number in range(6):
        await write(club, club.alice, f"note {number}", kind="doubt")
    await write(club, club.bob, "of somebody else")
    first = await club.alice.slash(club.channel, "note mine")
    assert first.ephemeral
    text = said(first)
    assert text.index("note 5") < text.index("note 2")
    assert "note 1" not in text
    assert "of somebody else" not in text
    assert "1 to 4 of 6" in text
    assert "only you see it" in text
    await club.alice.click(message_of(first), label="Next")
    assert "5 to 6 of 6" in said(first)
    assert "note 0" in said(first)
    await club.alice.click(message_of(first), label="Previous")
    assert "1 to 4 of 6" in said(first)


async def test_a_note_is_edited_in_its_form_which_begins_with_what_it_says(club: Club) -> None:
    await write(club, club.alice, "as it was")
    mine = await club.alice.slash(club.channel, "note mine")
    form = await club.alice.click(message_of(mine), label="Edit 1")
    assert "as it was" in str(form.modal)
    await club.alice.submit_modal(form, {"kind": "evidence", "text": "as it is now"})
    assert "Evidence" in said(mine)
    assert "as it is now" in said(mine)
    assert await rows(club, "SELECT kind, text FROM note") == [("evidence", "as it is now")]


async def test_a_note_is_deleted_after_a_question(club: Club) -> None:
    await write(club, club.alice, "to go")
    mine = await club.alice.slash(club.channel, "note mine")
    await club.alice.click(message_of(mine), label="Delete 1")
    assert "Delete this note?" in said(mine)
    await club.alice.click(message_of(mine), label="Keep it")
    assert await rows(club, "SELECT text FROM note") == [("to go",)]
    await club.alice.click(message_of(mine), label="Delete 1")
    await club.alice.click(message_of(mine), label="Delete")
    assert "You have no notes here yet" in said(mine)
    assert await rows(club, "SELECT text FROM note") == []


async def test_a_note_is_shared_and_taken_back_in_the_list(club: Club) -> None:
    await write(club, club.alice, "back and forth")
    mine = await club.alice.slash(club.channel, "note mine")
    await club.alice.click(message_of(mine), label="Share 1")
    assert await rows(club, "SELECT shared FROM note") == [(1,)]
    await club.alice.click(message_of(mine), label="Keep private 1")
    assert await rows(club, "SELECT shared FROM note") == [(0,)]


async def test_an_empty_note_is_refused_kindly(club: Club) -> None:
    answer = await write(club, club.alice, "  \n ")
    assert answer.ephemeral
    assert "Write a sentence" in said(answer)
    assert await rows(club, "SELECT * FROM note") == []


async def test_a_paper_nobody_knows_is_answered_with_what_to_do(club: Club) -> None:
    result = await club.alice.slash(club.channel, "note add", paper="quantum knitting society")
    assert result.ephemeral
    assert "I know no such paper" in said(result)


async def test_what_one_reads_is_offered_first(club: Club) -> None:
    from tests.cogs.test_theory import read

    await read(club, club.guild.id, club.alice.id, "pdlt-cup2022", "reading")
    catalogue = club.bot.services.catalogues.shipped
    theory = catalogue.get("pdlt")
    assert theory is not None
    await read(club, club.guild.id, club.alice.id, theory.primary_papers[0].id, "reading")
    for typed in ("", "PDLT"):
        offered = await club.alice.autocomplete(club.channel, "note add", "paper", typed)
        assert 1 <= len(offered) <= 25
        assert len({choice["name"] for choice in offered}) == len(offered)
        assert all(1 <= len(str(choice["value"])) <= 100 for choice in offered)
    first = (await club.alice.autocomplete(club.channel, "note add", "paper", ""))[0]
    assert first["name"].startswith(theory.primary_papers[0].title[:50])
    answer = await write(club, club.alice, "taken up", paper=first["value"])
    assert "is kept" in said(answer)


async def test_a_search_can_be_narrowed_to_a_theory(club: Club) -> None:
    await share(club, club.alice, "common word")
    catalogue = club.bot.services.catalogues.shipped
    other = catalogue.theories[2]
    await share(club, club.alice, "common ground", paper=other.primary_papers[0].title)
    found = await club.bob.slash(club.channel, "note find", words="common", theory="spline")
    assert "word" in said(found)
    assert "ground" not in said(found)
    missed = await club.bob.slash(club.channel, "note find", words="common", theory="knitting 🦊")
    assert "I know no theory" in said(missed)
    offered = await club.bob.autocomplete(club.channel, "note find", "theory", "spl", words="x")
    assert offered[0]["value"]


async def test_what_was_found_comes_in_pages(club: Club) -> None:
    for number in range(7):
        await share(club, club.alice, f"spline number {number}")
    found = await club.bob.slash(club.channel, "note find", words="spline")
    assert "number 6" in said(found)
    assert "number 1" not in said(found)
    await club.bob.click(message_of(found), label="Next")
    assert "number 1" in said(found)
    assert "number 6" not in said(found)
    await club.bob.click(message_of(found), label="Previous")
    assert "number 6" in said(found)


async def test_a_search_too_long_for_a_button_shows_a_hint_instead(club: Club) -> None:
    text = " ".join(f"{letter * 20}" for letter in "abcdef")
    for _ in range(6):
        await share(club, club.alice, text)
    found = await club.bob.slash(club.channel, "note find", words=text)
    assert "There is more" in said(found)
    assert "[Next]" not in said(found)


@pytest.mark.parametrize(
    "words", ['"', "*", "NEAR(", 'a" OR "b', "🦊", "x" * 4000, "\u202e", "a:b", "@everyone"]
)
async def test_whatever_is_searched_for_gets_an_answer(club: Club, words: str) -> None:
    await share(club, club.alice, "a note")
    result = await club.bob.slash(club.channel, "note find", words=words)
    assert result.ephemeral
    assert "No note here says" in said(result) or "no letters or digits" in said(result)
    assert not any(live in said(result) for live in LIVE)


async def test_two_servers_keep_their_notes_apart(club: Club) -> None:
    other = club.env.create_guild("Another group")
    channel = other.create_text_channel("there")
    eve = other.add_member(club.env.create_user("eve"))
    await share(club, club.alice, "only of the first server")
    assert "No note here says" in said(await eve.slash(channel, "note find", words="server"))
    assert "What this group learnt" not in said(await eve.slash(channel, "theory", name="spline"))
    answer = await eve.slash(channel, "note mine")
    assert "You have no notes here yet" in said(answer)


async def test_notes_are_for_servers_only(club: Club) -> None:
    dana = club.env.create_user("dana")
    with pytest.raises(simcord.SetupError):
        await dana.slash("note mine")


async def test_hostile_text_stays_text_wherever_it_is_shown(club: Club) -> None:
    await share(club, club.alice, HOSTILE)
    shown = [
        said(await club.bob.slash(club.channel, "theory", name="spline")),
        said(await club.bob.slash(club.channel, "note find", words="bold")),
        said(await club.alice.slash(club.channel, "note mine")),
        said(await press(club, club.bob, "tc1:note-open:1")),
        said(await press(club, club.bob, "tc1:card:spline:notes")),
        said(await press(club, club.bob, "tc1:note-report:1")),
        said(await press(club, club.alice, "tc1:note-delete:1:0")),
    ]
    for text in shown:
        assert "bold" in text
        assert not [live for live in LIVE if live in text]


@pytest.mark.parametrize(
    "action",
    ["note-edit:{id}:0", "note-delete:{id}:0", "note-delete-yes:{id}:0", "note-share:{id}:0:shared",
     "notes-share:{id}:shared", "notes-share:{id}-2:shared", "note-open:{id}", "note-report:{id}",
     "note-report-yes:{id}", "note-back:{id}"],
)  # fmt: skip
async def test_somebody_elses_private_note_is_not_there_for_others(club: Club, action: str) -> None:
    other = club.env.create_guild("Another group")
    channel = other.create_text_channel("there")
    eve = other.add_member(club.env.create_user("eve"))
    await write(club, club.alice, "private")
    await write(club, club.bob, "of bob")
    await write(club, eve, "elsewhere", channel=channel)
    before = await rows(club, "SELECT * FROM note")
    answers = set()
    for note_id in (1, 3, 99):
        result = await press(club, club.bob, "tc1:" + action.format(id=note_id))
        assert result.ephemeral
        answers.add(said(result))
    assert answers == {"There is nothing like that here for you. It may be gone."}
    assert await rows(club, "SELECT * FROM note") == before
    assert await rows(club, "SELECT * FROM note_report") == []


@pytest.mark.parametrize(
    "custom_id",
    ["note-edit", "note-edit:x:0", "note-delete:1", "note-share:1:0:everyone", "notes-share:1:ask",
     "notes-share::shared", "notes-share:1--2:shared", "notes-always:ask", "notes-mine:-1",
     "note-find:no-such-theory:0:a", "note-find::x:a", "note-find::0", "note-open:1'", "notes:nope:0",
     "notes:spline:x", "notes-blind:x", "notes-blind:spline-icml2018:maybe", "notes-mine:9999999999999999999"],
)  # fmt: skip
async def test_a_forged_id_gets_the_answer_of_an_old_button(club: Club, custom_id: str) -> None:
    result = await press(club, club.bob, f"tc1:{custom_id}")
    assert result.ephemeral
    assert "from an older message" in said(result)


async def test_a_page_far_outside_is_the_last_one(club: Club) -> None:
    await share(club, club.alice, "the only one")
    for custom_id in ("tc1:notes-mine:999999", "tc1:notes:spline:999999"):
        result = await press(club, club.alice, custom_id)
        assert "the only one" in said(result)
    result = await press(club, club.alice, "tc1:note-find::99999:only")
    assert "No note here says" in said(result)


async def test_a_forged_form_changes_nobody_elses_note(club: Club) -> None:
    await write(club, club.alice, "private")
    values = {"kind": "claim", "text": "taken over"}
    result = await submit(club, club.bob, "note-edit:1:0", values)
    assert "nothing like that here" in said(result)
    assert await rows(club, "SELECT text FROM note") == [("private",)]


@pytest.mark.parametrize(
    ("arguments", "values"),
    [("note-add:no-such-paper", {"kind": "claim", "text": "t"}), (f"note-add:{PAPER}", {"kind": "rumour", "text": "t"}),
     (f"note-add:{PAPER}", {"text": "t"}), ("note-save:1:x", {"kind": "claim", "text": "t", "paper": PAPER}),
     ("note-save:1:9999999999999999999", {"kind": "claim", "text": "t", "paper": PAPER}),
     ("note-save:1", {"kind": "claim", "text": "t", "paper": PAPER}),
     ("note-save:1:2", {"kind": "claim", "text": "t", "paper": "no-such-paper"})],
)  # fmt: skip
async def test_a_form_nobody_was_shown_adds_nothing(
    club: Club, arguments: str, values: dict[str, str]
) -> None:
    result = await submit(club, club.bob, arguments, values)
    assert "from an older message" in said(result)
    assert await rows(club, "SELECT * FROM note") == []


async def test_two_members_with_the_same_form_each_keep_their_own_text(club: Club) -> None:
    alices = await club.alice.slash(club.channel, "note add", paper=TITLE)
    bobs = await club.bob.slash(club.channel, "note add", paper=TITLE)
    await club.bob.submit_modal(bobs, {"kind": "claim", "text": "of bob"})
    await club.alice.submit_modal(alices, {"kind": "doubt", "text": "of alice"})
    stored = await rows(club, "SELECT user_id, kind, text FROM note ORDER BY id")
    assert stored == [(club.bob.id, "claim", "of bob"), (club.alice.id, "doubt", "of alice")]


async def test_buttons_and_forms_work_after_a_restart(settings: Settings) -> None:
    async with open_bot(settings) as first:
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, first)
        answer = await write(club, club.alice, "before the restart")
        form = await club.alice.slash(club.channel, "note add", paper=TITLE)
        async with open_bot(settings) as second:
            await env.restart_bot(second)
            club.bot = second
            await club.alice.click(message_of(answer), label="Share with the server")
            await club.alice.submit_modal(form, {"kind": "claim", "text": "over the restart"})
            stored = await rows(club, "SELECT text, shared FROM note ORDER BY id")
            await env.shutdown()
    assert stored == [("before the restart", 1), ("over the restart", 0)]


async def saved(club: Club, message: discord.Message, text: str) -> simcord.InteractionResult:
    form = await club.alice.context_menu(club.channel, "Save as note", message)
    return await club.alice.submit_modal(form, {"paper": [PAPER], "kind": "claim", "text": text})


async def test_a_message_is_saved_with_whose_words_they_are_and_the_way_back(club: Club) -> None:
    await write(club, club.bob, "so that the club knows bob")
    message = await club.bob.send(club.channel, "Depth buys *orientation*.")
    form = await club.alice.context_menu(club.channel, "Save as note", message)
    assert "Depth buys *orientation*." in str(form.modal)
    await club.alice.submit_modal(
        form, {"paper": [PAPER], "kind": "claim", "text": "Depth buys orientation."}
    )
    mine = said(await club.alice.slash(club.channel, "note mine"))
    assert "after bob’s message" in mine
    link = f"https://discord.com/channels/{club.guild.id}/{club.channel.id}/{message.id}"
    assert f"[Go to the message]({link})" in mine
    stored = await rows(
        club, "SELECT source_channel_id, source_message_id, source_author_id FROM note WHERE id = 2"
    )
    assert stored == [(club.channel.id, message.id, club.bob.id)]


async def test_a_writer_the_club_does_not_know_is_not_named(club: Club) -> None:
    message = await club.bob.send(club.channel, "wise words")
    await saved(club, message, text="wise words")
    assert "after somebody’s message" in said(await club.alice.slash(club.channel, "note mine"))
    assert await rows(club, "SELECT user_id FROM member") == [(club.alice.id,)]


async def test_saving_ones_own_message_is_no_quote(club: Club) -> None:
    message = await club.alice.send(club.channel, "my own words")
    await saved(club, message, text="my own words")
    mine = said(await club.alice.slash(club.channel, "note mine"))
    assert "message](" in mine
    assert "from " not in mine


async def test_a_message_without_words_gives_an_empty_form(club: Club) -> None:
    message = await club.bob.send(club.channel, attachments=[("picture.png", b"x")])
    result = await saved(club, message, text="what the picture shows")
    assert "is kept" in said(result)


@pytest.mark.parametrize("text", ["x" * 2000, "🦊" * 1000, HOSTILE[:1990]])
async def test_a_long_or_hostile_message_fits_the_form(club: Club, text: str) -> None:
    message = await club.bob.send(club.channel, text)
    form = await club.alice.context_menu(club.channel, "Save as note", message)
    assert form.modal is not None


async def test_a_note_of_4000_characters_fits_every_place(club: Club) -> None:
    for text in ("word " * 799 + "last.", "[" * 3999 + "z", "🦊" * 2000):
        await share(club, club.alice, text)
    mine = await club.alice.slash(club.channel, "note mine")
    await club.alice.click(message_of(mine), label="Edit 3")
    await press(club, club.bob, "tc1:card:spline:notes")
    for note_id in (1, 2, 3):
        opened = await press(club, club.bob, f"tc1:note-open:{note_id}")
        if note_id == 1:
            assert "last." in said(opened)
    assert "z" in readable(message_of(await club.bob.slash(club.channel, "note find", words="z")))


async def test_a_note_that_was_found_is_read_in_full(club: Club) -> None:
    await share(club, club.alice, "beginning " + "word " * 500 + "the end")
    found = await club.bob.slash(club.channel, "note find", words="beginning")
    assert "the end" not in said(found)
    value = option(message_of(found), "note-open", "beginning")
    opened = await club.bob.select(message_of(found), [value], custom_id="tc1:note-open")
    assert opened.ephemeral
    assert "the end" in said(opened)


async def test_a_search_while_the_store_is_slow_is_acknowledged_in_time(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await share(club, club.alice, "slow words")
    original = club.bot.services.shared_notes.find

    async def slowed(*arguments: Any) -> Any:
        await asyncio.sleep(5)
        return await original(*arguments)

    monkeypatch.setattr(type(club.bot.services.shared_notes), "find", lambda _, *a: slowed(*a))
    asked = await club.bob.slash(club.channel, "note find", words="slow")
    await club.env.advance_time(10)
    assert asked.ephemeral
    assert "words" in said(asked)
