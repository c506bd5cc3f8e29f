"""Files of works that wait to be confirmed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.imports.contents import Format
from bot.domain.imports.drafts import ImportDraft
from bot.storage.tables import import_draft

_COLUMNS = (
    import_draft.c.id,
    import_draft.c.guild_id,
    import_draft.c.user_id,
    import_draft.c.file_name,
    import_draft.c.format,
    import_draft.c.digest,
    import_draft.c.lines,
    import_draft.c.theory,
    import_draft.c.expires_at,
)


async def keep_draft(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    *,
    file_name: str,
    format_: Format,
    digest: str,
    lines: str,
    into: str | None,
    expires_at: datetime,
) -> int:
    """Keeps what was read of a file, in place of the member's last one; its id."""
    await conn.execute(
        sa.delete(import_draft).where(
            import_draft.c.guild_id == guild_id, import_draft.c.user_id == user_id
        )
    )
    added = await conn.execute(
        sa.insert(import_draft).values(
            guild_id=guild_id,
            user_id=user_id,
            file_name=file_name,
            format=format_,
            digest=digest,
            lines=lines,
            theory=into,
            expires_at=expires_at,
        )
    )
    assert added.inserted_primary_key is not None
    draft_id: int = added.inserted_primary_key[0]
    return draft_id


async def draft_of(
    conn: AsyncConnection, guild_id: int, user_id: int, draft_id: int, now: datetime
) -> ImportDraft | None:
    """The draft, if it is this member's and its time is not over."""
    found = await conn.execute(
        sa.select(*_COLUMNS).where(
            import_draft.c.guild_id == guild_id,
            import_draft.c.user_id == user_id,
            import_draft.c.id == draft_id,
            import_draft.c.expires_at > now,
        )
    )
    row = found.one_or_none()
    return None if row is None else ImportDraft(*row)


async def put_into(
    conn: AsyncConnection, guild_id: int, user_id: int, draft_id: int, into: str
) -> None:
    """Works that name no theory go into this one."""
    await conn.execute(
        sa.update(import_draft)
        .where(
            import_draft.c.guild_id == guild_id,
            import_draft.c.user_id == user_id,
            import_draft.c.id == draft_id,
        )
        .values(theory=into)
    )


async def drop_draft(conn: AsyncConnection, guild_id: int, draft_id: int) -> bool:
    """It waits no more; False when it did not."""
    dropped = await conn.execute(
        sa.delete(import_draft).where(
            import_draft.c.guild_id == guild_id, import_draft.c.id == draft_id
        )
    )
    return dropped.rowcount == 1
