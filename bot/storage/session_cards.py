"""The messages that show sessions: which they are, and what they show."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_sessions import PostedCard
from bot.storage.statements import insert
from bot.storage.tables import session, session_card


async def note_card(
    conn: AsyncConnection,
    guild_id: int,
    session_id: int,
    channel_id: int,
    message_id: int,
    shown: str,
    now: datetime,
) -> None:
    """The session is shown by that message now, as ``shown`` digests it."""
    new = insert(conn, session_card).values(
        guild_id=guild_id,
        session_id=session_id,
        channel_id=channel_id,
        message_id=message_id,
        shown=shown,
        edited_at=now,
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[session_card.c.guild_id, session_card.c.message_id],
            set_={
                "session_id": new.excluded.session_id,
                "shown": new.excluded.shown,
                "edited_at": new.excluded.edited_at,
            },
        )
    )


async def cards_of(conn: AsyncConnection, guild_id: int, session_id: int) -> tuple[PostedCard, ...]:
    """The messages that show a session, the newest first."""
    found = (
        sa.select(
            session_card.c.id,
            session_card.c.guild_id,
            session_card.c.channel_id,
            session_card.c.message_id,
            session_card.c.shown,
        )
        .where(session_card.c.guild_id == guild_id, session_card.c.session_id == session_id)
        .order_by(session_card.c.id.desc())
    )
    return tuple(PostedCard(**row) for row in (await conn.execute(found)).mappings())


async def record_shown(
    conn: AsyncConnection, guild_id: int, card_id: int, shown: str | None, now: datetime
) -> None:
    """The message shows this now."""
    await conn.execute(
        sa.update(session_card)
        .where(session_card.c.guild_id == guild_id, session_card.c.id == card_id)
        .values(shown=shown, edited_at=now)
    )


async def forget_card(conn: AsyncConnection, guild_id: int, card_id: int) -> None:
    """The message is gone, or out of reach."""
    await conn.execute(
        sa.delete(session_card).where(
            session_card.c.guild_id == guild_id, session_card.c.id == card_id
        )
    )


async def edit_times(
    conn: AsyncConnection, guild_id: int, since: datetime, session_id: int | None = None
) -> tuple[tuple[int, datetime], ...]:
    """The sessions from ``since`` on that are shown somewhere, or whenever it is that one, and
    when they were last edited there.
    """
    if session_id is not None:
        return await _edited(conn, guild_id, session_card.c.session_id == session_id)
    # One whose rule is gone has no time any more: what shows it is to be taken down.
    late = sa.or_(session.c.starts_at >= since, session.c.starts_at.is_(None))
    return await _edited(conn, guild_id, session_card.c.session_id.in_(_sessions(guild_id, late)))


async def forget_shown(
    conn: AsyncConnection, guild_id: int, user_id: int, since: datetime
) -> tuple[tuple[int, datetime], ...]:
    """Nobody knows what those cards show that may name the member, so that each is edited.

    They are those of the sessions they present, and of all from ``since`` on. The sessions, with
    the moment at which each was last edited.
    """
    named = sa.or_(session.c.presenter_id == user_id, session.c.starts_at >= since)
    shown = session_card.c.session_id.in_(_sessions(guild_id, named))
    await conn.execute(
        sa.update(session_card).where(session_card.c.guild_id == guild_id, shown).values(shown=None)
    )
    return await _edited(conn, guild_id, shown)


def _sessions(guild_id: int, *which: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    return sa.select(session.c.id).where(session.c.guild_id == guild_id, *which)


async def _edited(
    conn: AsyncConnection, guild_id: int, which: sa.ColumnElement[bool]
) -> tuple[tuple[int, datetime], ...]:
    found = (
        sa.select(session_card.c.session_id, sa.func.max(session_card.c.edited_at).label("at"))
        .where(session_card.c.guild_id == guild_id, which)
        .group_by(session_card.c.session_id)
    )
    return tuple((row.session_id, row.at) for row in await conn.execute(found))
