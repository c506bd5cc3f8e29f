"""Shared notes on a theory's card: read, reported, hidden, and in blind mode."""

from __future__ import annotations

import discord
import pytest
import simcord

from tests.cogs.conftest import Club
from tests.cogs.notes import TITLE, message_of, option, press, rows, said, share, write

LEARNT = "What this group learnt"
PAPER = "spline-icml2018"


@pytest.fixture
def olga(club: Club) -> simcord.MemberActor:
    """A member who may manage the server, and so organises."""
    role = club.guild.create_role("staff", permissions=discord.Permissions(manage_guild=True))
    return club.guild.add_member(club.env.create_user("olga"), roles=[role])


async def card(club: Club, who: simcord.MemberActor, **more: object) -> simcord.InteractionResult:
    return await who.slash(club.channel, "theory", name="spline", **more)


async def page(
    club: Club, who: simcord.MemberActor, *, private: bool = True
) -> simcord.InteractionResult:
    """The card's page of notes, on a message that only its reader sees, or on a public one."""
    shown = await card(club, who, private=private)
    label = next(line for line in said(shown).splitlines() if line.startswith("[Notes ("))
    await who.click(message_of(shown), label=label.strip("[]"))
    return shown


async def test_the_card_shows_the_newest_shared_notes_and_how_many_there_are(club: Club) -> None:
    for number in range(4):
        await share(club, club.alice, f"take {number}", kind="doubt")
    await write(club, club.alice, "kept private")
    text = said(await card(club, club.bob))
    assert LEARNT in text
    assert "**Doubt** · alice: take 3" in text
    assert "take 1" in text
    assert "take 0" not in text
    assert "kept private" not in text
    assert "[Notes (4)]" in text


async def test_a_card_in_a_direct_message_has_no_notes(club: Club) -> None:
    await share(club, club.alice, "of the server")
    text = said(await club.env.create_user("dana").slash("theory", name="spline"))
    assert LEARNT not in text
    assert "[Notes" not in text


async def test_the_page_of_notes_numbers_them_and_turns(club: Club) -> None:
    for number in range(6):
        await share(club, club.alice, f"take {number}")
    shown = await page(club, club.bob, private=False)
    assert "**1. Claim**\ntake 5" in said(shown)
    assert "1 to 5 of 6" in said(shown)
    await club.bob.click(message_of(shown), label="Next")
    assert "**6. Claim**\ntake 0" in said(shown)
    await club.bob.click(message_of(shown), label="Card")
    assert LEARNT in said(shown)


async def test_a_page_without_notes_says_how_to_write_the_first(club: Club) -> None:
    assert "Nothing is shared here yet" in said(await page(club, club.bob))


async def test_a_note_is_reported_after_a_question_and_only_once(club: Club) -> None:
    await share(club, club.alice, "questionable")
    shown = await page(club, club.bob)
    value = option(message_of(shown), "note-open", "questionable")
    opened = await club.bob.select(message_of(shown), [value], custom_id="tc1:note-open")
    await club.bob.click(message_of(opened), label="Report")
    assert "not who reported it" in said(opened)
    assert await rows(club, "SELECT * FROM note_report") == []
    thanks = await club.bob.click(message_of(opened), label="Report it")
    assert "Thank you" in said(thanks)
    again = await club.bob.click(message_of(opened), label="Report it")
    assert "reported that note already" in said(again)
    assert len(await rows(club, "SELECT * FROM note_report")) == 1
    await club.bob.click(message_of(opened), label="Back")
    assert "[Report]" in said(opened)


async def test_ones_own_note_is_not_reported(club: Club) -> None:
    await share(club, club.alice, "mine")
    assert "[Report]" not in said(await press(club, club.alice, "tc1:note-open:1"))
    result = await press(club, club.alice, "tc1:note-report-yes:1")
    assert "your own note" in said(result)
    assert await rows(club, "SELECT * FROM note_report") == []


async def test_reports_are_seen_by_organisers_alone(club: Club, olga: simcord.MemberActor) -> None:
    await share(club, club.alice, "questionable")
    await press(club, club.bob, "tc1:note-report-yes:1")
    assert "reported once" in said(await page(club, olga))
    assert "reported" not in said(await page(club, club.alice)).replace("report a note", "")
    assert "reported" not in said(await page(club, olga, private=False)).replace(
        "report a note", ""
    )
    assert "reported" not in said(await press(club, club.alice, "tc1:note-open:1"))


async def test_a_hidden_note_is_out_of_others_sight_and_its_author_is_told_once(
    club: Club, olga: simcord.MemberActor
) -> None:
    await share(club, club.alice, "unkind words")
    opened = await press(club, olga, "tc1:note-open:1")
    await olga.click(message_of(opened), label="Hide")
    assert "hidden by the organisers" in said(opened)
    await press(club, olga, "tc1:note-hide:1")
    for text in (
        said(await card(club, club.bob)),
        said(await page(club, club.bob)),
        said(await page(club, olga, private=False)),
        said(await club.bob.slash(club.channel, "note find", words="unkind")),
        said(await press(club, club.bob, "tc1:note-open:1")),
    ):
        assert "unkind words" not in text
    mine = await club.alice.slash(club.channel, "note mine")
    assert "hidden by the organisers" in said(mine)
    (told,) = mine.followups
    assert told.ephemeral
    assert "out of others’ sight" in told.content
    assert not (await club.alice.slash(club.channel, "note mine")).followups
    assert "unkind words" in said(await page(club, olga))
    audited = await rows(club, "SELECT actor_id, action, subject, member_id FROM audit")
    assert audited == [(olga.id, "note-hidden", "note:1", club.alice.id)]


async def test_a_hidden_note_that_is_shared_anew_stays_hidden(
    club: Club, olga: simcord.MemberActor
) -> None:
    await share(club, club.alice, "unkind words")
    await press(club, olga, "tc1:note-hide:1")
    await press(club, club.alice, "tc1:notes-share:1:private")
    await press(club, club.alice, "tc1:notes-share:1:shared")
    assert "unkind words" not in said(await card(club, club.bob))


async def test_a_hidden_note_is_shown_again(club: Club, olga: simcord.MemberActor) -> None:
    await share(club, club.alice, "fine after all")
    await press(club, club.bob, "tc1:note-report-yes:1")
    opened = await press(club, olga, "tc1:note-open:1")
    await olga.click(message_of(opened), label="Hide")
    await olga.click(message_of(opened), label="Show again")
    assert "hidden" not in said(opened)
    assert "fine after all" in said(await card(club, club.bob))
    assert await rows(club, "SELECT * FROM note_report") == []
    actions = await rows(club, "SELECT action FROM audit ORDER BY id")
    assert actions == [("note-hidden",), ("note-shown-again",)]


async def test_an_organiser_lets_a_reported_note_stay(
    club: Club, olga: simcord.MemberActor
) -> None:
    await share(club, club.alice, "fine")
    await press(club, club.bob, "tc1:note-report-yes:1")
    opened = await press(club, olga, "tc1:note-open:1")
    await olga.click(message_of(opened), label="It may stay")
    assert "reported" not in said(opened)
    assert await rows(club, "SELECT action FROM audit") == [("note-reports-settled",)]


@pytest.mark.parametrize(
    "action", ["note-hide:1", "note-show:1", "note-settle:1", f"notes-blind:{PAPER}:on"]
)
async def test_only_organisers_moderate(club: Club, action: str) -> None:
    await share(club, club.alice, "a note")
    result = await press(club, club.bob, f"tc1:{action}")
    assert "Only organisers" in said(result)
    assert await rows(club, "SELECT hidden_at FROM note") == [(None,)]
    assert await rows(club, "SELECT * FROM paper_setting") == []
    assert await rows(club, "SELECT * FROM audit") == []


@pytest.mark.parametrize("action", ["note-hide", "note-show", "note-settle"])
async def test_organisers_reach_neither_private_notes_nor_those_of_other_servers(
    club: Club, olga: simcord.MemberActor, action: str
) -> None:
    other = club.env.create_guild("Another group")
    channel = other.create_text_channel("there")
    eve = other.add_member(club.env.create_user("eve"))
    await write(club, club.alice, "private")
    await share(club, eve, "elsewhere", channel=channel)
    before = await rows(club, "SELECT * FROM note")
    for note_id in (1, 2, 99):
        result = await press(club, olga, f"tc1:{action}:{note_id}")
        assert "nothing like that here" in said(result)
        result = await press(club, olga, f"tc1:note-open:{note_id}")
        assert "nothing like that here" in said(result)
    assert await rows(club, "SELECT * FROM note") == before


async def blind(club: Club, olga: simcord.MemberActor) -> simcord.InteractionResult:
    shown = await page(club, olga)
    value = option(message_of(shown), "notes-blind", TITLE)
    await olga.select(message_of(shown), [value], custom_id="tc1:notes-blind")
    return shown


async def test_in_blind_mode_others_notes_open_after_ones_own(
    club: Club, olga: simcord.MemberActor
) -> None:
    await share(club, club.alice, "her secret take")
    shown = await blind(club, olga)
    assert "Turn off for" in said(shown)
    for who in (club.bob, olga):
        assert "her secret take" not in said(await card(club, who, private=True))
        text = said(await page(club, who))
        assert "her secret take" not in text
        assert f"Notes on **{TITLE}** open to you" in text
        assert "No note here says" in said(
            await who.slash(club.channel, "note find", words="secret")
        )
    assert "nothing like that" in said(await press(club, club.bob, "tc1:note-open:1"))
    assert "nothing like that" in said(await press(club, club.bob, "tc1:note-report-yes:1"))
    await write(club, club.bob, "my own take")
    assert "her secret take" in said(await card(club, club.bob, private=True))
    assert "her secret take" in said(await page(club, club.bob))
    assert "secret" in said(await club.bob.slash(club.channel, "note find", words="secret"))
    audited = await rows(club, "SELECT action, subject FROM audit")
    assert audited == [("blind-on", f"paper:{PAPER}")]


async def test_nothing_of_a_paper_in_blind_mode_stands_where_everybody_looks_on(
    club: Club, olga: simcord.MemberActor
) -> None:
    await share(club, club.alice, "her secret take")
    await blind(club, olga)
    public = await card(club, club.alice)
    assert "her secret take" not in said(public)
    assert "[Notes (0)]" in said(public)
    assert "her secret take" not in said(await page(club, club.alice, private=False))
    assert "her secret take" in said(await card(club, club.alice, private=True))


async def test_blind_mode_is_switched_off_again(club: Club, olga: simcord.MemberActor) -> None:
    await share(club, club.alice, "a take")
    shown = await blind(club, olga)
    value = option(message_of(shown), "notes-blind", TITLE)
    await olga.select(message_of(shown), [value], custom_id="tc1:notes-blind")
    assert "a take" in said(await card(club, club.bob))


async def test_an_unknown_paper_has_no_blind_mode(club: Club, olga: simcord.MemberActor) -> None:
    result = await press(club, olga, "tc1:notes-blind:no-such-paper:on")
    assert "nothing like that here" in said(result)
    assert await rows(club, "SELECT * FROM paper_setting") == []


async def test_a_note_without_a_name_is_by_someone(club: Club) -> None:
    from bot.storage import notes

    await share(club, club.alice, "left behind")
    async with club.bot.services.lookup._database.write() as conn:
        await notes.erase_notes(conn, club.guild.id, club.alice.id, keep=True)
    assert "someone: left behind" in said(await card(club, club.bob))
    assert "someone" in said(await press(club, club.bob, "tc1:note-open:1"))
    result = await press(club, club.alice, "tc1:note-edit:1:0")
    assert "nothing like that here" in said(result)
