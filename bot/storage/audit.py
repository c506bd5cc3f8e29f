"""The audit trail: who did what for a server. Never what members wrote."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.trail import TrailLine
from bot.storage.tables import audit, member


async def record(
    conn: AsyncConnection,
    guild_id: int,
    actor_id: int,
    action: str,
    subject: str,
    now: datetime,
    *,
    member_id: int | None = None,
) -> int:
    """Adds a line: ``actor_id`` did ``action`` to ``subject`` ("note:12"), about a member.

    The line's id.
    """
    added = await conn.execute(
        sa.insert(audit).values(
            guild_id=guild_id,
            actor_id=actor_id,
            action=action,
            subject=subject,
            member_id=member_id,
            happened_at=now,
        )
    )
    assert added.inserted_primary_key is not None
    line_id: int = added.inserted_primary_key[0]
    return line_id


async def lines(
    conn: AsyncConnection, guild_id: int, before: int | None, limit: int
) -> tuple[TrailLine, ...]:
    """At most ``limit`` lines of the server's trail, newest first; those before a line's id."""
    found = _lines().where(audit.c.guild_id == guild_id).order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        found = found.where(audit.c.id < before)
    return tuple(TrailLine(**row) for row in (await conn.execute(found)).mappings())


async def first_after(
    conn: AsyncConnection,
    guild_id: int,
    line_id: int,
    steps: Collection[tuple[str, Collection[str]]],
) -> TrailLine | None:
    """The first line after this one that does one of ``steps``: subjects with actions each."""
    found = await conn.execute(
        _lines()
        .where(audit.c.guild_id == guild_id, audit.c.id > line_id, _does(steps))
        .order_by(audit.c.id)
        .limit(1)
    )
    row = found.mappings().one_or_none()
    return None if row is None else TrailLine(**row)


async def last_line(
    conn: AsyncConnection, guild_id: int, steps: Collection[tuple[str, Collection[str]]]
) -> tuple[int, str] | None:
    """The newest line that does one of ``steps``: its id and its action."""
    found = await conn.execute(
        sa.select(audit.c.id, audit.c.action)
        .where(audit.c.guild_id == guild_id, _does(steps))
        .order_by(audit.c.id.desc())
        .limit(1)
    )
    row = found.one_or_none()
    return None if row is None else (row.id, row.action)


def _does(steps: Collection[tuple[str, Collection[str]]]) -> sa.ColumnElement[bool]:
    wanted = [
        sa.and_(audit.c.subject == subject, audit.c.action.in_(list(actions)))
        for subject, actions in steps
    ]
    return sa.or_(sa.false(), *wanted)


def _lines() -> sa.Select[Any]:
    actor, about = member.alias("actor"), member.alias("about")
    return sa.select(
        audit.c.id,
        actor.c.display_name.label("actor"),
        audit.c.action,
        audit.c.subject,
        about.c.display_name.label("member"),
        audit.c.happened_at,
    ).select_from(
        audit.outerjoin(
            actor,
            sa.and_(actor.c.guild_id == audit.c.guild_id, actor.c.user_id == audit.c.actor_id),
        ).outerjoin(
            about,
            sa.and_(about.c.guild_id == audit.c.guild_id, about.c.user_id == audit.c.member_id),
        )
    )
