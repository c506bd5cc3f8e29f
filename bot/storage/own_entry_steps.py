"""The steps by which a server's own entries came to be what they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.own_entries import Edit, EntryChange, EntryKind, EntryRef
from bot.domain.trail import StepContents
from bot.storage.entry_documents import entry_from
from bot.storage.tables import catalogue_change, catalogue_edit, member


async def changes_of(
    conn: AsyncConnection, guild_id: int, edit_id: int
) -> dict[EntryRef, EntryChange]:
    """What one step did, entry by entry."""
    c = catalogue_change.c
    rows = await conn.execute(
        sa.select(c.kind, c.entry_key, c.before, c.after)
        .where(c.guild_id == guild_id, c.edit_id == edit_id)
        .order_by(c.kind, c.entry_key)
    )
    return {(row[0], row[1]): _change(row[0], row[2], row[3]) for row in rows}


async def edit_with(conn: AsyncConnection, guild_id: int, edit_id: int) -> Edit | None:
    """One step by its id; None for another server's."""
    found = await conn.execute(_edits(guild_id).where(catalogue_edit.c.id == edit_id))
    row = found.mappings().one_or_none()
    return None if row is None else Edit(**row)


async def contents_of(
    conn: AsyncConnection, guild_id: int, edit_ids: Iterable[int]
) -> dict[int, StepContents]:
    """How many entries of which kind these steps changed, and the files they come from."""
    c, edit = catalogue_change.c, catalogue_edit.c
    rows = await conn.execute(
        sa.select(
            edit.id,
            sa.func.count().filter(c.kind == EntryKind.PAPER),
            sa.func.count().filter(c.kind == EntryKind.THEORY),
            edit.file_name,
        )
        .join(catalogue_change, c.edit_id == edit.id)
        .where(edit.guild_id == guild_id, c.guild_id == guild_id, edit.id.in_(list(edit_ids)))
        .group_by(edit.id, edit.file_name)
    )
    return {row[0]: StepContents(*row[1:]) for row in rows}


async def edits_since(conn: AsyncConnection, guild_id: int, since: datetime) -> tuple[Edit, ...]:
    """The steps from then on, newest first."""
    c = catalogue_edit.c
    found = await conn.execute(_edits(guild_id).where(c.happened_at >= since).order_by(c.id.desc()))
    return tuple(Edit(**row) for row in found.mappings())


async def edits_of(
    conn: AsyncConnection, guild_id: int, ref: EntryRef, limit: int
) -> tuple[tuple[Edit, EntryChange], ...]:
    """The last steps that changed one entry, newest first, each with what it did to it."""
    kind, key = ref
    c = catalogue_change.c
    rows = await conn.execute(
        _edits(guild_id)
        .add_columns(c.before, c.after)
        .join(catalogue_change, c.edit_id == catalogue_edit.c.id)
        .where(c.guild_id == guild_id, c.kind == kind, c.entry_key == key)
        .order_by(catalogue_edit.c.id.desc())
        .limit(limit)
    )
    found = []
    for row in rows.mappings():
        of = {name: value for name, value in row.items() if name not in ("before", "after")}
        found.append((Edit(**of), _change(kind, row["before"], row["after"])))
    return tuple(found)


def _change(kind: EntryKind, before: str | None, after: str | None) -> EntryChange:
    return EntryChange(
        None if before is None else entry_from(kind, before),
        None if after is None else entry_from(kind, after),
    )


def _edits(guild_id: int) -> sa.Select[Any]:
    later, of_step = catalogue_edit.alias("later"), catalogue_change.alias("of_step")
    c = catalogue_edit.c
    entries_in = (
        sa.select(sa.func.count())
        .select_from(of_step)
        .where(of_step.c.edit_id == c.id)
        .scalar_subquery()
    )
    author = sa.and_(member.c.guild_id == c.guild_id, member.c.user_id == c.author_id)
    return (
        sa.select(
            c.id,
            c.kind,
            member.c.display_name.label("author"),
            c.happened_at,
            entries_in.label("entries"),
            c.undoes,
            sa.exists().where(later.c.undoes == c.id).label("undone"),
        )
        .select_from(catalogue_edit.outerjoin(member, author))
        .where(c.guild_id == guild_id)
    )
