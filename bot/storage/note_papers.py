"""Shared notes by the papers they are on: what a card and its page of notes show."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notes import NOTES_ON_CARD, Note, PaperNotes, TheoryNotes
from bot.storage.note_rows import COLUMNS, REPORTS, as_note, named
from bot.storage.statements import insert
from bot.storage.tables import note, paper_setting

# What a row of ``theory_notes`` is.
_COUNT, _BLIND, _NEWEST, _FOR_ALL = range(4)

_GUILD: sa.BindParameter[int] = sa.bindparam("guild_id")
_USER: sa.BindParameter[int] = sa.bindparam("user_id")
_PAPERS: sa.BindParameter[Any] = sa.bindparam("papers", expanding=True)
# Literals: a bound parameter would hide from SQLite that the index of open notes is enough.
_OPEN: tuple[sa.ColumnElement[bool], ...] = (
    sa.literal_column("note.shared = 1"),
    note.c.hidden_at.is_(None),
)


def _own(paper: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    mine = note.alias("mine")
    return (
        sa.select(sa.literal_column("1"))
        .where(mine.c.guild_id == _GUILD, mine.c.user_id == _USER, mine.c.paper_id == paper)
        # Saving somebody else's words is no take of one's own.
        .where(sa.func.coalesce(mine.c.source_author_id, mine.c.user_id) == mine.c.user_id)
        .exists()
    )


def _blind() -> sa.Select[Any]:
    return sa.select(paper_setting.c.paper_id).where(
        paper_setting.c.guild_id == _GUILD, paper_setting.c.blind.is_(sa.true())
    )


def _row(kind: int, paper: Any, number: Any, note_id: Any) -> tuple[sa.ColumnElement[Any], ...]:
    return (
        sa.literal_column(str(kind)).label("row"),
        sa.label("on_paper", paper),
        sa.label("number", number),
        sa.label("shown", note_id),
    )


def _newest(kind: int, without: sa.Select[Any]) -> sa.Select[Any]:
    nothing: sa.ColumnElement[Any] = sa.literal_column("NULL")
    return sa.select(
        sa.select(*_row(kind, nothing, nothing, note.c.id))
        .where(note.c.guild_id == _GUILD, note.c.paper_id.in_(_PAPERS), *_OPEN)
        .where(note.c.paper_id.not_in(without))
        .order_by(note.c.created_at.desc(), note.c.id.desc())
        .limit(sa.literal_column(str(NOTES_ON_CARD)))
        .subquery()
    )


def _card() -> sa.Select[Any]:
    nothing: sa.ColumnElement[Any] = sa.literal_column("NULL")
    counts = (
        sa.select(*_row(_COUNT, note.c.paper_id, sa.func.count(), nothing))
        .where(note.c.guild_id == _GUILD, note.c.paper_id.in_(_PAPERS), *_OPEN)
        .group_by(note.c.paper_id)
    )
    own = _own(paper_setting.c.paper_id)
    blind = _blind().with_only_columns(
        *_row(_BLIND, paper_setting.c.paper_id, sa.cast(own, sa.Integer), nothing)
    )
    closed = _blind().where(sa.not_(own))
    parts = sa.union_all(
        counts,
        blind.where(paper_setting.c.paper_id.in_(_PAPERS)),
        _newest(_NEWEST, closed),
        _newest(_FOR_ALL, _blind()),
    ).subquery()
    return sa.select(parts.c.row, parts.c.on_paper, parts.c.number, *COLUMNS).select_from(
        named(parts.outerjoin(note, note.c.id == parts.c.shown))
    )


# Built once: putting it together costs more than SQLite takes to answer it.
_CARD = _card()


async def theory_notes(
    conn: AsyncConnection, guild_id: int, user_id: int, papers: Collection[str]
) -> TheoryNotes:
    """What a theory's card shows of a server's notes on its ``papers``, in one statement."""
    asked = {"guild_id": guild_id, "user_id": user_id, "papers": list(papers)}
    rows = (await conn.execute(_CARD, asked)).mappings().all()
    counts = {row["on_paper"]: row["number"] for row in rows if row["row"] == _COUNT}
    blind = {row["on_paper"]: bool(row["number"]) for row in rows if row["row"] == _BLIND}

    def newest(kind: int) -> tuple[Note, ...]:
        shown = [as_note(row) for row in rows if row["row"] == kind]
        return tuple(sorted(shown, key=lambda one: (one.created_at, one.id), reverse=True))

    return TheoryNotes(
        {
            paper: PaperNotes(counts.get(paper, 0), paper in blind, blind.get(paper, True))
            for paper in papers
        },
        newest(_NEWEST),
        newest(_FOR_ALL),
    )


async def notes_on(
    conn: AsyncConnection,
    guild_id: int,
    papers: Collection[str],
    *,
    hidden: bool = False,
    offset: int = 0,
    limit: int,
) -> tuple[Note, ...]:
    """The shared notes on ``papers``, newest first.

    With ``hidden`` also those an organiser took out of sight, and each with its reports.
    """
    sought = sa.select(*COLUMNS, *([REPORTS.label("reports")] if hidden else []))
    rows = await conn.execute(
        sought.select_from(named())
        .where(*_shared_on(guild_id, papers), *(() if hidden else _OPEN))
        .order_by(note.c.created_at.desc(), note.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return tuple(as_note(row) for row in rows.mappings())


async def count_on(
    conn: AsyncConnection, guild_id: int, papers: Collection[str], *, hidden: bool = False
) -> int:
    """How many notes ``notes_on`` gives in all."""
    counted: int = (
        await conn.execute(
            sa.select(sa.func.count())
            .select_from(note)
            .where(*_shared_on(guild_id, papers), *(() if hidden else _OPEN))
        )
    ).scalar_one()
    return counted


async def closed_papers(conn: AsyncConnection, guild_id: int, user_id: int) -> frozenset[str]:
    """The papers whose notes wait for the member's own."""
    rows = await conn.scalars(
        _blind().where(sa.not_(_own(paper_setting.c.paper_id))),
        {"guild_id": guild_id, "user_id": user_id},
    )
    return frozenset(rows)


async def set_blind(conn: AsyncConnection, guild_id: int, paper_id: str, *, on: bool) -> bool:
    """Switches a paper's blind mode; False when it was so already. Needs the server's row."""
    was: bool | None = await conn.scalar(
        sa.select(paper_setting.c.blind).where(
            paper_setting.c.guild_id == guild_id, paper_setting.c.paper_id == paper_id
        )
    )
    if bool(was) is on:
        return False
    new = insert(conn, paper_setting).values(guild_id=guild_id, paper_id=paper_id, blind=on)
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[paper_setting.c.guild_id, paper_setting.c.paper_id],
            set_={"blind": new.excluded.blind},
        )
    )
    return True


def _shared_on(guild_id: int, papers: Collection[str]) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        note.c.guild_id == guild_id,
        note.c.paper_id.in_(list(papers)),
        sa.literal_column("note.shared = 1"),
    )
