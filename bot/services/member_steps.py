"""Steps of membership that other use cases take within their own unit of work."""

from __future__ import annotations

from bot.services import event_steps, presenting_steps, round_steps, signup_steps
from bot.services.work import Unit
from bot.storage import members


async def departed(unit: Unit, guild_id: int, user_id: int) -> None:
    """Discord says that the member has left the server: their sign-ups pause, and somebody else is
    asked to present.

    For whoever needs a member and is told there is none (10007). Somebody unknown, or known to
    have left, changes nothing.
    """
    if await members.set_departed(unit.conn, guild_id, user_id, unit.now):
        await signup_steps.pause(unit, guild_id, user_id)
        await presenting_steps.make_room(unit, guild_id, user_id)
        await round_steps.names_changed(unit, guild_id)
        await event_steps.names_changed(unit, guild_id)


async def returned(unit: Unit, guild_id: int, user_id: int) -> None:
    """A member who had left acts again: their sign-ups go on, unless they are away."""
    await members.clear_departed(unit.conn, guild_id, user_id)
    await resume_if_here(unit, guild_id, user_id)
    await round_steps.names_changed(unit, guild_id)
    await event_steps.names_changed(unit, guild_id)


async def resume_if_here(unit: Unit, guild_id: int, user_id: int) -> None:
    """What is paused goes on when nothing keeps the member away any more."""
    presence = await members.presence_of(unit.conn, guild_id, user_id)
    if presence.is_here(unit.now):
        await signup_steps.resume(unit, guild_id, user_id)
