"""Who belongs to a club, and who would present in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members import Absence
from bot.storage.statements import insert
from bot.storage.tables import club_member, club_volunteer, member


async def join(
    conn: AsyncConnection, guild_id: int, club_id: int, user_id: int, now: datetime
) -> bool:
    """The member is counted on at every session; whether that was news."""
    new = insert(conn, club_member).values(
        guild_id=guild_id, club_id=club_id, user_id=user_id, joined_at=now
    )
    return (await conn.execute(new.on_conflict_do_nothing())).rowcount == 1


async def leave(conn: AsyncConnection, guild_id: int, club_id: int, user_id: int) -> bool:
    """The member is not counted on any more; whether they were."""
    gone = await conn.execute(
        sa.delete(club_member).where(
            club_member.c.guild_id == guild_id,
            club_member.c.club_id == club_id,
            club_member.c.user_id == user_id,
        )
    )
    return gone.rowcount == 1


async def standing_members(
    conn: AsyncConnection, guild_id: int, club_id: int
) -> Mapping[int, Absence | None]:
    """Who belongs to the club and has not left the server, and when they are away.

    In the order in which they joined.
    """
    rows = await conn.execute(
        sa.select(club_member.c.user_id, member.c.away_from, member.c.away_until)
        .join_from(club_member, member)
        .where(
            club_member.c.guild_id == guild_id,
            club_member.c.club_id == club_id,
            member.c.departed_at.is_(None),
        )
        .order_by(club_member.c.joined_at, club_member.c.user_id)
    )
    return {
        row.user_id: None if row.away_from is None else Absence(row.away_from, row.away_until)
        for row in rows
    }


async def clubs_of(conn: AsyncConnection, guild_id: int, user_id: int) -> frozenset[int]:
    """The ids of the clubs the member belongs to."""
    found = sa.select(club_member.c.club_id).where(
        club_member.c.guild_id == guild_id, club_member.c.user_id == user_id
    )
    return frozenset(await conn.scalars(found))


async def volunteer(
    conn: AsyncConnection, guild_id: int, club_id: int, user_id: int, now: datetime
) -> bool:
    """The member would present in the club; whether that was news."""
    new = insert(conn, club_volunteer).values(
        guild_id=guild_id, club_id=club_id, user_id=user_id, volunteered_at=now
    )
    return (await conn.execute(new.on_conflict_do_nothing())).rowcount == 1


async def stop_volunteering(
    conn: AsyncConnection, guild_id: int, club_id: int, user_id: int
) -> bool:
    """The member would rather not present any more; whether they would have."""
    gone = await conn.execute(
        sa.delete(club_volunteer).where(
            club_volunteer.c.guild_id == guild_id,
            club_volunteer.c.club_id == club_id,
            club_volunteer.c.user_id == user_id,
        )
    )
    return gone.rowcount == 1


async def volunteers(conn: AsyncConnection, guild_id: int, club_id: int) -> Mapping[int, datetime]:
    """Who would present in the club, and since when."""
    rows = await conn.execute(
        sa.select(club_volunteer.c.user_id, club_volunteer.c.volunteered_at)
        .where(club_volunteer.c.guild_id == guild_id, club_volunteer.c.club_id == club_id)
        .order_by(club_volunteer.c.volunteered_at, club_volunteer.c.user_id)
    )
    return {row.user_id: row.volunteered_at for row in rows}
