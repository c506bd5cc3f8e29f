"""Notes as they are stored: own ones only are changed, and erasing leaves what was chosen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members import NoteSharing
from bot.domain.notes import NoteKind, Source
from bot.storage import erasure, note_papers, note_reports, note_rows, notes
from bot.storage.engine import Database
from bot.storage.members import record_member
from tests.storage.builders import NOW, query
from tests.storage.notes import ADA, BEN, ELSEWHERE, HERE, write


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[AsyncConnection]:
    async with database.write() as unit:
        yield unit


async def texts(conn: AsyncConnection, user_id: int = ADA, guild_id: int = HERE) -> list[str]:
    return [one.text for one in await note_rows.own_notes(conn, guild_id, user_id)]


async def test_one_interaction_adds_one_note_of_a_kind(conn: AsyncConnection) -> None:
    first = await write(conn, "once", interaction_id=5)
    assert await write(conn, "twice", interaction_id=5) == first
    await write(conn, "of another kind", interaction_id=5, kind=NoteKind.DOUBT)
    assert sorted(await texts(conn)) == ["of another kind", "once"]


@pytest.mark.parametrize("text", ["", "x" * 4001])
async def test_a_note_of_no_or_too_many_characters_is_refused(
    conn: AsyncConnection, text: str
) -> None:
    with pytest.raises(IntegrityError, match="ck_note_text"):
        await write(conn, text)


async def test_only_ones_own_notes_in_this_server_are_changed(conn: AsyncConnection) -> None:
    note_id = await write(conn, "as it was")
    for guild_id, user_id in ((HERE, BEN), (ELSEWHERE, ADA)):
        assert not await notes.change_note(
            conn, guild_id, user_id, note_id, NoteKind.DOUBT, "changed", NOW
        )
        assert not await notes.delete_note(conn, guild_id, user_id, note_id)
        assert not await notes.set_shared(conn, guild_id, user_id, [note_id], shared=False)
    (kept,) = await note_rows.own_notes(conn, HERE, ADA)
    assert (kept.text, kept.kind, kept.shared) == ("as it was", NoteKind.CLAIM, True)


async def test_a_note_says_who_wrote_it_and_whom_it_quotes(conn: AsyncConnection) -> None:
    await record_member(conn, HERE, BEN, "Ben", NOW)
    note_id = await write(conn, "quoted", source=Source(7, 8, BEN))
    stranger = await write(conn, "quoted", source=Source(7, 8, 99))
    found = await note_rows.note_with(conn, HERE, note_id)
    assert found is not None
    assert (found.author, found.source) == ("member 11", Source(7, 8, BEN, "Ben"))
    unknown = await note_rows.note_with(conn, HERE, stranger)
    assert unknown is not None
    assert unknown.source == Source(7, 8, 99, None)
    assert await note_rows.note_with(conn, ELSEWHERE, note_id) is None


async def test_a_card_shows_the_newest_open_notes_of_this_server(conn: AsyncConnection) -> None:
    for number in range(5):
        await write(conn, f"shared {number}")
    await write(conn, "private", shared=False)
    await write(conn, "elsewhere", guild_id=ELSEWHERE)
    hidden = await write(conn, "hidden")
    await note_reports.set_hidden(conn, HERE, hidden, NOW, BEN)
    await write(conn, "of another theory", paper_id="other")
    shown = await note_papers.theory_notes(conn, HERE, BEN, ["paper-one", "paper-two"])
    assert shown.total == 5
    assert [one.text for one in shown.newest] == ["shared 4", "shared 3", "shared 2"]
    assert shown.for_all == shown.newest
    assert [one.author for one in shown.newest] == ["member 11"] * 3


async def test_a_card_keeps_a_paper_in_blind_mode_closed_until_the_viewer_wrote(
    conn: AsyncConnection,
) -> None:
    await write(conn, "open", paper_id="paper-two")
    for number in range(3):
        await write(conn, f"blind {number}")
    await note_papers.set_blind(conn, HERE, "paper-one", on=True)
    papers = ["paper-one", "paper-two"]
    before = await note_papers.theory_notes(conn, HERE, BEN, papers)
    assert (before.total, [one.text for one in before.newest]) == (1, ["open"])
    await write(conn, "mine", user_id=BEN, shared=False)
    after = await note_papers.theory_notes(conn, HERE, BEN, papers)
    assert (after.total, len(after.newest)) == (4, 3)
    assert [one.text for one in after.for_everybody().newest] == ["open"]
    assert after.for_everybody().total == 1


async def test_a_card_costs_one_statement(database: Database) -> None:
    from sqlalchemy import event

    async with database.write() as conn:
        await write(conn, "shared")
    async with database.read() as conn:
        seen: list[str] = []
        assert conn.sync_connection is not None
        event.listen(
            conn.sync_connection.engine, "before_cursor_execute", lambda *a: seen.append(a[2])
        )
        await note_papers.theory_notes(conn, HERE, BEN, ["paper-one"])
    assert len([sql for sql in seen if sql != "BEGIN"]) == 1


async def test_a_member_reports_a_note_once(conn: AsyncConnection) -> None:
    note_id = await write(conn, "wrong here")
    await record_member(conn, HERE, BEN, "Ben", NOW)
    assert await note_reports.add_report(conn, HERE, note_id, BEN, NOW)
    assert not await note_reports.add_report(conn, HERE, note_id, BEN, NOW)
    assert await notes.reported(conn, HERE) == {note_id: 1}
    assert await notes.reported(conn, ELSEWHERE) == {}
    (shown,) = await note_papers.notes_on(conn, HERE, ["paper-one"], hidden=True, limit=5)
    assert shown.reports == 1


async def test_hiding_changes_something_once(conn: AsyncConnection) -> None:
    note_id = await write(conn, "wrong here")
    private = await write(conn, "private", shared=False)
    assert not await note_reports.set_hidden(conn, ELSEWHERE, note_id, NOW, BEN)
    assert not await note_reports.set_hidden(conn, HERE, private, NOW, BEN)
    assert await note_reports.set_hidden(conn, HERE, note_id, NOW, BEN)
    assert not await note_reports.set_hidden(conn, HERE, note_id, NOW, BEN)
    assert await note_papers.count_on(conn, HERE, ["paper-one"]) == 0
    assert await note_papers.count_on(conn, HERE, ["paper-one"], hidden=True) == 1


async def test_blind_mode_leaves_the_seats_of_a_paper_alone(
    database: Database, prepared: Path
) -> None:
    async with database.write() as conn:
        await record_member(conn, HERE, ADA, "Ada", NOW)
        assert await note_papers.set_blind(conn, HERE, "p", on=True)
        assert not await note_papers.set_blind(conn, HERE, "p", on=True)
        assert not await note_papers.set_blind(conn, HERE, "q", on=False)
        await conn.exec_driver_sql("UPDATE paper_setting SET seats = 7")
        assert await note_papers.set_blind(conn, HERE, "p", on=False)
    assert query(prepared, "SELECT paper_id, seats, blind FROM paper_setting") == [("p", 7, 0)]


async def erased(database: Database, *, keep: bool) -> None:
    async with database.write() as conn:
        await write(conn, "shared", source=Source(5, 6, ADA))
        await write(conn, "private", shared=False)
        await write(conn, "I saved this of Ben", source=Source(5, 6, BEN))
        await write(conn, "elsewhere", guild_id=ELSEWHERE)
        theirs = await write(conn, "Ben's own", user_id=BEN)
        await write(conn, "Ben saved this of Ada", user_id=BEN, source=Source(5, 6, ADA))
        await note_reports.add_report(conn, HERE, theirs, ADA, NOW)
        await note_reports.set_hidden(conn, HERE, theirs, NOW, ADA)
        await erasure.erase_member(conn, HERE, ADA, keep_notes=keep)
        await erasure.erase_traces(conn, HERE, ADA, NOW + timedelta(days=999))


async def test_erasing_removes_ones_notes_ones_quotes_and_ones_reports(
    database: Database, prepared: Path
) -> None:
    await erased(database, keep=False)
    assert query(prepared, "SELECT guild_id, text, hidden_by FROM note ORDER BY id") == [
        (ELSEWHERE, "elsewhere", None),
        (HERE, "Ben's own", None),
    ]
    assert query(prepared, "SELECT * FROM note_report") == []


async def test_what_is_kept_without_a_name_are_ones_own_shared_words(
    database: Database, prepared: Path
) -> None:
    await erased(database, keep=True)
    kept = "SELECT user_id, text, source_channel_id, source_message_id, source_author_id, interaction_id FROM note WHERE guild_id = 1 AND user_id IS NULL"
    assert query(prepared, kept) == [(None, "shared", None, None, None, None)]
    assert query(
        prepared,
        f"SELECT count(*) FROM note WHERE {ADA} IN (user_id, source_author_id) AND guild_id = 1",
    ) == [(0,)]


async def test_what_becomes_of_new_notes_is_asked_until_it_is_decided(
    conn: AsyncConnection,
) -> None:
    assert await notes.sharing_of(conn, HERE, ADA) is NoteSharing.ASK
    await record_member(conn, HERE, ADA, "Ada", NOW)
    await record_member(conn, ELSEWHERE, ADA, "Ada", NOW)
    await notes.set_sharing(conn, HERE, ADA, NoteSharing.SHARED)
    assert await notes.sharing_of(conn, HERE, ADA) is NoteSharing.SHARED
    assert await notes.sharing_of(conn, ELSEWHERE, ADA) is NoteSharing.ASK


async def test_papers_that_were_taken_up_last_come_first(conn: AsyncConnection) -> None:
    from datetime import timedelta

    from bot.domain.progress import Depth
    from bot.storage.readings import record_depth

    for number, paper in enumerate(("old", "new")):
        when = NOW + timedelta(days=number)
        await record_depth(conn, HERE, ADA, "Ada", paper, Depth.READ, when)
    await record_depth(conn, ELSEWHERE, ADA, "Ada", "elsewhere", Depth.READ, NOW)
    await conn.exec_driver_sql(
        "INSERT INTO signup (guild_id, user_id, paper_id, state, created_at)"
        " VALUES (1, 11, 'signed-up', 'waiting', 'then')"
    )
    assert await note_rows.papers_taken_up(conn, HERE, ADA, 25) == ("signed-up", "new", "old")
