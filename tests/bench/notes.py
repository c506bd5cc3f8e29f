"""What finding notes costs in the store: 50,000 notes of one server beside a larger one."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from bot.domain.notes import NOTES_A_PAGE, NoteKind, search_words
from bot.storage import note_papers, note_search
from bot.storage.engine import Database, open_database
from bot.storage.members import record_member
from bot.storage.schema import prepare_database
from bot.storage.tables import note
from tests.bench.many_theories import CODAS, COMMON, ONSETS, VOWELS
from tests.bench.table import Row, print_table

HERE, ELSEWHERE, NOTES, MEMBERS = 10**18 + 1, 10**18 + 2, 50_000, 400
NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
PAPERS = [f"paper-number-{n}" for n in range(40)]

_random = Random(5)
_syllables = [
    "".join(_random.choice(part) for part in (ONSETS, VOWELS, CODAS)) for _ in range(40_000)
]
RARE = sorted({"".join(pair) for pair in zip(_syllables[::2], _syllables[1::2], strict=True)})
_random.shuffle(RARE)
# Common and rare words, beginnings of words, words with signs, many words, nothing at all.
SEARCHES = (
    "the", "t", "a", "ne", "network", "the network", "the of and in on", "deep learning theory of",
    "kernel-methods", RARE[0], RARE[-1], RARE[50][:2], RARE[500][:3], RARE[5000][:4],
    f"the {RARE[-2]}", f"{RARE[1]} {RARE[2]}", "xyzzy", "the xyzzy", "sch", f"{RARE[1]} the sch",
    "information geometry of the fi", "tra", f"gradient {RARE[70][:2]}", "sca lim",
)  # fmt: skip


async def rows() -> list[Row]:
    """The goals of the store."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        prepare_database(url, NOW)
        async with open_database(url) as database:
            await _fill(database)
            found = await _measure(database, closed=())
            blind = await _measure(database, closed=PAPERS[:30])
            card = await _card(database)
    return [
        _row("/note find, p99", found, 20, f"{NOTES:,} notes here, as many elsewhere"),
        _row("/note find, blind, p99", blind, 20, "30 of 40 papers closed to the member"),
        _row("notes on a card, p99", card, 5, f"{NOTES:,} notes on 40 papers, 6 on the card"),
    ]


def _row(name: str, spent: list[float], goal: float, detail: str) -> Row:
    p99 = statistics.quantiles(spent, n=100)[98]
    return Row(name, p99, goal, "ms", f"median {statistics.median(spent):.2f} ms, {detail}")


async def _measure(database: Database, closed: tuple[str, ...] | list[str]) -> list[float]:
    spent = []
    async with database.read() as conn:
        for turn in range(10):
            for typed in SEARCHES:
                start = time.perf_counter()
                await note_search.search(
                    conn,
                    HERE,
                    7,
                    search_words(typed),
                    papers=PAPERS[:6] if turn % 3 == 2 else None,
                    closed=closed,
                    offset=NOTES_A_PAGE * (turn % 4),
                    limit=NOTES_A_PAGE + 1,
                )
                spent.append((time.perf_counter() - start) * 1e3)
    return spent


async def _card(database: Database) -> list[float]:
    spent = []
    async with database.read() as conn:
        for turn in range(200):
            start = time.perf_counter()
            await note_papers.theory_notes(conn, HERE, 1 + turn % MEMBERS, PAPERS[:6])
            spent.append((time.perf_counter() - start) * 1e3)
    return spent


async def _fill(database: Database) -> None:
    async with database.write() as conn:
        for guild_id in (HERE, ELSEWHERE):
            for user_id in range(1, MEMBERS + 1):
                await record_member(conn, guild_id, user_id, f"Member {user_id}", NOW)
            await conn.execute(sa.insert(note), list(_invented(guild_id)))


def _invented(guild_id: int) -> Iterator[dict[str, Any]]:
    random = Random(guild_id)
    for number in range(NOTES):
        moment = NOW + timedelta(seconds=number)
        yield {
            "guild_id": guild_id,
            "user_id": random.randint(1, MEMBERS),
            "paper_id": random.choice(PAPERS),
            "kind": random.choice(list(NoteKind)),
            "text": " ".join(_word(random) for _ in range(random.randint(10, 90))),
            "shared": random.random() < 0.7,
            "created_at": moment,
            "updated_at": moment,
        }


def _word(random: Random) -> str:
    if random.random() < 0.6:
        return random.choice(COMMON)
    # Some words are everybody's and most are a few people's (Zipf).
    return RARE[int(len(RARE) * random.random() ** 3)]


if __name__ == "__main__":
    import asyncio

    print_table(asyncio.run(rows()))
