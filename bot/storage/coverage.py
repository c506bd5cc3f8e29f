"""What coverage is computed from: a mark of its state, the snapshot, and the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.coverage import (
    DEFAULT_TARGET,
    Change,
    Completion,
    Consent,
    History,
    Reading,
    Snapshot,
    Taught,
)
from bot.domain.members import Visibility
from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.storage.tables import depth_change, explanation, guild, member, note, reading, signup
from bot.storage.types import Instant, Snowflake

_ENDED = (SignupState.READ, SignupState.GIVEN_BACK, SignupState.EXPIRED)
# What a row of the snapshot is where it is no depth.
_TAUGHT = "taught"


class Mark(NamedTuple):
    """Differs whenever anything has changed that a community's coverage is computed from.

    Rows of the history are only ever added, or removed with their member; so the newest key
    and the number of rows tell every state from the one before.
    """

    newest_change: int | None
    changes: int
    newest_word: int | None
    clear_words: int
    present: int
    last_departure: datetime | None
    finished: int
    ended: int
    target: int | None
    organiser_role_id: int | None


def _mark() -> sa.Select[Any]:
    here: sa.BindParameter[int] = sa.bindparam("guild_id", type_=Snowflake())

    def one(column: sa.ColumnElement[Any], table: sa.Table) -> Any:
        return sa.select(column).where(table.c.guild_id == here).select_from(table)

    ended = one(sa.func.count(), signup).where(signup.c.state.in_(_ENDED))
    parts = {
        "newest_change": one(sa.func.max(depth_change.c.id), depth_change),
        "changes": one(sa.func.count(), depth_change),
        "newest_word": one(sa.func.max(explanation.c.id), explanation),
        "clear_words": one(sa.func.count(), explanation).where(
            explanation.c.unclear_step.is_(None)
        ),
        "present": one(sa.func.count(), member).where(member.c.departed_at.is_(None)),
        "last_departure": one(sa.func.max(member.c.departed_at), member),
        "finished": one(sa.func.count(), signup).where(signup.c.state == SignupState.READ),
        "ended": ended,
        "target": one(guild.c.target_readers, guild),
        "organiser_role_id": one(guild.c.organiser_role_id, guild),
    }
    return sa.select(*(part.scalar_subquery().label(name) for name, part in parts.items()))


def _snapshot() -> sa.CompoundSelect[Any]:
    here: sa.BindParameter[int] = sa.bindparam("guild_id", type_=Snowflake())
    readings = (
        sa.select(
            reading.c.user_id,
            reading.c.paper_id,
            sa.cast(reading.c.depth, sa.Text).label("depth"),
            reading.c.updated_at.label("at"),
        )
        .join(member, _same(reading))
        .where(reading.c.guild_id == here, member.c.departed_at.is_(None))
    )
    taught = (
        sa.select(
            explanation.c.user_id,
            explanation.c.paper_id,
            sa.literal_column(f"'{_TAUGHT}'", sa.Text),
            explanation.c.heard_at,
        )
        .join(member, _same(explanation))
        .where(
            explanation.c.guild_id == here,
            explanation.c.unclear_step.is_(None),
            member.c.departed_at.is_(None),
        )
    )
    return sa.union_all(readings, taught)


def _same(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(member.c.guild_id == table.c.guild_id, member.c.user_id == table.c.user_id)


# Built once: putting them together costs more than SQLite takes to answer them.
_MARK = _mark()
_SNAPSHOT = _snapshot()


async def coverage_mark(conn: AsyncConnection, guild_id: int) -> Mark:
    """The state of a server's coverage, in one statement over indexes alone."""
    return Mark(*(await conn.execute(_MARK, {"guild_id": guild_id})).one())


def target_of(mark: Mark) -> int:
    """How many readers the server asks of a theory; the default for an unknown server."""
    return DEFAULT_TARGET if mark.target is None else mark.target


async def snapshot(conn: AsyncConnection, guild_id: int, mark: Mark) -> Snapshot:
    """Every reading and confirmed explanation of the members who are here, in one statement.

    Costs a row a reading.
    """
    depths = {depth.value: depth for depth in Depth}
    readings, taught = [], []
    for user_id, paper_id, depth, at in await conn.execute(_SNAPSHOT, {"guild_id": guild_id}):
        if depth == _TAUGHT:
            taught.append(Taught(user_id, paper_id, at))
        else:
            readings.append(Reading(user_id, paper_id, depths[depth], at))
    return Snapshot(
        tuple(readings),
        tuple(taught),
        target_of(mark),
        Completion(mark.finished, mark.ended),
    )


async def depth_history(conn: AsyncConnection, guild_id: int) -> History:
    """Every change of a depth, oldest first, and when members left who have left."""
    changes = await conn.execute(
        sa.select(
            depth_change.c.user_id,
            depth_change.c.paper_id,
            depth_change.c.depth,
            depth_change.c.changed_at,
        )
        .where(depth_change.c.guild_id == guild_id)
        .order_by(depth_change.c.changed_at, depth_change.c.id)
    )
    left = await conn.execute(
        sa.select(member.c.user_id, member.c.departed_at).where(
            member.c.guild_id == guild_id, member.c.departed_at.is_not(None)
        )
    )
    return History(
        tuple(Change(*row) for row in changes), {row.user_id: row.departed_at for row in left}
    )


async def last_seen(conn: AsyncConnection, guild_id: int) -> Mapping[int, datetime]:
    """When each member last gave a sign of life: logged, answered, noted or explained."""
    signs = sa.union_all(
        _sign(depth_change, depth_change.c.changed_at, guild_id),
        _sign(signup, signup.c.active_at, guild_id),
        _sign(note, note.c.updated_at, guild_id),
        _sign(explanation, explanation.c.heard_at, guild_id),
    ).subquery()
    rows = await conn.execute(
        sa.select(signs.c.user_id, sa.func.max(signs.c.at, type_=Instant()))
        .where(signs.c.at.is_not(None))
        .group_by(signs.c.user_id)
    )
    return {user_id: at for user_id, at in rows if user_id is not None}


def _sign(table: sa.Table, at: sa.ColumnElement[Any], guild_id: int) -> sa.Select[Any]:
    return (
        sa.select(table.c.user_id, sa.func.max(at, type_=Instant()).label("at"))
        .where(table.c.guild_id == guild_id)
        .group_by(table.c.user_id)
    )


_CONSENTS = sa.or_(
    member.c.visibility == Visibility.SERVER, member.c.explains, member.c.on_name_board
)


async def consents(conn: AsyncConnection, guild_id: int) -> Mapping[int, Consent]:
    """The members who are here and agreed to be seen, each with how far."""
    rows = await conn.execute(
        sa.select(
            member.c.user_id, member.c.display_name, member.c.visibility, member.c.explains
        ).where(member.c.guild_id == guild_id, member.c.departed_at.is_(None), _CONSENTS)
    )
    return {
        user_id: Consent(user_id, name, visibility is Visibility.SERVER, explains)
        for user_id, name, visibility, explains in rows
    }
