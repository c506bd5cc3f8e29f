"""Which installation this database belongs to, and what it has told Discord."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import insert
from bot.storage.tables import deployment

_ROW = 1


@dataclass(frozen=True, slots=True)
class Deployment:
    """One installation of the program: its id, which it keeps for good, and since when it is."""

    uuid: UUID
    created_at: datetime
    command_fingerprint: str | None


def founding(uuid: UUID, now: datetime) -> sa.Insert:
    """The statement that makes the row, in a database that has none."""
    return sa.insert(deployment).values(id=_ROW, uuid=str(uuid), created_at=now)


async def get_or_create(conn: AsyncConnection, new: UUID, now: datetime) -> Deployment:
    """The installation; where the database has none, it becomes ``new``."""
    values = {"id": _ROW, "uuid": str(new), "created_at": now}
    await conn.execute(insert(conn, deployment).values(values).on_conflict_do_nothing())
    row = (
        await conn.execute(
            sa.select(
                deployment.c.uuid, deployment.c.created_at, deployment.c.command_fingerprint
            ).where(deployment.c.id == _ROW)
        )
    ).one()
    return Deployment(UUID(row.uuid), row.created_at, row.command_fingerprint)


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
