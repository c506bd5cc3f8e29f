"""Counting readers in SQL gives what counting them one by one would give."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from bot.domain.progress import Depth, Tally
from bot.storage import guilds, readings
from bot.storage.engine import Database, open_database
from bot.storage.tables import guild, member, reading
from tests.installations import install
from tests.storage.builders import NOW, query, url_of

HERE, ELSEWHERE = 1, 2
PAPERS = ("a", "b", "c", "d")
THEORIES = {"first": ("a", "b"), "second": ("b", "c"), "untouched": ("x",), "empty": ()}

# Who knows which paper how well: (guild, member, paper) -> depth.
Known = dict[tuple[int, int, str], Depth]
known = st.dictionaries(
    st.tuples(st.sampled_from([HERE, ELSEWHERE]), st.integers(1, 6), st.sampled_from(PAPERS)),
    st.sampled_from(Depth),
)


async def record_all(database: Database, entries: Known) -> None:
    async with database.write() as conn:
        await conn.execute(sa.delete(guild))
        for (guild_id, user_id, paper), depth in entries.items():
            await readings.record_depth(conn, guild_id, user_id, "Ada", paper, depth, NOW)


def best(entries: Known, papers: Iterable[str]) -> Tally:
    """The deepest depth of each member here over ``papers``, counted one by one."""
    deepest: dict[int, Depth] = {}
    for (guild_id, user_id, paper), depth in entries.items():
        if guild_id == HERE and paper in papers:
            deepest[user_id] = max(depth, deepest.get(user_id, depth))
    return Tally(Counter(deepest.values()))


def by_paper(entries: Known, papers: Iterable[str]) -> dict[str, Tally]:
    tallies = {paper: best(entries, [paper]) for paper in papers}
    return {paper: tally for paper, tally in tallies.items() if tally.members}


@given(st.lists(known, min_size=1, max_size=8), st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_sql_counts_as_one_would_by_hand(rounds: list[Known], viewer: int) -> None:
    async def check(url: str) -> None:
        async with open_database(url) as database:
            for entries in rounds:
                await record_all(database, entries)
                async with database.read() as conn:
                    card = await readings.theory_readings(conn, HERE, ["a", "b"], ["c"], viewer)
                    every = await readings.guild_readings(conn, HERE)
                    tallies = await readings.theory_tallies(conn, HERE, THEORIES)
                    own = await readings.own_depths(conn, HERE, viewer)
                mine = {p: d for (g, u, p), d in entries.items() if (g, u) == (HERE, viewer)}
                assert card.theory == best(entries, ["a", "b"])
                assert card.papers == by_paper(entries, ["a", "b", "c"])
                assert card.own == {p: d for p, d in mine.items() if p != "d"}
                assert every == by_paper(entries, PAPERS)
                assert tallies == {slug: best(entries, of) for slug, of in THEORIES.items()}
                assert own == mine

    with TemporaryDirectory() as folder:
        path = Path(folder) / "club.sqlite3"
        install(path, NOW)
        asyncio.run(check(url_of(path)))


async def test_a_member_who_read_two_primary_papers_is_one_reader(database: Database) -> None:
    await record_all(database, {(HERE, 5, "a"): Depth.READ, (HERE, 5, "b"): Depth.ALMOST})
    async with database.read() as conn:
        card = await readings.theory_readings(conn, HERE, ["a", "b"])
    assert (card.theory.readers, card.theory.understanders) == (1, 1)
    assert card.own == {}
    assert card.target == 2


async def test_a_card_knows_how_many_readers_the_server_asks_for(database: Database) -> None:
    async with database.write() as conn:
        await guilds.set_target_readers(conn, HERE, 5, NOW)
    async with database.read() as conn:
        here = await readings.theory_readings(conn, HERE, ["a"])
        elsewhere = await readings.theory_readings(conn, ELSEWHERE, ["a"])
    assert (here.target, elsewhere.target) == (5, 2)


async def test_a_depth_can_be_corrected_downwards(database: Database, prepared: Path) -> None:
    for depth in (Depth.UNDERSTOOD, Depth.READING):
        async with database.write() as conn:
            await readings.record_depth(conn, HERE, 5, "Ada", "a", depth, NOW)
    assert query(prepared, "SELECT paper_id, depth FROM reading") == [("a", "reading")]


async def test_the_schema_refuses_a_depth_it_does_not_know(database: Database) -> None:
    await record_all(database, {(HERE, 5, "a"): Depth.READ})
    async with database.write() as conn:
        with pytest.raises(IntegrityError, match="ck_reading_depth"):
            await conn.exec_driver_sql("UPDATE reading SET depth = 'skimmed'")


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements readers run within the block."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(database._readers.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(database._readers.sync_engine, "before_cursor_execute", note)


async def test_a_card_takes_one_statement_and_looks_at_the_viewers_rows_alone(
    database: Database, prepared: Path
) -> None:
    with statements(database) as seen:
        async with database.read() as conn:
            await readings.theory_readings(conn, HERE, ["a", "b"], ["c"])
    (statement,) = seen
    steps = query(prepared, f"EXPLAIN QUERY PLAN {statement}", *[0] * statement.count("?"))
    plan = [step[3] for step in steps]
    looks = [step for step in plan if "reading" in step]
    by_key = [step for step in looks if "guild_id=? AND user_id=? AND paper_id=?" in step]
    assert len(by_key) == 1, plan
    assert all("COVERING INDEX" in step for step in looks if step not in by_key), plan


async def test_a_card_of_a_thousand_readers_has_no_more_rows_than_depths(
    database: Database,
) -> None:
    people = range(1, 1001)
    async with database.write() as conn:
        await conn.execute(sa.insert(guild).values(guild_id=HERE, joined_at=NOW))
        row = {"guild_id": HERE, "display_name": "x", "first_seen_at": NOW}
        await conn.execute(sa.insert(member), [row | {"user_id": who} for who in people])
        read = {"guild_id": HERE, "depth": Depth.READ, "updated_at": NOW}
        rows = [read | {"user_id": who, "paper_id": paper} for who in people for paper in "ab"]
        await conn.execute(sa.insert(reading), rows)
        asked = {"guild_id": HERE, "user_id": 7, "primary": ["a", "b"], "papers": ["a", "b"]}
        assert len((await conn.execute(readings._CARD, asked)).all()) == 6
        card = await readings.theory_readings(conn, HERE, ["a", "b"], user_id=7)
    assert card.theory.readers == 1000
    assert card.papers["a"].readers == 1000
    assert card.own == {"a": Depth.READ, "b": Depth.READ}
