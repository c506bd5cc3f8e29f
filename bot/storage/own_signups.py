"""One member's live sign-ups, as their own overview shows them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deadlines import DeadlineKind
from bot.domain.overview import OwnSignup
from bot.domain.signups import LIVE, SignupState
from bot.storage.tables import deadline, signup


async def live_signups(conn: AsyncConnection, guild_id: int, user_id: int) -> tuple[OwnSignup, ...]:
    """The member's sign-ups that are going on, oldest first."""
    offer = sa.and_(
        deadline.c.guild_id == signup.c.guild_id,
        deadline.c.kind == DeadlineKind.OFFER_EXPIRES,
        deadline.c.subject_id == signup.c.id,
    )
    rows = await conn.execute(
        sa.select(
            signup.c.id, signup.c.paper_id, signup.c.state, signup.c.due_at, deadline.c.due_at
        )
        .select_from(signup)
        .outerjoin(deadline, offer)
        .where(
            signup.c.guild_id == guild_id,
            signup.c.user_id == user_id,
            signup.c.state.in_(sorted(LIVE)),
        )
        .order_by(signup.c.id)
    )
    return tuple(OwnSignup(*row) for row in rows)


async def open_until(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str
) -> datetime | None:
    """When the member's open sign-up for the paper is due; None without one."""
    due: datetime | None = await conn.scalar(
        sa.select(signup.c.due_at).where(
            signup.c.guild_id == guild_id,
            signup.c.user_id == user_id,
            signup.c.paper_id == paper_id,
            signup.c.state == SignupState.OPEN,
        )
    )
    return due
