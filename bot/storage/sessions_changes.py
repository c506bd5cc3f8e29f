"""What differs about sessions: skipped, moved, or carried along when the rule was changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_sessions import SessionStatus
from bot.domain.schedule import Change, Moved, Skipped
from bot.storage.tables import session


async def record_change(
    conn: AsyncConnection,
    guild_id: int,
    session_id: int,
    change: Change | None,
    starts_at: datetime,
) -> None:
    """What differs about a session, None for nothing any more, and when it starts by that."""
    await conn.execute(
        sa.update(session)
        .where(session.c.guild_id == guild_id, session.c.id == session_id)
        .values(
            skipped=isinstance(change, Skipped),
            moved_to=change.to if isinstance(change, Moved) else None,
            starts_at=starts_at,
            version=session.c.version + 1,
        )
    )


async def record_shift(
    conn: AsyncConnection, guild_id: int, club_id: int, original: date, starts_at: datetime
) -> None:
    """The session starts at another instant, though nobody has moved it: the clocks did."""
    await conn.execute(
        sa.update(session)
        .where(
            session.c.guild_id == guild_id,
            session.c.club_id == club_id,
            session.c.original == original,
        )
        .values(starts_at=starts_at, version=session.c.version + 1)
    )


async def carry(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    carried: Mapping[date, date | None],
) -> None:
    """Gives sessions other original days, with all that hangs on them; None: it is gone.

    The days must keep their order. Those that go to an earlier day go first, the earliest of them
    first, the others after that, the latest first: so no day is taken when its turn comes.
    """
    for day in (day for day, to in carried.items() if to is None):
        await _set(conn, guild_id, club_id, day, None)
    moving = sorted((day, to) for day, to in carried.items() if to is not None and to != day)
    earlier = [(day, to) for day, to in moving if to < day]
    later = [(day, to) for day, to in reversed(moving) if to > day]
    for day, to in (*earlier, *later):
        await _set(conn, guild_id, club_id, day, to)


async def _set(
    conn: AsyncConnection, guild_id: int, club_id: int, day: date, to: date | None
) -> None:
    values: dict[str, object] = {"original": to}
    if to is None:
        values |= {"status": SessionStatus.GONE, "starts_at": None}
    await conn.execute(
        sa.update(session)
        .where(
            session.c.guild_id == guild_id,
            session.c.club_id == club_id,
            session.c.original == day,
        )
        .values(**values)
    )
