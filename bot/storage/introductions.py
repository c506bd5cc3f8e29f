"""Who asked to be introduced to whom, and what the other said."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.coverage import Introduction
from bot.storage.statements import insert
from bot.storage.tables import introduction, member

_COLUMNS = (
    introduction.c.id,
    introduction.c.user_id,
    introduction.c.asked_id,
    introduction.c.agreed,
)


async def ask(
    conn: AsyncConnection, guild_id: int, user_id: int, asked_id: int, now: datetime
) -> tuple[Introduction, bool]:
    """Records that a member asks to be introduced, once a pair; and whether that was news."""
    new = insert(conn, introduction).values(
        guild_id=guild_id, user_id=user_id, asked_id=asked_id, asked_at=now
    )
    key = (introduction.c.guild_id, introduction.c.user_id, introduction.c.asked_id)
    done = await conn.execute(new.on_conflict_do_nothing(index_elements=list(key)))
    found = await between(conn, guild_id, user_id, asked_id)
    assert found is not None
    return found, done.rowcount == 1


async def between(
    conn: AsyncConnection, guild_id: int, user_id: int, asked_id: int
) -> Introduction | None:
    """What ``user_id`` asked of ``asked_id``, in this direction."""
    return await _one(
        conn,
        introduction.c.guild_id == guild_id,
        introduction.c.user_id == user_id,
        introduction.c.asked_id == asked_id,
    )


async def asked_of(
    conn: AsyncConnection, guild_id: int, introduction_id: int, asked_id: int
) -> Introduction | None:
    """The introduction this member was asked about; None for anybody else's."""
    return await _one(
        conn,
        introduction.c.guild_id == guild_id,
        introduction.c.id == introduction_id,
        introduction.c.asked_id == asked_id,
    )


async def settle(
    conn: AsyncConnection, guild_id: int, introduction_id: int, *, agreed: bool
) -> None:
    """Records what the member said who was asked."""
    await conn.execute(
        sa.update(introduction)
        .where(introduction.c.guild_id == guild_id, introduction.c.id == introduction_id)
        .values(agreed=agreed)
    )


async def name_here(conn: AsyncConnection, guild_id: int, user_id: int) -> str | None:
    """The name a member was last seen with; None when they are unknown or have left."""
    name: str | None = await conn.scalar(
        sa.select(member.c.display_name).where(
            member.c.guild_id == guild_id,
            member.c.user_id == user_id,
            member.c.departed_at.is_(None),
        )
    )
    return name


async def _one(conn: AsyncConnection, *conditions: sa.ColumnElement[bool]) -> Introduction | None:
    row = (await conn.execute(sa.select(*_COLUMNS).where(*conditions))).one_or_none()
    return None if row is None else Introduction(*row)
