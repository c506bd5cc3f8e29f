"""The services on a real database file, with a clock that a test moves past what is due."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.catalogue import read_catalogue, read_zones
from bot.domain.deadlines import DeadlineKind
from bot.domain.living import LivingMessage
from bot.domain.members import Actor
from bot.services import signup_deadlines
from bot.services.deadlines import Handler
from bot.services.guilds import Guilds
from bot.services.members import Members
from bot.services.privacy import Privacy
from bot.services.work import Work
from bot.storage import tables
from bot.storage.deadlines import due_deadlines, next_due, take_deadline
from bot.storage.engine import Database, open_database
from bot.storage.remains import Remains
from tests.founding import DATA
from tests.installations import install

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
GUILD, OTHER_GUILD = 100, 200
ALICE, BOB = 11, 12


def someone(user_id: int = ALICE, guild_id: int = GUILD, name: str = "Alice") -> Actor:
    return Actor(guild_id, user_id, name)


class Driven:
    """Every service of a member's own affairs; ``until`` works off what is due on the way."""

    def __init__(self, database: Database, path: Path, now: datetime) -> None:
        self.now = now
        self.taken_down: list[LivingMessage] = []
        self.path = path
        self.database = database
        self.work = Work(database, lambda: self.now, lambda _: None)
        self.remains = Remains(database, path)
        self.members = Members(self.work, read_catalogue(DATA), read_zones(DATA))
        self.privacy = Privacy(self.work, self.remains, self.take_down)
        self.guilds = Guilds(self.work, self.remains, lambda _: None)

    async def take_down(self, message: LivingMessage) -> None:
        """Keeps what was taken down."""
        self.taken_down.append(message)

    async def until(self, moment: datetime) -> None:
        """Move the clock to ``moment``, meeting every deadline at its own time."""
        while True:
            async with self.database.read() as conn:
                due = await next_due(conn)
            if due is None or due > moment:
                break
            self.now = max(self.now, due)
            await self.meet_due()
        self.now = moment

    async def later(self, **time: float) -> None:
        await self.until(self.now + timedelta(**time))

    async def meet_due(self) -> None:
        async with self.database.read() as conn:
            due = await due_deadlines(conn, self.now, 100)
        for deadline in due:
            async with self.work.write() as unit:
                handler = self._handlers.get(deadline.kind)
                if await take_deadline(unit.conn, deadline) and handler is not None:
                    await handler(unit, deadline)

    @property
    def _handlers(self) -> dict[DeadlineKind, Handler]:
        return {
            **dict.fromkeys(signup_deadlines.KINDS, signup_deadlines.meet),
            DeadlineKind.AWAY_BEGINS: self.members.on_deadline,
            DeadlineKind.AWAY_ENDS: self.members.on_deadline,
            DeadlineKind.ERASURE: self.privacy.on_deadline,
            DeadlineKind.BACKUPS_GONE: self.privacy.on_deadline,
            DeadlineKind.GUILD_ERASURE: self.guilds.on_deadline,
        }

    async def rows(self, table: sa.Table, **where: Any) -> list[dict[str, Any]]:
        wanted = [table.c[name] == value for name, value in where.items()]
        async with self.database.read() as conn:
            found = await conn.execute(sa.select(table).where(*wanted))
            return [dict(row) for row in found.mappings()]

    async def add(self, table: sa.Table, **values: Any) -> None:
        async with self.database.write() as conn:
            await conn.execute(sa.insert(table).values(**values))

    async def sign_up(self, who: Actor, paper_id: str = "spline-icml2018") -> None:
        """An open sign-up, straight into the table."""
        async with self.work.write() as unit:
            await unit.arrive(who)
        await self.add(
            tables.signup, guild_id=who.guild_id, user_id=who.user_id, paper_id=paper_id,
            state="open", seat=len(await self.rows(tables.signup)) + 1, slot=1, created_at=self.now,
            opened_at=self.now, due_at=self.now + timedelta(weeks=3),
        )  # fmt: skip

    async def away_due(self) -> list[str]:
        """What is due about absences."""
        kinds = [row["kind"].value for row in await self.rows(tables.deadline)]
        return sorted(kind for kind in kinds if kind.startswith("away"))

    async def states(self, who: Actor) -> list[str]:
        found = await self.rows(tables.signup, guild_id=who.guild_id, user_id=who.user_id)
        return [row["state"].value for row in found]


@asynccontextmanager
async def driven(path: Path, now: datetime = START) -> AsyncIterator[Driven]:
    """An installation at ``path``, as after a start."""
    url = f"sqlite+aiosqlite:///{path}"
    install(path, now)
    async with open_database(url) as database:
        made = Driven(database, path, now)
        await made.privacy.settle()
        yield made
