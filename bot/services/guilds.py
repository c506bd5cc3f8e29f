"""Which servers the bot is in: noticed when it joins, leaves, or comes back after being offline."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import timedelta

from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.privacy import GUILD_KEPT
from bot.services.reminder_steps import guild_joined, guild_left
from bot.services.work import Unit, Work
from bot.storage import erasure, guilds
from bot.storage.remains import Remains

log = logging.getLogger(__name__)

# How long an erasure waits for Discord to say which servers the bot is in.
_UNTIL_COMPARED = timedelta(minutes=5)


class Guilds:
    """The servers the bot knows. One that removed the bot is erased after a while."""

    def __init__(self, work: Work, remains: Remains, forget: Callable[[int], None]) -> None:
        """``forget`` drops what is kept in memory of a server that was erased."""
        self._work = work
        self._remains = remains
        self._forget = forget
        # Until then a server may be one that asked the bot back while it was offline.
        self._compared = False

    async def joined(self, guild_id: int) -> None:
        """Remember a server the bot is in now."""
        async with self._work.write() as unit:
            await self._join(unit, guild_id)

    async def left(self, guild_id: int) -> None:
        """Remember since when the bot is no longer there."""
        async with self._work.write() as unit:
            await self._leave(unit, guild_id)
            await self._set_erasures(unit)

    async def present(self, guild_ids: Collection[int]) -> None:
        """Compare with the servers Discord says the bot is in: what was missed while offline."""
        async with self._work.write() as unit:
            known = await guilds.present_guilds(unit.conn)
            for guild_id in sorted(set(guild_ids) - known):
                await self._join(unit, guild_id)
            for guild_id in sorted(known - set(guild_ids)):
                await self._leave(unit, guild_id)
            await self._set_erasures(unit)
        self._compared = True

    async def on_deadline(self, unit: Unit, deadline: Deadline) -> None:
        """A server removed the bot long ago: everything of it goes."""
        guild_id = deadline.guild_id
        if not self._compared:
            again = unit.now + _UNTIL_COMPARED
            await unit.set_deadline(guild_id, deadline.kind, deadline.subject_id, again)
            return
        if await erasure.erase_left_guild(unit.conn, guild_id, unit.now - GUILD_KEPT):
            await self._remains.remember_guild(guild_id, unit.now)
            now = unit.now

            async def forget() -> None:
                self._forget(guild_id)

            unit.after_commit(forget)
            unit.after_commit(self._remains.clear_away)
            unit.after_commit(lambda: self._remains.drop_old(now))
            log.info("Server %s, which the bot has left, was erased", guild_id)

    async def _join(self, unit: Unit, guild_id: int) -> None:
        await guilds.record_joined(unit.conn, guild_id, unit.now)
        await unit.clear_deadlines(guild_id, guild_id, DeadlineKind.GUILD_ERASURE)

        await guild_joined(unit, guild_id)

    async def _leave(self, unit: Unit, guild_id: int) -> None:
        await guilds.record_left(unit.conn, guild_id, unit.now)
        await guild_left(unit, guild_id)

    async def _set_erasures(self, unit: Unit) -> None:
        for guild_id, left_at in (await guilds.left_guilds(unit.conn)).items():
            due = left_at + GUILD_KEPT
            await unit.set_deadline(guild_id, DeadlineKind.GUILD_ERASURE, guild_id, due)
