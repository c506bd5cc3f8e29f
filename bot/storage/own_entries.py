"""A server's own entries: as they are, step by step, and what is new since a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.own_entries import EditKind, EntryChange, EntryKind, EntryRef, OwnEntry
from bot.storage.entry_documents import document_of, entry_from
from bot.storage.statements import insert
from bot.storage.tables import (
    catalogue_change,
    catalogue_edit,
    catalogue_entry,
    club_plan_paper,
    note,
    reading,
    session,
    signup,
    split_item,
)

# A statement names no more entries than this at a time.
_AT_ONCE = 500
# What members, clubs and splits have to do with a paper begins with a row in one of these.
_OF_A_PAPER = (signup, reading, note, session, club_plan_paper, split_item)


@dataclass(frozen=True, slots=True)
class Feed:
    """What is new: the documents of entries, None for those that are gone.

    ``newest`` is the last step there is; the next feed goes on from it.
    """

    newest: int
    documents: Sequence[tuple[EntryKind, str, str | None]]

    def entries(self) -> dict[EntryRef, OwnEntry | None]:
        """The entries themselves. It takes a moment when there are thousands."""
        return {
            (kind, key): None if document is None else entry_from(kind, document)
            for kind, key, document in self.documents
        }


async def newest_edit(conn: AsyncConnection, guild_id: int) -> int:
    """The id of the server's last step, 0 before the first one."""
    newest: int | None = await conn.scalar(
        sa.select(sa.func.max(catalogue_edit.c.id)).where(catalogue_edit.c.guild_id == guild_id)
    )
    return newest or 0


async def feed(conn: AsyncConnection, guild_id: int, since: int = 0) -> Feed:
    """All entries that steps after ``since`` have changed; with 0, all there are."""
    newest = await newest_edit(conn, guild_id)
    if newest <= since:
        return Feed(newest, ())
    entry, change = catalogue_entry.c, catalogue_change.c
    if not since:
        wanted = (
            sa.select(entry.kind, entry.entry_key, entry.document)
            .where(entry.guild_id == guild_id)
            .order_by(entry.kind, entry.entry_key)
        )
    else:
        wanted = (
            sa.select(change.kind, change.entry_key, entry.document)
            .distinct()
            .select_from(
                catalogue_change.outerjoin(
                    catalogue_entry,
                    sa.and_(
                        entry.guild_id == change.guild_id,
                        entry.kind == change.kind,
                        entry.entry_key == change.entry_key,
                    ),
                )
            )
            .where(change.guild_id == guild_id, change.edit_id > since)
        )
    rows = await conn.execute(wanted)
    return Feed(newest, [(row[0], row[1], row[2]) for row in rows])


async def large_catalogues(conn: AsyncConnection, more_than: int) -> tuple[int, ...]:
    """The servers with more than so many entries of their own, the largest last."""
    count = sa.func.count()
    rows = await conn.scalars(
        sa.select(catalogue_entry.c.guild_id)
        .group_by(catalogue_entry.c.guild_id)
        .having(count > more_than)
        .order_by(count)
    )
    return tuple(rows)


async def entry_count(conn: AsyncConnection, guild_id: int) -> int:
    """How many entries of its own the server has, the retired ones among them."""
    count: int | None = await conn.scalar(
        sa.select(sa.func.count())
        .select_from(catalogue_entry)
        .where(catalogue_entry.c.guild_id == guild_id)
    )
    return count or 0


async def record_edit(
    conn: AsyncConnection,
    guild_id: int,
    author_id: int,
    kind: EditKind,
    changes: Sequence[EntryChange],
    now: datetime,
    *,
    undoes: int | None = None,
    file_name: str | None = None,
) -> int:
    """Makes these changes in one step and returns its id; no entry may be in it twice.

    ``file_name`` is what the file was called that they come from.
    Raises sqlalchemy's IntegrityError for a step that undoes one that is undone already.
    """
    edit_id: int = (
        await conn.execute(
            sa.insert(catalogue_edit)
            .values(
                guild_id=guild_id,
                author_id=author_id,
                kind=kind,
                happened_at=now,
                undoes=undoes,
                file_name=file_name,
            )
            .returning(catalogue_edit.c.id)
        )
    ).scalar_one()
    rows = [_row(guild_id, edit_id, change) for change in changes]
    if rows:
        await conn.execute(sa.insert(catalogue_change), rows)
    await _put(conn, [row for row in rows if row["after"] is not None])
    await _drop(conn, guild_id, [row for row in rows if row["after"] is None])
    return edit_id


def _row(guild_id: int, edit_id: int, change: EntryChange) -> dict[str, Any]:
    kind, key = change.ref
    return {
        "guild_id": guild_id,
        "kind": kind,
        "entry_key": key,
        "edit_id": edit_id,
        "before": None if change.before is None else document_of(change.before),
        "after": None if change.after is None else document_of(change.after),
    }


async def _put(conn: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    new = insert(conn, catalogue_entry)
    put = new.on_conflict_do_update(
        index_elements=[c.name for c in catalogue_entry.primary_key],
        set_={"document": new.excluded.document, "edit_id": new.excluded.edit_id},
    )
    keys = ("guild_id", "kind", "entry_key", "edit_id")
    await conn.execute(
        put, [{**{key: row[key] for key in keys}, "document": row["after"]} for row in rows]
    )


async def _drop(conn: AsyncConnection, guild_id: int, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    c = catalogue_entry.c
    gone = sa.delete(catalogue_entry).where(
        c.guild_id == guild_id,
        c.kind == sa.bindparam("gone_kind", type_=c.kind.type),
        c.entry_key == sa.bindparam("gone_id", type_=sa.Text),
    )
    await conn.execute(
        gone, [{"gone_kind": row["kind"], "gone_id": row["entry_key"]} for row in rows]
    )


async def papers_in_use(conn: AsyncConnection, guild_id: int, paper_ids: Sequence[str]) -> set[str]:
    """Those of these papers that members of the server, a club or a split have to do with."""
    used: set[str] = set()
    for start in range(0, len(paper_ids), _AT_ONCE):
        some = list(paper_ids[start : start + _AT_ONCE])
        for table in _OF_A_PAPER:
            found = sa.select(table.c.paper_id).where(
                table.c.guild_id == guild_id, table.c.paper_id.in_(some)
            )
            used.update(await conn.scalars(found.distinct()))
    return used
