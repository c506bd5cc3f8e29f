"""Members who explain papers to each other, on a real database with a clock the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.catalogue import read_catalogue
from bot.domain.members import Actor
from bot.domain.notices import Notice
from bot.domain.progress import Depth
from bot.services.teaching import Teaching
from bot.services.work import Work
from bot.storage import notices, readings, teaching
from bot.storage.engine import Database, open_database
from bot.storage.members import record_member
from bot.storage.tables import member
from tests.domain.theories import DATA
from tests.installations import install
from tests.services.catalogues import unsearched
from tests.storage.builders import NOW, url_of

HERE, ELSEWHERE = 1000, 2000
ANN, BOB, CAT = 1, 2, 3
NAMES = {ANN: "Ann", BOB: "Bob", CAT: "Cat"}
PAPER, OTHER_PAPER = "spline-icml2018", "geometry-neurips2019"


def actor(user_id: int, guild_id: int = HERE, *, manages: bool = False) -> Actor:
    return Actor(guild_id, user_id, NAMES[user_id], manages=manages)


class Circle:
    """The use cases over one database, and their clock."""

    def __init__(self, database: Database) -> None:
        self.now = NOW
        self.database = database
        self.teaching = Teaching(
            Work(database, lambda: self.now, lambda _: None),
            unsearched(database, read_catalogue(DATA)),
        )

    async def read(
        self, user_id: int, depth: Depth = Depth.UNDERSTOOD, paper: str = PAPER, guild: int = HERE
    ) -> None:
        async with self.database.write() as conn:
            await readings.record_depth(
                conn, guild, user_id, NAMES[user_id], paper, depth, self.now
            )

    async def set_member(self, user_id: int, **values: object) -> None:
        async with self.database.write() as conn:
            await record_member(conn, HERE, user_id, NAMES[user_id], self.now)
            await conn.execute(
                sa.update(member)
                .where(member.c.guild_id == HERE, member.c.user_id == user_id)
                .values(**values)
            )

    async def offer(self, user_id: int = ANN) -> int:
        await self.read(user_id)
        return (await self.teaching.offer(actor(user_id), PAPER)).offer.id

    async def told(self, user_id: int) -> tuple[Notice, ...]:
        async with self.database.read() as conn:
            return await notices.waiting_notices(conn, HERE, user_id, self.now)

    async def taught(self, guild_id: int = HERE) -> int:
        async with self.database.read() as conn:
            return (await teaching.taught(conn, guild_id, [PAPER]))[PAPER]

    async def names(self, user_id: int) -> list[str]:
        found = await self.teaching.who_can_explain(actor(user_id), "spline")
        return [one.name for one in found.people]


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


@asynccontextmanager
async def circle_at(path: Path) -> AsyncIterator[Circle]:
    """A circle whose database is made at ``path``."""
    install(path, NOW)
    async with open_database(url_of(path)) as database:
        yield Circle(database)
