"""What the tests of progress share: the use cases on a real database file, and a set clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.catalogue import read_catalogue
from bot.domain.logbook import LogEntry, Logged, WrittenTake
from bot.domain.members import Actor
from bot.domain.notes import NoteKind
from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.services.logbook import Logbook
from bot.services.papers import Papers
from bot.services.progress import Progress
from bot.services.work import Work
from bot.storage import depths, members, tables
from bot.storage.engine import Database, open_database
from tests.founding import DATA
from tests.installations import install
from tests.services.catalogues import unsearched

START = datetime(2026, 1, 7, 18, 0, tzinfo=UTC)  # a Wednesday
HERE, ELSEWHERE = 1, 2
ALICE, BOB, CLEO = (Actor(HERE, number, name) for number, name in ((11, "Alice"), (12, "Bob"), (13, "Cleo")))  # fmt: skip
PAPER = "spline-icml2018"
CATALOGUE = read_catalogue(DATA)


class Readers:
    """The use cases, and a way to put rows where other use cases would."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = START
        work = Work(database, lambda: self.now, lambda _: None)
        catalogues = unsearched(database, CATALOGUE)
        self.logbook = Logbook(work, catalogues, Papers(catalogues))
        self.progress = Progress(work, catalogues)
        self._interactions = 1000

    async def log(
        self,
        actor: Actor,
        paper_id: str = PAPER,
        depth: Depth | None = None,
        *,
        shown: Depth | None = None,
        sections: frozenset[str] | set[str] | str | None = None,
        interaction_id: int | None = None,
        **texts: str | tuple[str, int],
    ) -> Logged:
        """Log with ``claim=...`` as a new text, or ``claim=(text, note id)`` as a changed one."""
        self._interactions += 1
        takes = [
            WrittenTake(NoteKind(kind), *(value if isinstance(value, tuple) else (value,)))
            for kind, value in texts.items()
        ]
        ticked = frozenset(sections) if isinstance(sections, set) else sections
        entry = LogEntry(depth, shown, ticked, tuple(takes))
        return await self.logbook.log(actor, paper_id, entry, interaction_id or self._interactions)

    async def sign_up(
        self, actor: Actor, paper_id: str = PAPER, state: SignupState = SignupState.OPEN
    ) -> int:
        """A sign-up as signing up would leave it; holding seat and slot ``user id``."""
        is_open, is_offered = state is SignupState.OPEN, state is SignupState.OFFERED
        async with self.database.write() as conn:
            await members.record_member(
                conn, actor.guild_id, actor.user_id, str(actor.display_name), self.now
            )
            if is_open:
                await depths.take_up(conn, actor.guild_id, actor.user_id, paper_id, self.now)
            slots = sa.select(sa.func.count()).where(
                tables.signup.c.guild_id == actor.guild_id,
                tables.signup.c.user_id == actor.user_id,
            )
            slot = 1 + int(await conn.scalar(slots) or 0)
            added = await conn.execute(
                sa.insert(tables.signup).values(
                    guild_id=actor.guild_id,
                    user_id=actor.user_id,
                    paper_id=paper_id,
                    state=state,
                    seat=actor.user_id if is_open or is_offered else None,
                    slot=slot if is_open else None,
                    created_at=self.now,
                    due_at=self.now + timedelta(weeks=3) if is_open else None,
                )
            )
            key = added.inserted_primary_key
            assert key is not None
            return int(key[0])

    async def set_member(self, actor: Actor, **values: Any) -> None:
        """What a member decided elsewhere."""
        table = tables.member
        async with self.database.write() as conn:
            await members.record_member(
                conn, actor.guild_id, actor.user_id, str(actor.display_name), self.now
            )
            await conn.execute(
                sa.update(table)
                .where(table.c.guild_id == actor.guild_id, table.c.user_id == actor.user_id)
                .values(**values)
            )

    async def rows(self, table: sa.Table, *columns: str) -> list[tuple[Any, ...]]:
        """Those columns of every row, sorted."""
        async with self.database.read() as conn:
            found = await conn.execute(sa.select(*(table.c[name] for name in columns)))
            return sorted(tuple(row) for row in found)


@asynccontextmanager
async def open_readers(folder: Path) -> AsyncIterator[Readers]:
    """The use cases on a fresh database."""
    url = f"sqlite+aiosqlite:///{folder}/club.db"
    install(folder / "club.db", START)
    async with open_database(url) as database:
        yield Readers(database)
