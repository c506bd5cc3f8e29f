"""The native events that mirror sessions: which there are, and which may be under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import insert
from bot.storage.tables import session_event

_COLUMNS = (
    session_event.c.session_id,
    session_event.c.tag,
    session_event.c.event_id,
    session_event.c.making_at,
    session_event.c.shown,
)


@dataclass(frozen=True, slots=True)
class MirroredEvent:
    """One session's event. Without ``event_id`` it is not known to exist; while ``making_at`` is
    set it may: it is to be looked for by its ``tag`` before another one is made.
    """

    session_id: int
    tag: str
    event_id: int | None = None
    making_at: datetime | None = None
    shown: str | None = None


async def mirrored_events(conn: AsyncConnection, guild_id: int) -> tuple[MirroredEvent, ...]:
    """Every event of the server, in the order of their sessions' ids."""
    rows = await conn.execute(
        sa.select(*_COLUMNS)
        .where(session_event.c.guild_id == guild_id)
        .order_by(session_event.c.session_id)
    )
    return tuple(MirroredEvent(*row) for row in rows)


async def mirrored_event(
    conn: AsyncConnection, guild_id: int, session_id: int
) -> MirroredEvent | None:
    """The event of one session; None when it was never to have one."""
    found = await conn.execute(
        sa.select(*_COLUMNS).where(
            session_event.c.guild_id == guild_id, session_event.c.session_id == session_id
        )
    )
    row = found.one_or_none()
    return None if row is None else MirroredEvent(*row)


async def record_making(
    conn: AsyncConnection, guild_id: int, session_id: int, tag: str, now: datetime
) -> None:
    """The event is about to be made: commit this before Discord is asked.

    The moment of the first attempt stays, and so does the tag: both find what may be there.
    """
    new = insert(conn, session_event).values(
        guild_id=guild_id, session_id=session_id, tag=tag, making_at=now, changed_at=now
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[session_event.c.guild_id, session_event.c.session_id],
            set_={
                "making_at": sa.func.coalesce(session_event.c.making_at, new.excluded.making_at),
                "changed_at": new.excluded.changed_at,
            },
            where=session_event.c.event_id.is_(None),
        )
    )


async def settle_event(
    conn: AsyncConnection,
    guild_id: int,
    session_id: int,
    event_id: int | None,
    shown: str | None,
    now: datetime,
) -> None:
    """The event stands and shows this; with None there surely is none."""
    await conn.execute(
        sa.update(session_event)
        .where(session_event.c.guild_id == guild_id, session_event.c.session_id == session_id)
        .values(event_id=event_id, shown=shown, making_at=None, changed_at=now)
    )


async def forget_event(conn: AsyncConnection, guild_id: int, session_id: int) -> None:
    """The session has no event any more and is to have none."""
    await conn.execute(
        sa.delete(session_event).where(
            session_event.c.guild_id == guild_id, session_event.c.session_id == session_id
        )
    )
