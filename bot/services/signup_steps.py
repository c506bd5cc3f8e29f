"""Steps of sign-ups that other use cases take within their own unit of work."""

from __future__ import annotations

from datetime import datetime

from bot.domain.deadlines import DeadlineKind
from bot.services.work import Unit
from bot.storage import pauses

_KINDS = (
    DeadlineKind.CHECK_IN_HALF_WAY,
    DeadlineKind.CHECK_IN_BEFORE_DUE,
    DeadlineKind.SIGNUP_OVERDUE,
    DeadlineKind.SIGNUP_EXPIRES,
    DeadlineKind.OFFER_EXPIRES,
)


async def pause(unit: Unit, guild_id: int, user_id: int) -> None:
    """The member is away or gone: open sign-ups wait for them, without a seat or a deadline."""
    for signup_id in await pauses.pause_signups(unit.conn, guild_id, user_id):
        await unit.clear_deadlines(guild_id, signup_id, *_KINDS)


async def resume(unit: Unit, guild_id: int, user_id: int, back_at: datetime) -> None:
    """The member is back: what was paused goes on."""
    await pauses.resume_signups(unit.conn, guild_id, user_id, back_at)


async def withdraw_all(unit: Unit, guild_id: int, user_id: int) -> None:
    """The member goes for good: every live sign-up is given back."""
    for signup_id in await pauses.give_back_all(unit.conn, guild_id, user_id, unit.now):
        await unit.clear_deadlines(guild_id, signup_id, *_KINDS)
