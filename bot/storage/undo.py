"""Lines of the trail that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.undo import UndoStep
from bot.storage.tables import audit, undo_step


async def keep_step(
    conn: AsyncConnection, guild_id: int, line_id: int, before: str, until: datetime
) -> None:
    """The line can be taken back until then; ``before`` is what that needs."""
    await conn.execute(
        sa.insert(undo_step).values(guild_id=guild_id, line_id=line_id, before=before, until=until)
    )


async def step_of(conn: AsyncConnection, guild_id: int, line_id: int) -> UndoStep | None:
    """What is needed to take a line back; None for one that never could be, or could long ago."""
    found = await conn.execute(
        sa.select(
            undo_step.c.line_id,
            audit.c.action,
            audit.c.subject,
            undo_step.c.before,
            undo_step.c.until,
            undo_step.c.undone,
        )
        .join(audit, audit.c.id == undo_step.c.line_id)
        .where(
            undo_step.c.guild_id == guild_id,
            audit.c.guild_id == guild_id,
            undo_step.c.line_id == line_id,
        )
    )
    row = found.one_or_none()
    return None if row is None else UndoStep(*row)


async def line_of(
    conn: AsyncConnection, guild_id: int, actions: Iterable[str], before: str
) -> int | None:
    """The line that one of these actions left to be taken back with this ``before``."""
    found: int | None = await conn.scalar(
        sa.select(undo_step.c.line_id)
        .join(audit, audit.c.id == undo_step.c.line_id)
        .where(
            undo_step.c.guild_id == guild_id,
            audit.c.guild_id == guild_id,
            audit.c.action.in_(list(actions)),
            undo_step.c.before == before,
        )
        .order_by(undo_step.c.line_id.desc())
        .limit(1)
    )
    return found


async def mark_undone(conn: AsyncConnection, guild_id: int, line_id: int) -> None:
    """The line is taken back."""
    await conn.execute(
        sa.update(undo_step)
        .where(undo_step.c.guild_id == guild_id, undo_step.c.line_id == line_id)
        .values(undone=True)
    )


async def close_steps(
    conn: AsyncConnection, guild_id: int, actions: Iterable[str], before: str
) -> None:
    """Whatever one of these actions left to be taken back with this ``before`` is taken back."""
    lines = sa.select(audit.c.id).where(
        audit.c.guild_id == guild_id, audit.c.action.in_(list(actions))
    )
    await conn.execute(
        sa.update(undo_step)
        .where(
            undo_step.c.guild_id == guild_id,
            undo_step.c.before == before,
            undo_step.c.line_id.in_(lines),
        )
        .values(undone=True)
    )


async def open_steps(
    conn: AsyncConnection, guild_id: int, line_ids: Iterable[int], now: datetime
) -> frozenset[int]:
    """Those of the lines that can be taken back now."""
    found = await conn.scalars(
        sa.select(undo_step.c.line_id).where(
            undo_step.c.guild_id == guild_id,
            undo_step.c.line_id.in_(list(line_ids)),
            undo_step.c.until > now,
            undo_step.c.undone.is_(sa.false()),
        )
    )
    return frozenset(found)


async def forget_steps(conn: AsyncConnection, guild_id: int, until: datetime) -> None:
    """What could be taken back until then at the latest is forgotten."""
    await conn.execute(
        sa.delete(undo_step).where(undo_step.c.guild_id == guild_id, undo_step.c.until <= until)
    )
