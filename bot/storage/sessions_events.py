"""The native events that mirror sessions, as far as Discord has confirmed them."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_sessions import SessionStatus
from bot.domain.event_answers import EventTrouble
from bot.storage.statements import insert
from bot.storage.tables import club, guild, session, session_card, session_event


async def known_events(conn: AsyncConnection, guild_id: int) -> Mapping[str, int]:
    """The events of the server: Discord's id of each, by its tag."""
    rows = await conn.execute(
        sa.select(session_event.c.tag, session_event.c.event_id)
        .where(session_event.c.guild_id == guild_id)
        .order_by(session_event.c.session_id)
    )
    return {row.tag: row.event_id for row in rows}


async def interest(conn: AsyncConnection, guild_id: int) -> Mapping[str, int | None]:
    """How many were interested in each event of the server when it was last looked at, by tag."""
    rows = await conn.execute(
        sa.select(session_event.c.tag, session_event.c.interested).where(
            session_event.c.guild_id == guild_id
        )
    )
    return {row.tag: row.interested for row in rows}


async def set_interest(conn: AsyncConnection, guild_id: int, tag: str, interested: int) -> None:
    """So many are interested in this event now."""
    await conn.execute(
        sa.update(session_event)
        .where(session_event.c.guild_id == guild_id, session_event.c.tag == tag)
        .values(interested=interested)
    )


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


async def guilds_with_events(conn: AsyncConnection, guild_id: int | None = None) -> tuple[int, ...]:
    """The servers the bot is in that have a live club or an event of ours; or whether one does."""
    has_club = sa.exists().where(club.c.guild_id == guild.c.guild_id, club.c.ended_at.is_(None))
    has_event = sa.exists().where(session_event.c.guild_id == guild.c.guild_id)
    found = sa.select(guild.c.guild_id).where(guild.c.left_at.is_(None), has_club | has_event)
    if guild_id is not None:
        found = found.where(guild.c.guild_id == guild_id)
    return tuple(await conn.scalars(found.order_by(guild.c.guild_id)))


async def set_events_trouble(
    conn: AsyncConnection, guild_id: int, trouble: EventTrouble | None
) -> bool:
    """Records what keeps the server's sessions from being events; whether it was news."""
    changed = await conn.execute(
        sa.update(guild)
        .where(guild.c.guild_id == guild_id, guild.c.events_trouble.is_distinct_from(trouble))
        .values(events_trouble=trouble)
    )
    return changed.rowcount == 1


async def events_trouble(conn: AsyncConnection, guild_id: int) -> EventTrouble | None:
    """What keeps the server's sessions from being events; None when nothing does."""
    found: EventTrouble | None = await conn.scalar(
        sa.select(guild.c.events_trouble).where(guild.c.guild_id == guild_id)
    )
    return found


async def forget_gone(conn: AsyncConnection, guild_id: int) -> None:
    """Removes the sessions that are gone and have neither event nor card left."""
    mirrored = sa.exists().where(
        session_event.c.guild_id == session.c.guild_id,
        session_event.c.session_id == session.c.id,
    )
    shown = sa.exists().where(
        session_card.c.guild_id == session.c.guild_id,
        session_card.c.session_id == session.c.id,
    )
    await conn.execute(
        sa.delete(session).where(
            session.c.guild_id == guild_id,
            session.c.status == SessionStatus.GONE,
            ~shown,
            ~mirrored,
        )
    )
