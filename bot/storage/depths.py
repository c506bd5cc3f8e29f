"""Changes of how well members know papers, each with its moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.progress import Depth
from bot.storage.statements import insert
from bot.storage.tables import depth_change, reading


async def depth_of(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str
) -> Depth | None:
    """How well the member knows the paper; None when they never took it up."""
    depth: Depth | None = await conn.scalar(
        sa.select(reading.c.depth).where(*_row(guild_id, user_id, paper_id))
    )
    return depth


async def set_depth(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    paper_id: str,
    depth: Depth,
    now: datetime,
) -> bool:
    """Sets how well a member knows a paper, deeper or shallower; whether that was a change.

    The member must have a row. An unchanged depth leaves the history, and the date, alone.
    """
    if await depth_of(conn, guild_id, user_id, paper_id) == depth:
        return False
    new = insert(conn, reading).values(
        guild_id=guild_id, user_id=user_id, paper_id=paper_id, depth=depth, updated_at=now
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[reading.c.guild_id, reading.c.user_id, reading.c.paper_id],
            set_={"depth": new.excluded.depth, "updated_at": new.excluded.updated_at},
        )
    )
    await _record(conn, guild_id, user_id, paper_id, depth, now)
    return True


async def take_up(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str, now: datetime
) -> None:
    """The member signed up for the paper; a deeper knowledge of it stays as it is."""
    if await depth_of(conn, guild_id, user_id, paper_id) is None:
        await set_depth(conn, guild_id, user_id, paper_id, Depth.SIGNED_UP, now)


async def take_up_all(
    conn: AsyncConnection, guild_id: int, pairs: Iterable[tuple[int, str]], now: datetime
) -> None:
    """As ``take_up`` for many at once: members and their papers."""
    wanted = set(pairs)
    known = await conn.execute(
        sa.select(reading.c.user_id, reading.c.paper_id).where(
            reading.c.guild_id == guild_id,
            reading.c.paper_id.in_(sorted({paper_id for _, paper_id in wanted})),
        )
    )
    new = sorted(wanted - {(row.user_id, row.paper_id) for row in known})
    if not new:
        return
    rows = [{"guild_id": guild_id, "user_id": u, "paper_id": p} for u, p in new]
    begun = {"depth": Depth.SIGNED_UP}
    await conn.execute(sa.insert(reading), [row | begun | {"updated_at": now} for row in rows])
    await conn.execute(sa.insert(depth_change), [row | begun | {"changed_at": now} for row in rows])


async def give_up(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str, now: datetime
) -> None:
    """The member gave the sign-up back: one who has not begun never took the paper up."""
    gone = await conn.execute(
        sa.delete(reading).where(
            *_row(guild_id, user_id, paper_id), reading.c.depth == Depth.SIGNED_UP
        )
    )
    if gone.rowcount:
        await _record(conn, guild_id, user_id, paper_id, None, now)


async def take_back(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str, now: datetime
) -> bool:
    """The member never read the paper after all: it goes with its sections; whether it was there.

    The history keeps that it was there, and from when on it was not.
    """
    gone = await conn.execute(sa.delete(reading).where(*_row(guild_id, user_id, paper_id)))
    if gone.rowcount:
        await _record(conn, guild_id, user_id, paper_id, None, now)
    return bool(gone.rowcount)


async def _record(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    paper_id: str,
    depth: Depth | None,
    now: datetime,
) -> None:
    await conn.execute(
        sa.insert(depth_change).values(
            guild_id=guild_id, user_id=user_id, paper_id=paper_id, depth=depth, changed_at=now
        )
    )


def _row(guild_id: int, user_id: int, paper_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        reading.c.guild_id == guild_id,
        reading.c.user_id == user_id,
        reading.c.paper_id == paper_id,
    )
