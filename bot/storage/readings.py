"""How well members know papers, and the counts that cards and the coverage are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.coverage import DEFAULT_TARGET
from bot.domain.progress import Depth, Tally, TheoryReadings
from bot.storage.depths import set_depth
from bot.storage.members import record_member
from bot.storage.tables import guild, reading

_DEPTHS = tuple(Depth)
# How deep, as a number: words do not sort by depth. Literals, so that it costs no parameters;
# the deepest first, which are compared most.
_RANK = sa.case(
    *(
        (reading.c.depth == sa.literal_column(f"'{depth}'"), sa.literal_column(f"{depth.rank}"))
        for depth in reversed(_DEPTHS)
    )
)

# What a row of ``theory_readings`` counts.
_THEORY, _PAPER, _OWN, _TARGET = range(4)


def _row(kind: int, key: sa.ColumnElement[str], rank: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(
        sa.literal_column(str(kind)).label("kind"),
        key.label("key"),
        rank.label("rank"),
        sa.func.count().label("members"),
    )


def _card() -> sa.CompoundSelect[Any]:
    here = reading.c.guild_id == sa.bindparam("guild_id")
    primary: sa.BindParameter[Any] = sa.bindparam("primary", expanding=True)
    papers: sa.BindParameter[Any] = sa.bindparam("papers", expanding=True)
    best = (
        sa.select(sa.func.max(_RANK).label("rank"))
        .where(here, reading.c.paper_id.in_(primary))
        # The sum keeps SQLite from walking the whole server in the order of its members.
        .group_by(reading.c.user_id + sa.literal_column("0"))
        .subquery()
    )
    by_paper = (
        _row(_PAPER, reading.c.paper_id, _RANK)
        .where(here, reading.c.paper_id.in_(papers))
        .group_by(reading.c.paper_id, reading.c.depth)
    )
    # A row a paper. That it looks at a column which no index has keeps SQLite from reading
    # everybody's rows in an index instead of one member's by their key.
    touched = sa.func.length(sa.cast(reading.c.updated_at, sa.Text))
    own = sa.select(sa.literal_column(str(_OWN)), reading.c.paper_id, _RANK, touched).where(
        here, reading.c.user_id == sa.bindparam("user_id"), reading.c.paper_id.in_(papers)
    )
    target = sa.select(
        sa.literal_column(str(_TARGET)),
        sa.literal_column("''"),
        guild.c.target_readers,
        sa.literal_column("0"),
    ).where(guild.c.guild_id == sa.bindparam("guild_id"))
    return sa.union_all(
        _row(_THEORY, sa.literal_column("''"), best.c.rank).group_by(best.c.rank),
        by_paper,
        own,
        target,
    )


# Built once: putting it together costs more than SQLite takes to answer it.
_CARD = _card()


async def record_depth(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    display_name: str,
    paper_id: str,
    depth: Depth,
    now: datetime,
) -> None:
    """Sets how well a member knows a paper, deeper or shallower, in place of what was there."""
    await record_member(conn, guild_id, user_id, display_name, now)
    await set_depth(conn, guild_id, user_id, paper_id, depth, now)


async def theory_readings(
    conn: AsyncConnection,
    guild_id: int,
    primary: Collection[str],
    others: Collection[str] = (),
    user_id: int | None = None,
) -> TheoryReadings:
    """What a theory's card shows of one server, in one statement.

    ``primary`` and ``others`` are the ids of the theory's papers; a member who read two primary
    ones is one reader of the theory, at the deeper depth, and other papers count for themselves
    only. ``user_id`` is the viewer whose own depths are wanted. Costs a row a paper and depth,
    however many members there are.
    """
    asked = {
        "guild_id": guild_id,
        "user_id": user_id,
        "primary": list(primary),
        "papers": [*primary, *others],
    }
    rows = (await conn.execute(_CARD, asked)).all()
    theory = {_DEPTHS[row.rank]: row.members for row in rows if row.kind == _THEORY}
    return TheoryReadings(
        theory=Tally(theory),
        papers=_tallies((row.key, row.rank, row.members) for row in rows if row.kind == _PAPER),
        own={row.key: _DEPTHS[row.rank] for row in rows if row.kind == _OWN},
        target=next((row.rank for row in rows if row.kind == _TARGET), DEFAULT_TARGET),
    )


async def own_depths(conn: AsyncConnection, guild_id: int, user_id: int) -> dict[str, Depth]:
    """One member's depth for every paper they took up in this server, by the paper's id."""
    rows = await conn.execute(
        sa.select(reading.c.paper_id, reading.c.depth).where(
            reading.c.guild_id == guild_id, reading.c.user_id == user_id
        )
    )
    return {paper_id: Depth(depth) for paper_id, depth in rows}


async def guild_readings(conn: AsyncConnection, guild_id: int) -> dict[str, Tally]:
    """Members by depth for every paper somebody in the server took up, by the paper's id."""
    rows = await conn.execute(
        sa.select(reading.c.paper_id, _RANK.label("rank"), sa.func.count())
        .where(reading.c.guild_id == guild_id)
        .group_by(reading.c.paper_id, reading.c.depth)
    )
    return _tallies((paper_id, rank, members) for paper_id, rank, members in rows)


async def theory_tallies(
    conn: AsyncConnection, guild_id: int, primary: Mapping[str, Collection[str]]
) -> dict[str, Tally]:
    """Members by depth for every theory of ``primary`` (slug -> ids of its primary papers).

    Each member counts once a theory, at the deepest depth over its primary papers; a theory
    nobody took up has an empty tally.
    """
    pairs = [(slug, paper_id) for slug, papers in primary.items() for paper_id in papers]
    tallies = {slug: Tally() for slug in primary}
    if not pairs:
        return tallies
    listed = (
        sa.values(sa.column("slug", sa.Text), sa.column("paper_id", sa.Text), name="listed")
        .data(pairs)
        .cte("listed")
    )
    best = (
        sa.select(listed.c.slug, sa.func.max(_RANK).label("rank"))
        .join(listed, listed.c.paper_id == reading.c.paper_id)
        .where(reading.c.guild_id == guild_id)
        .group_by(listed.c.slug, reading.c.user_id)
        .subquery()
    )
    rows = await conn.execute(
        sa.select(best.c.slug, best.c.rank, sa.func.count()).group_by(best.c.slug, best.c.rank)
    )
    return tallies | _tallies((slug, rank, members) for slug, rank, members in rows)


def _tallies(rows: Iterable[tuple[str, int, int]]) -> dict[str, Tally]:
    counted: dict[str, dict[Depth, int]] = {}
    for key, rank, members in rows:
        counted.setdefault(key, {})[_DEPTHS[rank]] = members
    return {key: Tally(members) for key, members in counted.items()}
