"""What a use case does, within its own transaction, for the scheduled events of a server."""

from __future__ import annotations

from bot.domain.deadlines import DeadlineKind
from bot.services.work import Unit


async def events_changed(unit: Unit, guild_id: int) -> None:
    """What the server's scheduled events show or mirror has changed: they are put in step soon."""
    await unit.set_deadline(guild_id, DeadlineKind.NATIVE_EVENTS, guild_id, unit.now)
