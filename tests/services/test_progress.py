"""Overviews: what is one's own, what others see, and what the whole group is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.members import Visibility
from bot.domain.notices import NoticeKind
from bot.domain.overview import PAGE_SIZE
from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.storage import notices
from bot.storage.tables import explanation
from tests.services.readers import (
    ALICE,
    BOB,
    CATALOGUE,
    CLEO,
    ELSEWHERE,
    HERE,
    PAPER,
    START,
    Readers,
    open_readers,
)

READ = Depth.READ
ALL_PAPERS = [paper.id for theory in CATALOGUE for paper in theory.papers]
TITLE = "A Spline Theory of Deep Learning"


@pytest.fixture
async def readers(tmp_path: Path) -> AsyncIterator[Readers]:
    async with open_readers(tmp_path) as opened:
        yield opened


async def explained(readers: Readers, listener: int, unclear: str | None) -> None:
    async with readers.database.write() as conn:
        await conn.execute(
            sa.insert(explanation).values(
                guild_id=HERE, user_id=ALICE.user_id, listener_id=listener, paper_id=PAPER,
                heard_at=START, unclear_step=unclear,
            )
        )  # fmt: skip


async def test_own_papers_come_with_depth_percent_due_date_and_clear_explanations(
    readers: Readers,
) -> None:
    await readers.sign_up(ALICE)
    await readers.log(ALICE, sections={"u1"})
    await explained(readers, BOB.user_id, None)
    await explained(readers, CLEO.user_id, "Step 3")
    overview = await readers.progress.own(ALICE, 0)
    (one,) = overview.papers
    assert (one.paper.id, one.depth, one.percent, one.taught) == (PAPER, Depth.READING, 25, 1)
    assert one.signup is not None
    assert one.signup.due_at == START + timedelta(weeks=3)


async def test_an_overview_holds_ones_own_papers_in_this_server_only(readers: Readers) -> None:
    await readers.log(BOB, depth=READ)
    await readers.log(replace(ALICE, guild_id=ELSEWHERE), depth=READ)
    assert (await readers.progress.own(ALICE, 0)).papers == ()


async def test_offers_come_first_then_what_is_due_then_what_is_begun_then_what_is_read(
    readers: Readers,
) -> None:
    read, begun, waiting, due, offered = ALL_PAPERS[:5]
    await readers.log(ALICE, read, depth=READ)
    await readers.log(ALICE, begun, depth=Depth.READING)
    await readers.sign_up(ALICE, waiting, SignupState.WAITING)
    await readers.sign_up(ALICE, due)
    await readers.sign_up(ALICE, offered, SignupState.OFFERED)
    overview = await readers.progress.own(ALICE, 0)
    assert [one.paper.id for one in overview.papers] == [offered, due, begun, waiting, read]


async def test_many_papers_are_shown_page_by_page_and_a_far_page_is_the_last(
    readers: Readers,
) -> None:
    for paper_id in ALL_PAPERS:
        await readers.log(ALICE, paper_id, depth=READ)
    first = await readers.progress.own(ALICE, 0)
    assert (len(first.papers), first.total) == (PAGE_SIZE, len(ALL_PAPERS))
    seen = [one.paper.id for page in range(first.pages) for one in (await readers.progress.own(ALICE, page)).papers]  # fmt: skip
    assert sorted(seen) == sorted(ALL_PAPERS)
    assert (await readers.progress.own(ALICE, 10**9)).page == first.pages - 1


async def test_waiting_messages_are_counted(readers: Readers) -> None:
    await readers.log(ALICE, depth=READ)
    async with readers.database.write() as conn:
        for user_id in (ALICE.user_id, ALICE.user_id):
            await notices.add_notice(conn, HERE, user_id, NoticeKind.NOTE_HIDDEN, START)
    assert (await readers.progress.own(ALICE, 0)).notices == 2


async def test_a_paper_that_left_the_catalogue_is_left_out(readers: Readers) -> None:
    await readers.sign_up(ALICE, "of-old")
    await readers.log(ALICE, depth=READ)
    assert [one.paper.id for one in (await readers.progress.own(ALICE, 0)).papers] == [PAPER]


async def test_who_keeps_it_to_themselves_looks_like_nobody(readers: Readers) -> None:
    await readers.log(ALICE, depth=READ)
    hidden = await readers.progress.profile(BOB, ALICE.user_id)
    unknown = await readers.progress.profile(BOB, 999)
    assert hidden == replace(unknown, user_id=ALICE.user_id)
    assert hidden.papers is None


async def test_who_shows_it_shows_depths_and_no_due_dates(readers: Readers) -> None:
    await readers.sign_up(ALICE)
    await readers.log(ALICE, sections={"u1"}, claim="Private.")
    await readers.log(ALICE, "geometry-neurips2019", depth=READ)
    await readers.set_member(ALICE, visibility=Visibility.SERVER)
    profile = await readers.progress.profile(BOB, ALICE.user_id)
    assert profile.papers is not None
    assert [(p.depth, p.percent, p.signup) for p in profile.papers] == [
        (READ, 100, None), (Depth.READING, 25, None),
    ]  # fmt: skip
    assert (profile.display_name, profile.is_own) == ("Alice", False)
    assert (await readers.progress.profile(ALICE, ALICE.user_id)).is_own
    elsewhere = await readers.progress.profile(replace(BOB, guild_id=ELSEWHERE), ALICE.user_id)
    assert elsewhere.papers is None


async def test_likely_papers_are_open_signups_then_the_newest_readings(readers: Readers) -> None:
    old, new, due = ALL_PAPERS[3], ALL_PAPERS[4], ALL_PAPERS[5]
    await readers.sign_up(ALICE, due)
    readers.now += timedelta(hours=1)
    await readers.log(ALICE, old, depth=READ)
    readers.now += timedelta(hours=1)
    await readers.log(ALICE, new, depth=READ)
    assert await readers.progress.likely_papers(HERE, ALICE.user_id) == (due, new, old)
    assert await readers.progress.likely_papers(ELSEWHERE, ALICE.user_id) == ()


async def test_the_group_is_told_totals_of_this_server(readers: Readers) -> None:
    await readers.log(ALICE, depth=Depth.ALMOST)
    await readers.log(BOB, depth=READ)
    await readers.sign_up(CLEO)
    await readers.sign_up(BOB, "geometry-neurips2019", SignupState.WAITING)
    await readers.log(replace(ALICE, guild_id=ELSEWHERE), ALL_PAPERS[-1], depth=READ)
    group = await readers.progress.group(HERE)
    assert (group.theories, group.known, group.met, group.covered) == (len(CATALOGUE), 1, 1, 0)
    assert (group.readers, group.understanders, group.reading) == (2, 1, 1)
    assert (group.open_signups, group.waiting) == (1, 1)
    assert group.finished == {TITLE: (2, ())}
    assert (await readers.progress.group(999)).is_empty


async def test_only_those_on_the_name_board_are_named_in_the_order_of_the_alphabet(
    readers: Readers,
) -> None:
    for who in (CLEO, BOB, ALICE):
        await readers.log(who, depth=READ)
    for who in (CLEO, ALICE):
        await readers.progress.show_on_name_board(who, on=True)
    group = await readers.progress.group(HERE)
    assert group.finished == {TITLE: (3, ("Alice", "Cleo"))}
    assert [(entry.name, entry.finished) for entry in group.board] == [
        ("Alice", (TITLE,)), ("Cleo", (TITLE,)),
    ]  # fmt: skip
    await readers.progress.show_on_name_board(ALICE, on=False)
    await readers.set_member(CLEO, departed_at=START)
    group = await readers.progress.group(HERE)
    assert group.board == ()
    assert group.finished == {TITLE: (3, ())}


async def test_a_finish_counts_in_the_week_and_month_it_first_happened(readers: Readers) -> None:
    await readers.progress.show_on_name_board(ALICE, on=True)
    await readers.log(ALICE, depth=READ)
    readers.now = START + timedelta(days=5)  # the next Monday
    await readers.logbook.set_depth(ALICE, PAPER, Depth.READING)
    await readers.logbook.set_depth(ALICE, PAPER, Depth.UNDERSTOOD)
    group = await readers.progress.group(HERE)
    assert group.finished == {}
    assert group.board[0].finished == (TITLE,)
    readers.now = START + timedelta(days=31)
    assert (await readers.progress.group(HERE)).board[0].finished == ()


async def test_what_was_corrected_to_less_than_read_is_no_finish(readers: Readers) -> None:
    await readers.log(ALICE, depth=READ)
    await readers.log(BOB, depth=READ)
    await readers.logbook.set_depth(ALICE, PAPER, Depth.READING)
    await readers.logbook.remove(BOB, PAPER)
    assert (await readers.progress.group(HERE)).finished == {}
