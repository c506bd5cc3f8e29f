"""Who could present a session: volunteers of its club, and what speaks for and against each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_sessions import PresentingState
from bot.domain.members import Absence
from bot.domain.presenting import Candidate
from bot.domain.progress import Depth
from bot.domain.sessions import Answer
from bot.domain.signups import SignupState
from bot.storage.tables import (
    club_volunteer,
    member,
    reading,
    session,
    session_answer,
    session_presenting,
    signup,
)

_READERS = tuple(depth for depth in Depth if depth.is_reader)
_SIGNED_UP = (SignupState.OPEN, SignupState.PAUSED)


async def candidates(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    session_id: int,
    paper_ids: Collection[str],
    starts: datetime,
) -> tuple[Candidate, ...]:
    """The volunteers of the club who are in the server, for one session.

    Where the session has no paper, everybody is involved. Who is away at ``starts`` or cannot
    come is not available.
    """
    rows = await conn.execute(
        sa.select(
            club_volunteer.c.user_id,
            club_volunteer.c.volunteered_at,
            member.c.away_from,
            member.c.away_until,
        )
        .join_from(
            club_volunteer,
            member,
            sa.and_(
                member.c.guild_id == club_volunteer.c.guild_id,
                member.c.user_id == club_volunteer.c.user_id,
            ),
        )
        .where(
            club_volunteer.c.guild_id == guild_id,
            club_volunteer.c.club_id == club_id,
            member.c.departed_at.is_(None),
        )
        .order_by(club_volunteer.c.volunteered_at, club_volunteer.c.user_id)
    )
    involved = await _involved(conn, guild_id, list(paper_ids))
    cannot = await _cannot(conn, guild_id, session_id)
    last = await _last_presented(conn, guild_id, club_id, session_id)
    return tuple(
        Candidate(
            row.user_id,
            row.volunteered_at,
            involved=not paper_ids or row.user_id in involved,
            available=row.user_id not in cannot
            and not _is_away(row.away_from, row.away_until, starts),
            last=last.get(row.user_id),
        )
        for row in rows
    )


async def counted_on(
    conn: AsyncConnection, guild_id: int, user_id: int, now: datetime, club_id: int | None
) -> tuple[tuple[int, date], ...]:
    """Sessions after ``now`` that the member is to present or is asked to, the earliest first.

    By club and original day; of this club alone, None: of every one of the server.
    """
    asked = sa.select(session_presenting.c.session_id).where(
        session_presenting.c.guild_id == guild_id,
        session_presenting.c.user_id == user_id,
        session_presenting.c.state == PresentingState.ASKED,
    )
    found = (
        sa.select(session.c.club_id, session.c.original)
        .where(
            session.c.guild_id == guild_id,
            session.c.original.is_not(None),
            session.c.starts_at > now,
            sa.or_(session.c.presenter_id == user_id, session.c.id.in_(asked)),
        )
        .order_by(session.c.starts_at, session.c.id)
    )
    if club_id is not None:
        found = found.where(session.c.club_id == club_id)
    return tuple((row.club_id, row.original) for row in await conn.execute(found))


def _is_away(begins: datetime | None, ends: datetime, at: datetime) -> bool:
    return begins is not None and Absence(begins, ends).covers(at)


async def _involved(conn: AsyncConnection, guild_id: int, paper_ids: Sequence[str]) -> set[int]:
    """Who signed up for one of the papers or has read it."""
    if not paper_ids:
        return set()
    signed_up = sa.select(signup.c.user_id).where(
        signup.c.guild_id == guild_id,
        signup.c.paper_id.in_(paper_ids),
        signup.c.state.in_(_SIGNED_UP),
    )
    read = sa.select(reading.c.user_id).where(
        reading.c.guild_id == guild_id,
        reading.c.paper_id.in_(paper_ids),
        reading.c.depth.in_(_READERS),
    )
    return set(await conn.scalars(signed_up.union(read)))


async def _cannot(conn: AsyncConnection, guild_id: int, session_id: int) -> set[int]:
    found = sa.select(session_answer.c.user_id).where(
        session_answer.c.guild_id == guild_id,
        session_answer.c.session_id == session_id,
        session_answer.c.answer == Answer.CANT,
    )
    return set(await conn.scalars(found))


async def _last_presented(
    conn: AsyncConnection, guild_id: int, club_id: int, session_id: int
) -> dict[int, date]:
    """The latest session of the club, besides this one, that each presented or is to present."""
    rows = await conn.execute(
        sa.select(
            session.c.presenter_id, sa.func.max(session.c.original, type_=session.c.original.type)
        )
        .where(
            session.c.guild_id == guild_id,
            session.c.club_id == club_id,
            session.c.id != session_id,
            session.c.presenter_id.is_not(None),
            session.c.original.is_not(None),
        )
        .group_by(session.c.presenter_id)
    )
    return {row[0]: row[1] for row in rows}
