"""A search finds what its asker may see, whatever is typed, and forgets what is gone."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notes import NothingToFind, Source, search_words
from bot.storage import erasure, note_papers, note_reports, note_search, notes
from bot.storage.engine import Database, open_database
from bot.storage.revisions import VERSIONS
from bot.storage.schema import prepare_database
from bot.storage.tables import guild, member
from tests.storage.builders import NOW, query, url_of
from tests.storage.notes import ADA, BEN, ELSEWHERE, HERE, found, write


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[AsyncConnection]:
    async with database.write() as unit:
        yield unit


async def test_it_finds_shared_notes_and_own_private_ones_newest_first(
    conn: AsyncConnection,
) -> None:
    shared = await write(conn, "the spline is affine")
    await write(conn, "a private spline", shared=False)
    own = await write(conn, "my private spline", user_id=BEN, shared=False)
    assert await found(conn, "spline") == [own, shared]


async def test_two_servers_with_the_same_notes_do_not_mix(conn: AsyncConnection) -> None:
    here = await write(conn, "the spline")
    there = await write(conn, "the spline", guild_id=ELSEWHERE)
    own_there = await write(conn, "my spline", guild_id=ELSEWHERE, user_id=BEN, shared=False)
    assert await found(conn, "spline") == [here]
    assert await found(conn, "spline", guild_id=ELSEWHERE) == [own_there, there]


async def test_servers_whose_ids_begin_alike_do_not_mix(conn: AsyncConnection) -> None:
    await write(conn, "the spline", guild_id=11)
    await write(conn, "own spline", guild_id=1, user_id=22, shared=False)
    assert await found(conn, "spline", guild_id=1, user_id=2) == []


async def test_a_hidden_note_is_found_by_its_author_alone(conn: AsyncConnection) -> None:
    hidden = await write(conn, "the spline")
    await note_reports.set_hidden(conn, HERE, hidden, NOW, BEN)
    assert await found(conn, "spline") == []
    assert await found(conn, "spline", user_id=ADA) == [hidden]
    await note_reports.set_hidden(conn, HERE, hidden, None, None)
    assert await found(conn, "spline") == [hidden]


async def test_what_is_taken_back_is_found_no_more(conn: AsyncConnection) -> None:
    note_id = await write(conn, "the spline")
    await notes.set_shared(conn, HERE, ADA, [note_id], shared=False)
    assert await found(conn, "spline") == []
    await notes.set_shared(conn, HERE, ADA, [note_id], shared=True)
    assert await found(conn, "spline") == [note_id]


async def test_blind_mode_opens_with_ones_own_words_and_not_with_a_quote(
    conn: AsyncConnection,
) -> None:
    theirs = await write(conn, "the spline")
    other = await write(conn, "another spline", paper_id="paper-two")
    await note_papers.set_blind(conn, HERE, "paper-one", on=True)
    assert await found(conn, "spline") == [other]
    quote = await write(conn, "said: spline", user_id=BEN, shared=False, source=Source(1, 2, ADA))
    assert await found(conn, "spline") == [quote, other]
    await write(conn, "my take", user_id=BEN, shared=False)
    assert await found(conn, "spline") == [quote, other, theirs]


async def test_blind_mode_of_one_server_does_not_close_the_other(conn: AsyncConnection) -> None:
    await write(conn, "the spline")
    there = await write(conn, "the spline", guild_id=ELSEWHERE)
    await note_papers.set_blind(conn, HERE, "paper-one", on=True)
    assert await found(conn, "spline") == []
    assert await found(conn, "spline", guild_id=ELSEWHERE) == [there]


async def test_a_search_can_be_narrowed_to_papers(conn: AsyncConnection) -> None:
    first = await write(conn, "the spline")
    await write(conn, "the spline", paper_id="paper-one-b")
    assert await found(conn, "spline", papers=["paper-one"]) == [first]
    assert await found(conn, "spline", papers=[]) == []


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("gradi", "The gradient vanishes"), ("GRADIENT the", "The gradient vanishes"),
        ("schrodinger", "Schrödinger said so"), ("Schrödinger", "schrodinger said so"),
        ("kernel-methods", "about kernel methods"), ("don't", "I don't know"),
        ('"quoted"', "a quoted word"), ("学", "学习 is learning"), ("x", "let x be"),
    ],
)  # fmt: skip
async def test_these_words_find_that_note(conn: AsyncConnection, typed: str, text: str) -> None:
    note_id = await write(conn, text)
    assert await found(conn, typed) == [note_id]


async def test_every_word_must_stand_in_the_note_and_only_the_last_may_be_cut_short(
    conn: AsyncConnection,
) -> None:
    await write(conn, "gradient flow")
    assert await found(conn, "gradient missing") == []
    assert await found(conn, "grad flow") == []


@pytest.mark.parametrize(
    "typed",
    ['a"', "a*", "a* OR b", "NEAR(a b)", "NOT a", "a AND", "text : a", "scope s1", "^a", "{a} b",
     "a" * 4000, "🦊 a", "a\0b", "\u202ea", "-a", "(a", "a' --", "col:a", "+a", "ａ", "٣"],
)  # fmt: skip
async def test_whatever_is_typed_is_looked_for_as_it_is(conn: AsyncConnection, typed: str) -> None:
    await write(conn, "unrelated words", user_id=ADA, shared=False)
    assert await found(conn, typed) == []


async def test_the_names_of_the_index_cannot_be_reached_by_a_search(conn: AsyncConnection) -> None:
    await write(conn, "a secret", shared=False)
    for typed in ("s1", "u1x11", "p70617065722d6f6e65", f"u{HERE}x{ADA} secret"):
        assert await found(conn, typed) == []


async def test_the_place_around_the_hit_says_which_words_were_hit(conn: AsyncConnection) -> None:
    await write(conn, "far " * 60 + "the Gradient vanishes " + "away " * 60)
    ((_, parts),) = await note_search.search(conn, HERE, BEN, ("gradient",), limit=5)
    assert [text for text, is_hit in parts if is_hit] == ["Gradient"]
    assert len("".join(text for text, _ in parts)) < 300


async def test_pages_follow_each_other(conn: AsyncConnection) -> None:
    ids = [await write(conn, f"spline {n}") for n in range(7)]
    pages = [
        [
            hit[0]
            for hit in await note_search.search(conn, HERE, BEN, ("spline",), offset=n, limit=3)
        ]
        for n in (0, 3, 6)
    ]
    assert pages == [ids[6:3:-1], ids[3:0:-1], ids[:1]]


async def test_an_edited_note_is_found_by_its_new_words_only(conn: AsyncConnection) -> None:
    from bot.domain.notes import NoteKind

    note_id = await write(conn, "the spline")
    await notes.change_note(conn, HERE, ADA, note_id, NoteKind.DOUBT, "the tropic", NOW)
    assert await found(conn, "spline") == []
    assert await found(conn, "tropic") == [note_id]


async def test_a_server_or_member_that_goes_takes_the_index_along(conn: AsyncConnection) -> None:
    await write(conn, "the spline")
    await write(conn, "their spline", guild_id=ELSEWHERE)
    await conn.execute(sa.delete(member).where(member.c.guild_id == HERE))
    await conn.execute(sa.delete(guild).where(guild.c.guild_id == ELSEWHERE))
    left = await conn.execute(
        sa.text("SELECT count(*) FROM note_text WHERE note_text MATCH 'spline'")
    )
    assert left.scalar_one() == 0
    await conn.execute(sa.text("INSERT INTO note_text (note_text) VALUES ('integrity-check')"))


def test_notes_from_before_the_index_are_in_it(path: Path, tmp_path: Path) -> None:
    versions = tmp_path / "versions"
    versions.mkdir()
    for file in VERSIONS.glob("000[12]_*.py"):
        shutil.copy(file, versions)
    prepare_database(url_of(path), NOW, versions=versions)
    query(path, "INSERT INTO guild (guild_id, joined_at) VALUES (1, 'then')")
    query(
        path,
        "INSERT INTO note (guild_id, paper_id, kind, text, shared, created_at, updated_at)"
        " VALUES (1, 'p', 'claim', 'the spline', 1, 'then', 'then')",
    )
    prepare_database(url_of(path), NOW)
    assert query(path, "SELECT rowid FROM note_text WHERE note_text MATCH 'spline'") == [(1,)]


SENTINELS = ("quixotryll", "zamboltrine", "vexulomancy")


@pytest.mark.parametrize("keep", [False, True])
async def test_nothing_of_an_erased_note_is_left_in_the_files(prepared: Path, keep: bool) -> None:
    """The text, its words in the index, and what others quoted, byte by byte."""
    async with open_database(url_of(prepared)) as database:
        async with database.write() as conn:
            for number in range(300):
                await write(conn, f"ordinary words number {number}", user_id=BEN)
            await write(conn, f"{SENTINELS[0]} is private", shared=False)
            await write(conn, f"they said {SENTINELS[1]}", user_id=BEN, source=Source(1, 2, ADA))
            last = await write(conn, f"{SENTINELS[2]} is shared")
            for number in range(300):
                await write(conn, f"more ordinary words {number}", user_id=BEN)
        async with database.write() as conn:
            await erasure.erase_member(conn, HERE, ADA, keep_notes=keep)
            await erasure.erase_traces(conn, HERE, ADA, NOW + timedelta(days=999))
    with closing(sqlite3.connect(prepared, isolation_level=None)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        plain.execute("VACUUM")
        kept = plain.execute("SELECT user_id, text FROM note WHERE id = ?", (last,)).fetchall()
    everything = b"".join(file.read_bytes() for file in prepared.parent.iterdir()).lower()
    gone = SENTINELS[:2] if keep else SENTINELS
    # The index shares beginnings of neighbouring words, so pieces are looked for too.
    for word in gone:
        assert word.encode() not in everything
        assert word[3:].encode() not in everything
    assert kept == ([(None, f"{SENTINELS[2]} is shared")] if keep else [])


@given(st.lists(st.text(st.characters(), min_size=1, max_size=60), min_size=1, max_size=12))
@settings(max_examples=15, deadline=None)
def test_no_text_and_no_search_breaks_the_other(texts: list[str]) -> None:
    """Any text can be stored, and any can be searched for; what is found is the asker's to see."""
    from bot.domain.notes import NoteEmpty, clean_text

    async def scenario() -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "club.sqlite3"
            prepare_database(url_of(path), NOW)
            async with open_database(url_of(path)) as database, database.write() as conn:
                visible = set()
                for number, text in enumerate(texts):
                    try:
                        kept = clean_text(text)
                    except NoteEmpty:
                        continue
                    added = await write(conn, kept, shared=number % 2 == 0)
                    visible |= {added} if number % 2 == 0 else set()
                for text in texts:
                    try:
                        search_words(text)
                    except NothingToFind:
                        continue
                    assert set(await found(conn, text)) <= visible

    asyncio.run(scenario())
