"""What is due, and when: rows that one alarm works off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deadlines import Deadline, DeadlineKind
from bot.storage.statements import insert
from bot.storage.tables import deadline

_COLUMNS = (
    deadline.c.id,
    deadline.c.guild_id,
    deadline.c.kind,
    deadline.c.subject_id,
    deadline.c.due_at,
)


async def set_deadline(
    conn: AsyncConnection, guild_id: int, kind: DeadlineKind, subject_id: int, due_at: datetime
) -> None:
    """Sets when this is due, in place of what was set for the same subject before."""
    new = insert(conn, deadline).values(
        guild_id=guild_id, kind=kind, subject_id=subject_id, due_at=due_at
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[deadline.c.guild_id, deadline.c.kind, deadline.c.subject_id],
            set_={"due_at": new.excluded.due_at},
        )
    )


async def set_deadlines(
    conn: AsyncConnection, guild_id: int, due: Iterable[tuple[DeadlineKind, int, datetime]]
) -> None:
    """As ``set_deadline`` for many at once: kind, subject and when."""
    rows = [
        {"guild_id": guild_id, "kind": kind, "subject_id": subject_id, "due_at": due_at}
        for kind, subject_id, due_at in due
    ]
    if rows:
        new = insert(conn, deadline)
        await conn.execute(
            new.on_conflict_do_update(
                index_elements=[deadline.c.guild_id, deadline.c.kind, deadline.c.subject_id],
                set_={"due_at": new.excluded.due_at},
            ),
            rows,
        )


async def clear_deadlines(
    conn: AsyncConnection, guild_id: int, subject_id: int, kinds: Iterable[DeadlineKind]
) -> None:
    """Nothing of these kinds is due for the subject any more."""
    await conn.execute(
        sa.delete(deadline).where(
            deadline.c.guild_id == guild_id,
            deadline.c.subject_id == subject_id,
            deadline.c.kind.in_(list(kinds)),
        )
    )


async def due_deadlines(conn: AsyncConnection, now: datetime, limit: int) -> tuple[Deadline, ...]:
    """What is due by ``now`` in all servers, the longest due first, at most ``limit``."""
    rows = await conn.execute(
        sa.select(*_COLUMNS)
        .where(deadline.c.due_at <= now)
        .order_by(deadline.c.due_at, deadline.c.id)
        .limit(limit)
    )
    return tuple(Deadline(*row) for row in rows)


async def take_deadline(conn: AsyncConnection, found: Deadline) -> bool:
    """Removes a deadline that is being met; False when it was moved or met meanwhile."""
    taken = await conn.execute(
        sa.delete(deadline).where(
            deadline.c.id == found.id,
            deadline.c.guild_id == found.guild_id,
            deadline.c.due_at == found.due_at,
        )
    )
    return taken.rowcount == 1


async def next_due(conn: AsyncConnection) -> datetime | None:
    """When something is due next in any server; None when nothing is."""
    due: datetime | None = await conn.scalar(sa.select(sa.func.min(deadline.c.due_at)))
    return due
