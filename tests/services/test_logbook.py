"""Logging progress: depth, sections and notes in one transaction, each member their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.deadlines import DeadlineKind
from bot.domain.errors import NotFound, StaleControl
from bot.domain.logbook import NothingLogged
from bot.domain.members import NoteSharing
from bot.domain.notes import LONGEST_NOTE, NoteKind
from bot.domain.notices import NoticeKind
from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.storage import deadlines, notices, progress
from bot.storage.tables import depth_change, note, notice, reading, section_done, signup
from tests.services.readers import (
    ALICE,
    BOB,
    CATALOGUE,
    ELSEWHERE,
    HERE,
    PAPER,
    START,
    Readers,
    open_readers,
)

READ, READING = Depth.READ, Depth.READING
HOSTILE = "@everyone <@1> [x](https://evil) \u202eevil " + "x" * 4000


@pytest.fixture
async def readers(tmp_path: Path) -> AsyncIterator[Readers]:
    async with open_readers(tmp_path) as opened:
        yield opened


async def test_one_entry_stores_depth_sections_and_notes(readers: Readers) -> None:
    result = await readers.log(
        ALICE, depth=READING, sections={"u1", "u3"}, claim="It is a spline.", question="Why?"
    )
    assert result.depth is READING
    assert result.done == {"u1", "u3"}
    assert result.noted == (NoteKind.CLAIM, NoteKind.QUESTION)
    form = await readers.logbook.form(ALICE, PAPER)
    assert form.depth is READING
    assert form.done == {"u1", "u3"}
    assert [(t.kind, t.text) for t in form.takes] == [
        (NoteKind.QUESTION, "Why?"), (NoteKind.CLAIM, "It is a spline."),
    ]  # fmt: skip


async def test_two_servers_with_the_same_members_share_nothing(readers: Readers) -> None:
    await readers.log(ALICE, depth=READ, sections={"u1"}, claim="Here.")
    there = replace(ALICE, guild_id=ELSEWHERE)
    form = await readers.logbook.form(there, PAPER)
    assert (form.depth, form.done, form.takes) == (None, frozenset(), ())
    with pytest.raises(NotFound):
        await readers.logbook.set_depth(there, PAPER, READING)
    with pytest.raises(NotFound):
        await readers.logbook.remove(there, PAPER)
    assert await readers.rows(reading, "guild_id", "depth") == [(HERE, READ)]


async def test_a_member_never_sees_or_changes_what_another_wrote(readers: Readers) -> None:
    await readers.log(ALICE, depth=READ, claim="Alice's.")
    ((theirs,),) = await readers.rows(note, "id")
    assert (await readers.logbook.form(BOB, PAPER)).takes == ()
    await readers.log(BOB, depth=READING, claim=("Bob's.", theirs))
    assert await readers.rows(note, "user_id", "text") == [
        (ALICE.user_id, "Alice's."),
        (BOB.user_id, "Bob's."),
    ]


async def test_an_unchanged_text_adds_nothing_and_a_changed_one_changes_the_note(
    readers: Readers,
) -> None:
    await readers.log(ALICE, depth=READING, claim="First.")
    ((shown,),) = await readers.rows(note, "id")
    again = await readers.log(ALICE, claim=("First.", shown))
    assert again.noted == ()
    changed = await readers.log(ALICE, claim=("Second.", shown))
    assert (changed.noted, changed.undecided) == ((NoteKind.CLAIM,), ())
    assert await readers.rows(note, "id", "text") == [(shown, "Second.")]


async def test_an_emptied_field_deletes_no_note(readers: Readers) -> None:
    await readers.log(ALICE, depth=READING, claim="Kept.")
    await readers.log(ALICE, depth=READ, claim=" ")
    assert await readers.rows(note, "text") == [("Kept.",)]


async def test_a_doubt_that_becomes_a_question_stays_one_note(readers: Readers) -> None:
    await readers.log(ALICE, depth=READING, doubt="It may be wrong.")
    ((shown,),) = await readers.rows(note, "id")
    await readers.log(ALICE, question=("Is it wrong?", shown))
    assert await readers.rows(note, "kind", "text") == [("question", "Is it wrong?")]


async def test_a_text_for_a_note_that_was_deleted_meanwhile_becomes_a_new_one(
    readers: Readers,
) -> None:
    await readers.log(ALICE, depth=READING, claim=("Typed for long.", 999))
    assert await readers.rows(note, "text") == [("Typed for long.",)]


async def test_two_empty_forms_of_one_member_lose_neither_text(readers: Readers) -> None:
    await readers.log(ALICE, depth=READING, claim="From the telephone.")
    await readers.log(ALICE, depth=READING, claim="From the desk.")
    assert len(await readers.rows(note, "text")) == 2


async def test_the_same_interaction_delivered_twice_stores_once(readers: Readers) -> None:
    for _ in range(2):
        await readers.log(
            ALICE, depth=READ, sections={"u1"}, interaction_id=77, claim="Once.", doubt="Hm."
        )
    assert len(await readers.rows(note, "id")) == 2
    assert await readers.rows(depth_change, "depth") == [(READ,)]
    assert await readers.rows(section_done, "section_id") == [("u1",)]


async def test_forms_sent_in_at_once_land_each_on_its_own_record(readers: Readers) -> None:
    people = [replace(ALICE, user_id=100 + n, display_name=f"Member {n}") for n in range(20)]
    await asyncio.gather(
        *(readers.log(who, depth=READING, claim=str(who.display_name)) for who in people)
    )
    assert await readers.rows(note, "user_id", "text") == [
        (who.user_id, who.display_name) for who in people
    ]


async def test_new_notes_are_shared_kept_or_asked_about_as_the_member_decided(
    readers: Readers,
) -> None:
    asked = await readers.log(ALICE, depth=READING, claim="One.", evidence="Two.")
    assert [(id_,) for id_ in asked.undecided] == await readers.rows(note, "id")
    assert await readers.rows(note, "shared") == [(False,), (False,)]
    await readers.set_member(BOB, note_sharing=NoteSharing.SHARED)
    told = await readers.log(BOB, depth=READING, claim="Three.")
    assert (told.undecided, told.sharing) == ((), NoteSharing.SHARED)
    assert (BOB.user_id, True) in await readers.rows(note, "user_id", "shared")


async def test_a_form_open_for_long_lowers_no_depth(readers: Readers) -> None:
    await readers.log(ALICE, depth=READING)
    await readers.logbook.set_depth(ALICE, PAPER, READ)
    result = await readers.log(ALICE, depth=READING, shown=READING, claim="Late.")
    assert result.depth is READ


async def test_a_shallower_choice_is_a_correction_and_stays_in_the_history(
    readers: Readers,
) -> None:
    await readers.log(ALICE, depth=READ)
    readers.now += timedelta(hours=1)
    await readers.log(ALICE, depth=READING, shown=READ)
    async with readers.database.read() as conn:
        changes = await progress.history(conn, HERE)
        late = await progress.history(conn, HERE, START + timedelta(minutes=1))
        elsewhere = await progress.history(conn, ELSEWHERE)
    assert [change.depth for change in changes] == [READ, READING]
    assert late == changes[1:]
    assert elsewhere == ()


async def test_unticked_sections_are_taken_back_and_unknown_stored_ones_stay(
    readers: Readers,
) -> None:
    await readers.log(ALICE, depth=READING, sections={"u1", "u2"})
    async with readers.database.write() as conn:
        await progress.mark_done(conn, HERE, ALICE.user_id, PAPER, {"of-old"}, START)
    result = await readers.log(ALICE, sections={"u2", "no-such"})
    assert result.done == {"u2"}
    assert await readers.rows(section_done, "section_id") == [("of-old",), ("u2",)]
    await readers.log(ALICE, depth=READ, shown=READING)
    assert await readers.rows(section_done, "section_id") == [("of-old",), ("u2",)]


async def test_sections_that_cannot_be_read_stay_and_all_else_is_stored(readers: Readers) -> None:
    await readers.log(ALICE, depth=READING, sections={"u1"})
    result = await readers.log(ALICE, depth=READ, sections="1-7, x", claim="Not lost.")
    assert result.unclear is not None
    assert (result.unclear.part, result.depth) == ("1-7", READ)
    assert result.done == {"u1"}
    assert await readers.rows(note, "text") == [("Not lost.",)]


async def test_written_sections_are_positions(readers: Readers) -> None:
    result = await readers.log(ALICE, BOOK_ID, sections="1-3, 5")
    book = CATALOGUE.theory_of(BOOK_ID)
    assert book is not None
    paper = book.paper(BOOK_ID)
    assert paper is not None
    assert result.done == {paper.sections[n].id for n in (0, 1, 2, 4)}
    assert result.depth is READING


BOOK_ID = next(p.id for t in CATALOGUE for p in t.papers if len(p.sections) > 10)


async def test_all_sections_done_offers_read_but_does_not_set_it(readers: Readers) -> None:
    result = await readers.log(ALICE, sections={"u1", "u2", "u3", "u4"})
    assert (result.depth, result.offers_read) == (READING, True)
    read = await readers.logbook.set_depth(ALICE, PAPER, READ)
    assert (read.depth, read.offers_read) == (READ, False)


@pytest.mark.parametrize("depth", [READ, Depth.ALMOST, Depth.UNDERSTOOD])
async def test_read_or_deeper_closes_the_open_signup_and_all_that_was_due_for_it(
    readers: Readers, depth: Depth
) -> None:
    mine = await readers.sign_up(ALICE)
    await readers.sign_up(BOB)
    async with readers.database.write() as conn:
        due = START + timedelta(weeks=1)
        await deadlines.set_deadline(conn, HERE, DeadlineKind.CHECK_IN_HALF_WAY, mine, due)
    result = await readers.log(ALICE, depth=depth)
    assert (result.closed, result.due_at) == (True, None)
    assert await readers.rows(signup, "user_id", "state", "seat") == [
        (ALICE.user_id, "read", None),
        (BOB.user_id, "open", BOB.user_id),
    ]
    async with readers.database.read() as conn:
        assert await deadlines.next_due(conn) is None


async def test_logging_something_answers_what_was_still_to_be_asked(readers: Readers) -> None:
    mine = await readers.sign_up(ALICE)
    async with readers.database.write() as conn:
        await notices.add_notice(
            conn, HERE, ALICE.user_id, NoticeKind.CHECK_IN, START, signup_id=mine
        )
    result = await readers.log(ALICE, sections={"u1"})
    assert result.due_at is not None
    assert await readers.rows(notice, "id") == []
    assert await readers.rows(signup, "state") == [("open",)]


async def test_a_removed_paper_goes_with_its_sections_and_leaves_notes_and_history(
    readers: Readers,
) -> None:
    await readers.log(ALICE, depth=READ, sections={"u1"}, claim="Stays.")
    gone = await readers.logbook.remove(ALICE, PAPER)
    assert (gone.depth, gone.done) == (None, frozenset())
    assert await readers.rows(reading, "depth") == []
    assert await readers.rows(section_done, "section_id") == []
    assert await readers.rows(note, "text") == [("Stays.",)]
    async with readers.database.read() as conn:
        changes = await progress.history(conn, HERE)
    assert [change.depth for change in changes] == [READ, None]
    for again in (readers.logbook.remove, readers.logbook.stored):
        with pytest.raises(NotFound):
            await again(ALICE, PAPER)


async def test_a_removed_paper_with_an_open_signup_is_back_at_signed_up(readers: Readers) -> None:
    await readers.sign_up(ALICE)
    await readers.log(ALICE, sections={"u1"})
    gone = await readers.logbook.remove(ALICE, PAPER)
    assert (gone.depth, gone.done) == (Depth.SIGNED_UP, frozenset())
    assert gone.due_at is not None


async def test_an_empty_form_stores_nothing_and_says_so(readers: Readers) -> None:
    with pytest.raises(NothingLogged):
        await readers.log(ALICE, sections=frozenset(), claim="  ")
    assert await readers.rows(reading, "depth") == []
    assert (await readers.log(ALICE, claim="A note alone.")).depth is None
    assert (await readers.log(ALICE)).noted == ()


async def test_papers_and_depths_that_do_not_exist_change_nothing(readers: Readers) -> None:
    await readers.log(ALICE, depth=READ)
    with pytest.raises(StaleControl):
        await readers.log(ALICE, "no-such-paper", depth=READ)
    with pytest.raises(StaleControl):
        await readers.logbook.form(ALICE, "'; DROP TABLE reading; --")
    with pytest.raises(StaleControl):
        await readers.logbook.form_of_theory(ALICE, "no-such-theory")
    with pytest.raises(StaleControl):
        await readers.logbook.set_depth(ALICE, PAPER, Depth.SIGNED_UP)
    assert await readers.rows(reading, "paper_id", "depth") == [(PAPER, READ)]


@pytest.mark.parametrize("text", [HOSTILE, "\ud800 half", "a\x00b", "🦊" * 4000])
async def test_hostile_texts_are_stored_as_text(readers: Readers, text: str) -> None:
    await readers.log(ALICE, depth=READING, claim=text)
    ((stored,),) = await readers.rows(note, "text")
    assert 0 < len(stored) <= LONGEST_NOTE


async def test_a_theory_opens_the_paper_signed_up_for_then_the_one_known_deepest(
    readers: Readers,
) -> None:
    async def opened() -> str:
        return (await readers.logbook.form_of_theory(ALICE, "spline")).paper.id

    assert await opened() == PAPER
    await readers.log(ALICE, "geometry-neurips2019", depth=READING)
    assert await opened() == "geometry-neurips2019"
    await readers.sign_up(ALICE, PAPER)
    assert await opened() == PAPER


async def test_waiting_for_a_seat_does_not_count_as_signed_up(readers: Readers) -> None:
    await readers.sign_up(ALICE, "geometry-neurips2019", SignupState.WAITING)
    assert (await readers.logbook.form_of_theory(ALICE, "spline")).paper.id == PAPER
