"""What the card of a busy server costs beside that of an empty one, in CPU time."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import open_bot
from bot.client import ClubBot
from bot.domain.lookup import CardPage
from bot.domain.notes import NoteKind
from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.render.theory_card import theory_card
from bot.settings import Settings
from bot.storage import tables
from bot.storage.engine import Database
from cogs.lookup._views import card_view
from tests.bench.interactions import interleaved
from tests.bench.table import Row

EMPTY, BUSY = 1000, 2000
READERS = 1000
NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
SLUG = "spline"


async def rows() -> list[Row]:
    """The card of a theory with a thousand readers, beside the same card in an empty server."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        async with open_bot(Settings(database_url=url)) as bot:
            database: Database = bot.services.lookup._database
            papers = [p.id for p in _primary(bot)]
            async with database.write() as conn:
                progress = await fill(conn, papers)
            busy, empty = await interleaved(
                lambda: _card(bot, BUSY), lambda: _card(bot, EMPTY), times=400
            )
    detail = (
        f"{busy * 1e3:.2f} ms with {READERS} readers and {progress} rows of progress, "
        f"{empty * 1e3:.2f} ms without"
    )
    return [Row("card of a busy server", busy / empty, 1.5, "x", detail)]


def _primary(bot: ClubBot) -> Sequence[Any]:
    theory = bot.services.catalogues.shipped.get(SLUG)
    assert theory is not None
    return theory.primary_papers


async def _card(bot: ClubBot, guild_id: int) -> None:
    card = await bot.services.lookup.open(SLUG, guild_id, 1)
    theory_card(card, CardPage.CARD, bot.words)
    card_view(card, CardPage.CARD, bot.words)


async def fill(conn: AsyncConnection, papers: Sequence[str]) -> int:
    """A server whose every member has read one of the papers; how many rows of progress it has.

    Every tenth has explained it and waits for a seat of another one.
    """
    everybody, some = range(1, READERS + 1), range(1, READERS + 1, 10)

    def paper(user: int) -> str:
        return papers[user % len(papers)]

    tables_of_people: list[tuple[sa.Table, list[dict[str, Any]]]] = [
        (tables.member, [{"display_name": "reader", "first_seen_at": NOW} for _ in everybody]),
        (
            tables.reading,
            [{"paper_id": paper(u), "depth": Depth.ALMOST, "updated_at": NOW} for u in everybody],
        ),
    ]
    progress: list[tuple[sa.Table, list[dict[str, Any]]]] = [
        *(
            (
                tables.section_done,
                [{"paper_id": paper(u), "section_id": str(n), "done_at": NOW} for u in everybody],
            )
            for n in range(5)
        ),
        *(
            (
                tables.depth_change,
                [{"paper_id": paper(u), "depth": depth, "changed_at": NOW} for u in everybody],
            )
            for depth in (Depth.READING, Depth.READ, Depth.ALMOST)
        ),
        (tables.signup, [_signup(paper(u), SignupState.READ) for u in everybody]),
        (tables.signup, [_signup(paper(u + 1), SignupState.WAITING) for u in some]),
        (tables.note, [_note(paper(u)) for u in everybody]),
        (
            tables.explanation,
            [{"paper_id": paper(u), "listener_id": READERS + 1, "heard_at": NOW} for u in some],
        ),
    ]
    await conn.execute(sa.insert(tables.guild).values(guild_id=BUSY, joined_at=NOW))
    for table, made in (*tables_of_people, *progress):
        people = everybody if len(made) == READERS else some
        rows = [
            {"guild_id": BUSY, "user_id": user, **row}
            for user, row in zip(people, made, strict=True)
        ]
        await conn.execute(sa.insert(table), rows)
    return sum(len(made) for _, made in progress)


def _signup(paper: str, state: SignupState) -> dict[str, Any]:
    closed = None if state.is_live else NOW
    return {"paper_id": paper, "state": state, "created_at": NOW, "closed_at": closed}


def _note(paper: str) -> dict[str, Any]:
    said = {"kind": NoteKind.CLAIM, "text": "what it says", "shared": True}
    return {"paper_id": paper, **said, "created_at": NOW, "updated_at": NOW}
