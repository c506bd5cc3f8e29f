"""What a use case does, within its own transaction, for what shows the sessions of a server."""

from __future__ import annotations

from bot.domain.deadlines import DeadlineKind
from bot.services.card_steps import cards_changed
from bot.services.work import Unit
from bot.storage import sessions_events


async def events_changed(unit: Unit, guild_id: int) -> None:
    """What the server's scheduled events show or mirror has changed: they are put in step soon,
    and so are the cards of sessions, which show all that and more.
    """
    await unit.set_deadline(guild_id, DeadlineKind.NATIVE_EVENTS, guild_id, unit.now)
    await cards_changed(unit, guild_id)


async def names_changed(unit: Unit, guild_id: int) -> None:
    """Sessions name who presents, who comes and what is read: somebody has left, come back or been
    erased, or the server's catalogue was changed.

    Cards of sessions that were name them too where no club meets any more.
    """
    await cards_changed(unit, guild_id)
    if await sessions_events.guilds_with_events(unit.conn, guild_id):
        await events_changed(unit, guild_id)
