"""The native events that mirror sessions, as far as Discord has confirmed them."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import insert
from bot.storage.tables import session_event


async def known_events(conn: AsyncConnection, guild_id: int) -> Mapping[str, int]:
    """The events of the server: Discord's id of each, by its tag."""
    rows = await conn.execute(
        sa.select(session_event.c.tag, session_event.c.event_id)
        .where(session_event.c.guild_id == guild_id)
        .order_by(session_event.c.session_id)
    )
    return {row.tag: row.event_id for row in rows}


async def event_of(conn: AsyncConnection, guild_id: int, session_id: int) -> int | None:
    """Discord's id of a session's event; None without one."""
    event_id: int | None = await conn.scalar(
        sa.select(session_event.c.event_id).where(
            session_event.c.guild_id == guild_id, session_event.c.session_id == session_id
        )
    )
    return event_id


async def record_event(
    conn: AsyncConnection, guild_id: int, session_id: int, tag: str, event_id: int
) -> None:
    """The session is mirrored by this event, in place of one before."""
    new = insert(conn, session_event).values(
        guild_id=guild_id, session_id=session_id, tag=tag, event_id=event_id
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[session_event.c.guild_id, session_event.c.session_id],
            set_={"tag": new.excluded.tag, "event_id": new.excluded.event_id},
        )
    )


async def forget_event(conn: AsyncConnection, guild_id: int, tag: str) -> None:
    """There is no event with this tag any more."""
    await conn.execute(
        sa.delete(session_event).where(
            session_event.c.guild_id == guild_id, session_event.c.tag == tag
        )
    )
