"""Whether Discord already has the commands as they are now: an unchanged start asks nothing."""

from __future__ import annotations

from bot.storage import deployment
from bot.storage.engine import Database


class CommandRegistration:
    """The fingerprint of the commands that were registered last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_current(self, fingerprint: str) -> bool:
        """Whether this very set was registered before."""
        async with self._database.read() as conn:
            return await deployment.command_fingerprint(conn) == fingerprint

    async def record(self, fingerprint: str | None) -> None:
        """Remember what Discord has accepted; None forgets, so that the next start registers."""
        async with self._database.write() as conn:
            await deployment.set_command_fingerprint(conn, fingerprint)
