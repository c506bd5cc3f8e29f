"""A newer time-zone database moves sessions that were planned with an older one, and says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.sessions import Answer
from bot.storage import tables
from tests.services.clubs import ZONE_VERSION, ClubGroup, clubs_at, organiser
from tests.services.conftest import BOB, GUILD, actor

HOUR = timedelta(hours=1)
DAYS = [date(2026, 12, 8), date(2026, 12, 15), date(2026, 12, 22), date(2026, 12, 29)]


@pytest.fixture
async def group(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[ClubGroup]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        yield opened


async def planned_with_2025b(group: ClubGroup, skipped: date | None = None) -> int:
    """A club in Vancouver as 2025b had it: from November on an hour later than now."""
    club = await group.club(zone="America/Vancouver")
    await group.sessions.answer(actor(BOB), club.id, DAYS[0], Answer.GOING)
    if skipped is not None:
        await group.session_organising.skip(organiser(), club.id, skipped)
    async with group.database.write() as conn:
        await conn.execute(tables.club.update().values(zones="2025b"))
        for row in await group.rows(tables.session):
            await conn.execute(
                tables.session.update()
                .where(tables.session.c.id == row["id"])
                .values(starts_at=row["starts_at"] + HOUR)
            )
    return club.id


async def test_sessions_to_come_are_planned_anew_and_told_once(group: ClubGroup) -> None:
    club_id = await planned_with_2025b(group)
    shifts = await group.zones.replan()
    assert [shift.session.occurrence.original for shift in shifts] == DAYS
    first = shifts[0]
    assert first.session.occurrence.starts == datetime(2026, 12, 9, 1, tzinfo=UTC)
    assert first.planned == first.session.occurrence.starts + HOUR
    assert first.session.guests.going == (BOB,)
    rows = await group.rows(tables.session)
    assert rows[0]["starts_at"] == first.session.occurrence.starts
    assert {row["version"] for row in rows} == {1}
    club = await group.clubs.club(GUILD, club_id)
    assert (club.zones, club.version) == (ZONE_VERSION, 2)
    assert await group.zones.replan() == ()


async def test_what_is_over_is_left_and_what_is_skipped_is_not_told(group: ClubGroup) -> None:
    await planned_with_2025b(group, skipped=DAYS[1])
    before = (await group.rows(tables.session))[0]["starts_at"]
    group.now = before + HOUR
    shifts = await group.zones.replan()
    assert [shift.session.occurrence.original for shift in shifts] == [*DAYS[2:], date(2027, 1, 5)]
    assert (await group.rows(tables.session))[0]["starts_at"] == before


async def test_clubs_that_agree_and_clubs_that_have_ended_are_left(group: ClubGroup) -> None:
    club = await group.club()
    ended = await planned_with_2025b_and_ended(group)
    async with group.database.write() as conn:
        await conn.execute(tables.club.update().values(zones="2025b"))
    assert await group.zones.replan() == ()
    assert (await group.clubs.club(GUILD, club.id)).zones == ZONE_VERSION
    assert (await group.clubs.club(GUILD, club.id)).version == club.version
    assert (await group.clubs.club(GUILD, ended)).zones == "2025b"


async def planned_with_2025b_and_ended(group: ClubGroup) -> int:
    club = await group.club(name="Gone", zone="America/Vancouver")
    await group.organising.end(organiser(), club.id)
    return club.id
