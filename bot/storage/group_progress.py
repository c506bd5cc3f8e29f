"""What a whole server has read: counts, what was finished lately, and the name board."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.overview import Finish
from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.storage.tables import depth_change, member, reading, signup

_READ = tuple(depth for depth in Depth if depth.is_reader)
_IN_HAND = tuple(depth for depth in Depth if not depth.is_reader)


async def members_reading(conn: AsyncConnection, guild_id: int) -> int:
    """How many members have a paper in hand that they have not read yet."""
    count: int | None = await conn.scalar(
        sa.select(sa.func.count(sa.distinct(reading.c.user_id))).where(
            reading.c.guild_id == guild_id, reading.c.depth.in_(_IN_HAND)
        )
    )
    return count or 0


async def signups_by_state(conn: AsyncConnection, guild_id: int) -> Counter[SignupState]:
    """How many sign-ups are open and how many wait."""
    wanted = (SignupState.OPEN, SignupState.OFFERED, SignupState.WAITING)
    rows = await conn.execute(
        sa.select(signup.c.state, sa.func.count())
        .where(signup.c.guild_id == guild_id, signup.c.state.in_(wanted))
        .group_by(signup.c.state)
    )
    return Counter({state: int(count) for state, count in rows})


async def finishes(conn: AsyncConnection, guild_id: int, since: datetime) -> tuple[Finish, ...]:
    """What members have read for the first time since then, oldest first.

    What was corrected to less than read, or taken back, is not among it.
    """
    earlier = depth_change.alias("earlier")
    before = sa.exists().where(
        earlier.c.guild_id == depth_change.c.guild_id,
        earlier.c.user_id == depth_change.c.user_id,
        earlier.c.paper_id == depth_change.c.paper_id,
        earlier.c.depth.in_(_READ),
        earlier.c.changed_at < since,
    )
    still = sa.and_(
        reading.c.guild_id == depth_change.c.guild_id,
        reading.c.user_id == depth_change.c.user_id,
        reading.c.paper_id == depth_change.c.paper_id,
        reading.c.depth.in_(_READ),
    )
    of = sa.and_(
        member.c.guild_id == depth_change.c.guild_id, member.c.user_id == depth_change.c.user_id
    )
    when = sa.func.min(depth_change.c.changed_at)
    name = sa.case((_on_board(), member.c.display_name))
    rows = await conn.execute(
        sa.select(depth_change.c.user_id, depth_change.c.paper_id, name)
        .join(reading, still)
        .join(member, of)
        .where(
            depth_change.c.guild_id == guild_id,
            depth_change.c.changed_at >= since,
            depth_change.c.depth.in_(_READ),
            ~before,
        )
        .group_by(depth_change.c.paper_id, depth_change.c.user_id, name)
        .order_by(when, depth_change.c.user_id, depth_change.c.paper_id)
    )
    return tuple(Finish(*row) for row in rows)


async def board_names(conn: AsyncConnection, guild_id: int) -> dict[int, str]:
    """The names of those who put themselves on the name board, by user id."""
    rows = await conn.execute(
        sa.select(member.c.user_id, member.c.display_name).where(
            member.c.guild_id == guild_id, _on_board()
        )
    )
    return {user_id: str(name) for user_id, name in rows}


async def put_on_board(conn: AsyncConnection, guild_id: int, user_id: int, *, on: bool) -> None:
    """Puts a member's name on the board, or takes it off."""
    await conn.execute(
        sa.update(member)
        .where(member.c.guild_id == guild_id, member.c.user_id == user_id)
        .values(on_name_board=on)
    )


def _on_board() -> sa.ColumnElement[bool]:
    return sa.and_(member.c.on_name_board.is_(True), member.c.departed_at.is_(None))
