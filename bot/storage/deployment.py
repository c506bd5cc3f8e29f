"""Which installation this database belongs to, and what it has told Discord."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import deployment

_ROW = 1


def founding(uuid: UUID, now: datetime) -> sa.Insert:
    """The statement that makes the row, in a database that has none."""
    return sa.insert(deployment).values(id=_ROW, uuid=str(uuid), created_at=now)


async def installation(conn: AsyncConnection) -> str:
    """The id of this installation, which it keeps for good."""
    found: str = (
        await conn.execute(sa.select(deployment.c.uuid).where(deployment.c.id == _ROW))
    ).scalar_one()
    return found


async def command_fingerprint(conn: AsyncConnection) -> str | None:
    """The fingerprint of the commands Discord was last told about; None before the first."""
    fingerprint: str | None = await conn.scalar(
        sa.select(deployment.c.command_fingerprint).where(deployment.c.id == _ROW)
    )
    return fingerprint


async def set_command_fingerprint(conn: AsyncConnection, fingerprint: str | None) -> None:
    """Records which commands Discord has been told about; None forgets it."""
    await conn.execute(
        sa.update(deployment).where(deployment.c.id == _ROW).values(command_fingerprint=fingerprint)
    )
