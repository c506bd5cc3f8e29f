"""What the eight have read before the demo begins, so that cards show a lived-in server."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.client import ClubBot
from bot.demo.world import World
from bot.domain.catalogue import Catalogue
from bot.domain.progress import Depth
from bot.storage import guilds, readings
from bot.storage.engine import open_database

# theory, member, depth in its first primary paper, days before the start
_READ = (
    ("circuits", "Amara", Depth.UNDERSTOOD, 40),
    ("circuits", "Diego", Depth.UNDERSTOOD, 38),
    ("circuits", "Fatima", Depth.READ, 30),
    ("circuits", "Ingrid", Depth.ALMOST, 27),
    ("circuits", "Kofi", Depth.READ, 21),
    ("circuits", "Priya", Depth.READ, 9),
    ("circuits", "Tomás", Depth.READING, 2),
    ("transformer-circuits", "Amara", Depth.ALMOST, 25),
    ("transformer-circuits", "Diego", Depth.READ, 24),
    ("transformer-circuits", "Ingrid", Depth.UNDERSTOOD, 20),
    ("transformer-circuits", "Kofi", Depth.READ, 12),
    ("transformer-circuits", "Mei", Depth.READ, 8),
    ("transformer-circuits", "Priya", Depth.SIGNED_UP, 3),
    ("spline", "Kofi", Depth.READ, 5),
    ("spline", "Mei", Depth.ALMOST, 4),
    ("spline", "Ingrid", Depth.SIGNED_UP, 1),
    ("pdlt", "Fatima", Depth.READ, 14),
)


async def prepare_example(bot: ClubBot, url: str, world: World) -> None:
    """Make the bot's database fit the example server, before the bot sees either.

    A new database gets the example's readings; one kept from an earlier demo stays as it is. The
    simulated Discord begins empty each time, so the bot must register its commands again.
    """
    async with open_database(url) as database, database.write() as conn:
        if world.guild.id not in await guilds.present_guilds(conn):
            await _store_readings(conn, bot.services.lookup.catalogue, world)
    await bot.services.registration.record(None)


async def _store_readings(conn: AsyncConnection, catalogue: Catalogue, world: World) -> None:
    now = world.env.now()
    await guilds.record_joined(conn, world.guild.id, now - timedelta(days=60))
    for slug, name, depth, days_ago in _READ:
        theory = catalogue.get(slug)
        if theory is None or not theory.primary_papers:
            continue  # the catalogue is the operator's to change; the demo need not end over it
        await readings.record_depth(
            conn,
            world.guild.id,
            world.member(name).id,
            name,
            theory.primary_papers[0].id,
            depth,
            now - timedelta(days=days_ago),
        )
