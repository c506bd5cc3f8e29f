"""Which servers the bot is in: noticed when it joins, leaves, or comes back after being offline."""

from __future__ import annotations

from collections.abc import Collection

from bot.services.clock import Clock
from bot.storage import guilds
from bot.storage.engine import Database


class Guilds:
    """The servers the bot knows. Leaving deletes nothing by itself."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def joined(self, guild_id: int) -> None:
        """Remember a server the bot is in now."""
        async with self._database.write() as conn:
            await guilds.record_joined(conn, guild_id, self._clock())

    async def left(self, guild_id: int) -> None:
        """Remember since when the bot is no longer there."""
        async with self._database.write() as conn:
            await guilds.record_left(conn, guild_id, self._clock())

    async def present(self, guild_ids: Collection[int]) -> None:
        """Compare with the servers Discord says the bot is in: what was missed while offline."""
        async with self._database.write() as conn:
            known = await guilds.present_guilds(conn)
            now = self._clock()
            for guild_id in sorted(set(guild_ids) - known):
                await guilds.record_joined(conn, guild_id, now)
            for guild_id in sorted(known - set(guild_ids)):
                await guilds.record_left(conn, guild_id, now)
