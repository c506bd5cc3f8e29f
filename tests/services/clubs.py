"""Clubs of one server on a real database file, and a clock the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.domain.catalogue import Catalogue
from bot.domain.clubs import Club, ClubDraft, Place
from bot.domain.deadlines import DeadlineKind
from bot.domain.living import LivingMessage
from bot.domain.members import Actor
from bot.domain.schedule import Break, Recurrence, Series
from bot.domain.zones import Zones
from bot.services.clubs import Clubs
from bot.services.clubs_organising import ClubOrganising
from bot.services.clubs_zones import ClubZones
from bot.services.privacy import Privacy
from bot.services.sessions import Sessions
from bot.services.sessions_organising import SessionOrganising
from bot.services.work import Work
from bot.storage import deadlines, tables
from bot.storage.engine import Database, open_database
from bot.storage.remains import Remains
from bot.zone_database import pin_zones
from tests.installations import install
from tests.services.catalogues import unsearched
from tests.services.conftest import ANN, GUILD, actor
from tests.storage.builders import url_of

ZONE_VERSION = pin_zones()
ZONES = Zones.read()
START = datetime(2026, 12, 2, 12, tzinfo=UTC)  # a Wednesday
LAST, NEXT, AFTER = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def organiser(guild_id: int = GUILD) -> Actor:
    return actor(ANN, guild_id, manages=True)


def rule(*weekdays: int, at: str = "18:00", every: int = 1) -> Recurrence:
    return Recurrence(weekdays or (TUE,), time.fromisoformat(at), every)


def draft(
    name: str = "Readers",
    recurrence: Recurrence | None = None,
    *,
    zone: str = "Europe/Berlin",
    start: date = LAST,
    place: Place | None = None,
    length: timedelta = timedelta(hours=1),
    until: date | None = None,
    count: int | None = None,
    breaks: tuple[Break, ...] = (),
) -> ClubDraft:
    series = Series(recurrence or rule(), zone, start, until, count, breaks)
    return ClubDraft(name, series, 55, place or Place(), length)


class ClubGroup:
    """The use cases of clubs over one database."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self.now = START
        self.database = database
        self.catalogue = catalogue
        self.catalogues = unsearched(database, catalogue)
        self.work = Work(database, lambda: self.now, lambda _: None)
        self.clubs = Clubs(self.work)
        self.organising = ClubOrganising(self.work, ZONES, ZONE_VERSION)
        self.sessions = Sessions(self.work)
        self.session_organising = SessionOrganising(self.work, self.catalogues)
        self.zones = ClubZones(self.work, ZONE_VERSION)

    async def club(self, guild_id: int = GUILD, **given: Any) -> Club:
        return await self.organising.create(organiser(guild_id), draft(**given))

    async def rows(self, table: sa.Table, **where: Any) -> list[dict[str, Any]]:
        wanted = [table.c[name] == value for name, value in where.items()]
        async with self.database.read() as conn:
            found = await conn.execute(sa.select(table).where(*wanted))
            return [dict(row) for row in found.mappings()]

    async def actions(self) -> list[tuple[str, str]]:
        return [(row["action"], row["subject"]) for row in await self.rows(tables.audit)]


async def erase(group: ClubGroup, user_id: int, path: Path) -> None:
    """The member has asked to be erased, and the time to undo it is over. ``path``: the database."""

    async def take_down(message: LivingMessage) -> None:
        raise AssertionError(message)

    privacy = Privacy(group.work, Remains(group.database, path), take_down)
    await privacy.ask_erasure(actor(user_id), keep_notes=False)
    group.now += timedelta(minutes=11)
    async with group.work.write() as unit:
        due = await deadlines.due_deadlines(unit.conn, group.now, 100)
        (asked,) = (one for one in due if one.kind is DeadlineKind.ERASURE)
        await deadlines.take_deadline(unit.conn, asked)
        await privacy.on_deadline(unit, asked)


@asynccontextmanager
async def clubs_at(path: Path, catalogue: Catalogue) -> AsyncIterator[ClubGroup]:
    """A group whose new database is at ``path``, called ``club.sqlite3``."""
    install(path, START)
    async with open_database(url_of(path)) as database:
        yield ClubGroup(database, catalogue)
