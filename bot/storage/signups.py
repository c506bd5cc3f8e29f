"""Sign-ups."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.signups import SignupState
from bot.storage.tables import signup


async def open_signup(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str
) -> int | None:
    """The id of the member's open sign-up for the paper; None without one."""
    found: int | None = await conn.scalar(
        sa.select(signup.c.id).where(
            signup.c.guild_id == guild_id,
            signup.c.user_id == user_id,
            signup.c.paper_id == paper_id,
            signup.c.state == SignupState.OPEN,
        )
    )
    return found


async def close_open(conn: AsyncConnection, guild_id: int, signup_id: int, now: datetime) -> None:
    """The paper is read: the open sign-up gives up its seat and slot, and is history."""
    await conn.execute(
        sa.update(signup)
        .where(
            signup.c.guild_id == guild_id,
            signup.c.id == signup_id,
            signup.c.state == SignupState.OPEN,
        )
        .values(state=SignupState.READ, seat=None, slot=None, closed_at=now)
    )
