"""Use cases on a real database file, with a clock the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.catalogue import read_catalogue
from bot.domain.catalogue import Catalogue
from bot.domain.members import Actor
from bot.domain.notices import Notice, NoticeKind
from bot.services import signup_deadlines
from bot.services.deadlines import Deadlines
from bot.services.signups import Signups
from bot.services.work import Work
from bot.storage import notices
from bot.storage.engine import Database, open_database
from tests.founding import founding_data
from tests.installations import install
from tests.services.catalogues import unsearched
from tests.storage.builders import NOW, url_of

GUILD, OTHER_GUILD = 1000, 2000
ANN, BOB, CAT, DAN = 1, 2, 3, 4
NAMES = {ANN: "Ann", BOB: "Bob", CAT: "Cat", DAN: "Dan"}


def actor(user_id: int, guild_id: int = GUILD, *, manages: bool = False) -> Actor:
    return Actor(guild_id, user_id, NAMES.get(user_id, f"member {user_id}"), manages=manages)


class Group:
    """The use cases over one database, and their clock."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self.now = NOW
        self.woken: list[datetime] = []
        self.database = database
        self.catalogue = catalogue
        self.work = Work(database, lambda: self.now, self.woken.append)
        self.catalogues = unsearched(database, catalogue)
        self.signups = Signups(self.work, self.catalogues)
        self.deadlines = Deadlines(
            self.work, dict.fromkeys(signup_deadlines.KINDS, signup_deadlines.meet)
        )

    async def pass_time(self, **time: float) -> None:
        """Move the clock, stopping at whatever is due in between."""
        end = self.now + timedelta(**time)
        while True:
            due = await self.deadlines.next_due()
            if due is None or due > end:
                break
            self.now = max(self.now, due)
            await self.deadlines.meet_due()
        self.now = end

    async def told(self, user_id: int, guild_id: int = GUILD) -> tuple[Notice, ...]:
        """What a member is still to be told."""
        async with self.database.read() as conn:
            return await notices.waiting_notices(conn, guild_id, user_id, self.now)

    async def kinds_told(self, user_id: int, guild_id: int = GUILD) -> list[NoticeKind]:
        return [notice.kind for notice in await self.told(user_id, guild_id)]


@asynccontextmanager
async def group_at(path: Path, catalogue: Catalogue) -> AsyncIterator[Group]:
    """A group whose database is at ``path``, made if there is none."""
    install(path, NOW)
    async with open_database(url_of(path)) as database:
        yield Group(database, catalogue)


@pytest.fixture(scope="session")
def founding_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return read_catalogue(founding_data(tmp_path_factory.mktemp("founding")))


@pytest.fixture
async def group(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Group]:
    async with group_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        yield opened
