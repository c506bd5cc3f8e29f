"""What a club announces outlives the process that changed it."""

from __future__ import annotations

from datetime import timedelta

import simcord
import sqlalchemy as sa

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.settings import Settings
from bot.storage import tables
from bot.storage.engine import open_database
from tests.cogs.clubs import found_club, now
from tests.cogs.conftest import PATIENCE, Club
from tests.cogs.test_boards import shown
from tests.cogs.test_schedule import news, stamp


async def planned_with_older_clocks(settings: Settings) -> None:
    async with open_database(settings.database_url) as database, database.write() as conn:
        await conn.execute(sa.update(tables.club).values(zones="2025b"))
        for row in (await conn.execute(sa.select(tables.session))).all():
            await conn.execute(
                sa.update(tables.session)
                .where(tables.session.c.id == row.id)
                .values(starts_at=row.starts_at + timedelta(hours=1))
            )


async def test_a_start_tells_what_was_left_to_tell_and_what_newer_clocks_move(
    settings: Settings,
) -> None:
    async with open_bot(settings) as first:
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, first)
        # Made, and the process ends before a word of it was said.
        made = await found_club(club)
        await planned_with_older_clocks(settings)
        async with open_bot(settings) as second:
            await env.restart_bot(second)
            club.bot = second
            await env.advance_time(60)
            told, moved = sorted(news(club), key=lambda m: "clocks" in shown(m))
            assert "A new club" in shown(told)
            coming = made.next_session(now(club))
            assert coming is not None
            was = coming.starts + timedelta(hours=1)
            assert f"{stamp(was)} is now {stamp(coming.starts)}" in shown(moved)
            await env.advance_time(3600)
            assert len(news(club)) == 2
            await env.shutdown()
