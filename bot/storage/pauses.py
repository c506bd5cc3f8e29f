"""Sign-ups that stop while their member is not there, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.signups import LIVE, TIME_TO_READ, SignupState
from bot.storage.tables import signup


async def pause_signups(conn: AsyncConnection, guild_id: int, user_id: int) -> tuple[int, ...]:
    """Open sign-ups give up seat and slot until they are resumed; returns their ids."""
    return await _become(
        conn, guild_id, user_id, (SignupState.OPEN,), state=SignupState.PAUSED, seat=None, slot=None
    )


async def resume_signups(
    conn: AsyncConnection, guild_id: int, user_id: int, back_at: datetime
) -> None:
    """Paused sign-ups go on, without a seat, in the lowest slots that are free."""
    rows = await conn.execute(
        sa.select(signup.c.id, signup.c.slot, signup.c.state)
        .where(
            signup.c.guild_id == guild_id,
            signup.c.user_id == user_id,
            signup.c.state.in_([SignupState.OPEN, SignupState.PAUSED]),
        )
        .order_by(signup.c.id)
    )
    found = rows.all()
    taken = {row.slot for row in found}
    free = (number for number in range(1, 21) if number not in taken)
    for row in found:
        if row.state is SignupState.PAUSED:
            await conn.execute(
                sa.update(signup)
                .where(signup.c.guild_id == guild_id, signup.c.id == row.id)
                .values(
                    state=SignupState.OPEN,
                    slot=next(free),
                    shared_at=back_at,
                    due_at=back_at + TIME_TO_READ,
                )
            )


async def give_back_all(
    conn: AsyncConnection, guild_id: int, user_id: int, now: datetime
) -> tuple[int, ...]:
    """Closes every live sign-up of a member; returns their ids."""
    return await _become(
        conn, guild_id, user_id, LIVE,
        state=SignupState.GIVEN_BACK, seat=None, slot=None, closed_at=now,
    )  # fmt: skip


async def _become(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    states: Iterable[SignupState],
    **values: object,
) -> tuple[int, ...]:
    rows = await conn.scalars(
        sa.update(signup)
        .where(
            signup.c.guild_id == guild_id,
            signup.c.user_id == user_id,
            signup.c.state.in_(sorted(states)),
        )
        .values(**values)
        .returning(signup.c.id)
    )
    return tuple(rows)
