"""What members are still to be told privately."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notices import Notice, NoticeKind
from bot.storage.tables import notice

_COLUMNS = (
    notice.c.id,
    notice.c.guild_id,
    notice.c.user_id,
    notice.c.kind,
    notice.c.paper_id,
    notice.c.signup_id,
    notice.c.other_id,
    notice.c.detail,
    notice.c.created_at,
    notice.c.expires_at,
)


async def add_notice(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    kind: NoticeKind,
    now: datetime,
    *,
    paper_id: str | None = None,
    signup_id: int | None = None,
    other_id: int | None = None,
    detail: str | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Adds a notice for a member and returns its id."""
    added: int = (
        await conn.execute(
            sa.insert(notice)
            .values(
                guild_id=guild_id,
                user_id=user_id,
                kind=kind,
                paper_id=paper_id,
                signup_id=signup_id,
                other_id=other_id,
                detail=detail,
                created_at=now,
                expires_at=expires_at,
            )
            .returning(notice.c.id)
        )
    ).scalar_one()
    return added


async def withdraw_notices(
    conn: AsyncConnection, guild_id: int, signup_id: int, *kinds: NoticeKind
) -> None:
    """Forgets what was still to be said of a sign-up (of these kinds, or of any)."""
    gone = sa.delete(notice).where(
        notice.c.guild_id == guild_id,
        notice.c.signup_id == signup_id,
        notice.c.sending_at.is_(None),
    )
    await conn.execute(gone.where(notice.c.kind.in_(kinds)) if kinds else gone)


async def notice_with(conn: AsyncConnection, guild_id: int, notice_id: int) -> Notice | None:
    """One notice; None when it is gone."""
    found = await conn.execute(
        sa.select(*_COLUMNS).where(notice.c.guild_id == guild_id, notice.c.id == notice_id)
    )
    row = found.mappings().one_or_none()
    return None if row is None else Notice(**row)


async def waiting_notices(
    conn: AsyncConnection, guild_id: int, user_id: int, now: datetime
) -> tuple[Notice, ...]:
    """What one member is still to be told, oldest first, without what is of no use any more."""
    rows = await conn.execute(
        sa.select(*_COLUMNS)
        .where(
            notice.c.guild_id == guild_id,
            notice.c.user_id == user_id,
            sa.or_(notice.c.expires_at.is_(None), notice.c.expires_at > now),
        )
        .order_by(notice.c.id)
    )
    return tuple(Notice(**row) for row in rows.mappings())
