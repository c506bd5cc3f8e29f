"""Where messages that live on stand: the columns that every table of such messages has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.living import Shown


async def record_posting(
    conn: AsyncConnection, table: sa.Table, guild_id: int, key: int, now: datetime
) -> None:
    """The message is about to be posted: whether it was, is known when it is settled."""
    await conn.execute(
        sa.update(table)
        .where(table.c.guild_id == guild_id, table.c.id == key)
        .values(message_id=None, posted_at=now)
    )


async def settle(
    conn: AsyncConnection, table: sa.Table, guild_id: int, key: int, shown: Shown, now: datetime
) -> None:
    """Records where the message stands and what it shows, or what is in the way."""
    values: dict[str, Any] = {}
    if "trouble_at" in table.c:
        values["trouble_at"] = None if shown.trouble is None else now
    await conn.execute(
        sa.update(table)
        .where(table.c.guild_id == guild_id, table.c.id == key)
        .values(
            message_id=shown.message_id,
            shown=shown.digest,
            edited_at=now,
            trouble=shown.trouble,
            # A message that is gone is posted anew; where that is uncertain it is looked for.
            posted_at=None if shown.is_gone else table.c.posted_at,
            **values,
        )
    )
