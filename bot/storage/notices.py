"""What members are still to be told privately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members import DmConsent
from bot.domain.notices import Addressed, Notice, NoticeKind
from bot.domain.personal_reminders import NO_CLUB, NOTICE_KEY
from bot.domain.reminders import DeliveryState, Reason
from bot.storage.tables import delivery, member, notice

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
_OUT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.STALE)


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
    )
    await conn.execute(gone.where(notice.c.kind.in_(kinds)) if kinds else gone)


async def forget_kinds(
    conn: AsyncConnection, guild_id: int, user_id: int, kinds: Sequence[NoticeKind]
) -> None:
    """A member need not be told of these any more."""
    await conn.execute(
        sa.delete(notice).where(
            notice.c.guild_id == guild_id,
            notice.c.user_id == user_id,
            notice.c.kind.in_(list(kinds)),
        )
    )


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


async def members_with_notices(conn: AsyncConnection) -> set[tuple[int, int]]:
    """Server and member of everybody who is still to be told something."""
    rows = await conn.execute(sa.select(notice.c.guild_id, notice.c.user_id).distinct())
    return {(row.guild_id, row.user_id) for row in rows}


async def addressed(conn: AsyncConnection, guild_id: int, notice_id: int) -> Addressed | None:
    """One notice with what it takes to deliver it; None when it is gone."""
    found = await conn.execute(
        _addressed().where(notice.c.guild_id == guild_id, notice.c.id == notice_id)
    )
    row = found.mappings().one_or_none()
    return None if row is None else _read(row)


async def addressed_to(
    conn: AsyncConnection, guild_id: int, user_id: int, now: datetime
) -> tuple[Addressed, ...]:
    """What one member is still to be told, oldest first, without what is of no use any more."""
    found = await conn.execute(
        _addressed()
        .where(
            notice.c.guild_id == guild_id,
            notice.c.user_id == user_id,
            sa.or_(notice.c.expires_at.is_(None), notice.c.expires_at > now),
        )
        .order_by(notice.c.id)
    )
    return tuple(_read(row) for row in found.mappings())


async def remove_notice(conn: AsyncConnection, guild_id: int, notice_id: int) -> None:
    """It was told, or is of no use any more."""
    await conn.execute(
        sa.delete(notice).where(notice.c.guild_id == guild_id, notice.c.id == notice_id)
    )


async def remove_notices(
    conn: AsyncConnection, guild_id: int, user_id: int, notice_ids: Sequence[int]
) -> None:
    """The member was told these."""
    await conn.execute(
        sa.delete(notice).where(
            notice.c.guild_id == guild_id,
            notice.c.user_id == user_id,
            notice.c.id.in_(list(notice_ids)),
        )
    )


def _addressed() -> sa.Select[Any]:
    other = member.alias("other")
    return (
        sa.select(
            *_COLUMNS,
            sa.and_(
                member.c.dm == DmConsent.YES,
                member.c.departed_at.is_(None),
                member.c.dm_closed_at.is_(None),
            ).label("by_dm"),
            _under_way().label("under_way"),
            other.c.display_name.label("other_name"),
        )
        .join(
            member,
            sa.and_(member.c.guild_id == notice.c.guild_id, member.c.user_id == notice.c.user_id),
        )
        .outerjoin(
            other,
            sa.and_(other.c.guild_id == notice.c.guild_id, other.c.user_id == notice.c.other_id),
        )
    )


def _under_way() -> sa.ColumnElement[bool]:
    """Whether the ledger has sent it, or may have: alone, or along with something else."""
    key = sa.literal(NOTICE_KEY).concat(sa.cast(notice.c.id, sa.Text))
    return sa.exists().where(
        delivery.c.guild_id == notice.c.guild_id,
        delivery.c.club_id == NO_CLUB,
        delivery.c.key == key,
        delivery.c.reader == notice.c.user_id,
        sa.or_(delivery.c.state.in_(_OUT), delivery.c.reason == Reason.MERGED),
    )


def _read(row: sa.RowMapping) -> Addressed:
    found = Notice(**{column.name: row[column.name] for column in _COLUMNS})
    named = found.other_id is not None and row["other_name"] is not None
    names = {found.other_id: row["other_name"]} if named and found.other_id else {}
    return Addressed(found, names, bool(row["by_dm"]), bool(row["under_way"]))
