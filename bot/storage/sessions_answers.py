"""What members said about sessions: whether they come, whether they were there, who presents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_sessions import PresentingState
from bot.domain.sessions import Answer, Rsvp
from bot.storage.statements import insert
from bot.storage.tables import member, session_answer, session_attendance, session_presenting


async def set_answer(
    conn: AsyncConnection,
    guild_id: int,
    session_id: int,
    user_id: int,
    answer: Answer | None,
    now: datetime,
) -> None:
    """Whether the member comes; the same answer again keeps its moment. None: they said nothing."""
    if answer is None:
        await conn.execute(
            sa.delete(session_answer).where(
                session_answer.c.guild_id == guild_id,
                session_answer.c.session_id == session_id,
                session_answer.c.user_id == user_id,
            )
        )
        return
    new = insert(conn, session_answer).values(
        guild_id=guild_id,
        session_id=session_id,
        user_id=user_id,
        answer=answer,
        answered_at=now,
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[
                session_answer.c.guild_id,
                session_answer.c.session_id,
                session_answer.c.user_id,
            ],
            set_={"answer": new.excluded.answer, "answered_at": new.excluded.answered_at},
            where=session_answer.c.answer != new.excluded.answer,
        )
    )


async def answers_to(
    conn: AsyncConnection, guild_id: int, session_ids: Collection[int]
) -> Mapping[int, tuple[Rsvp, ...]]:
    """The answers to these sessions, the first to answer first; a session without any is left out.

    Those of members who have left the server are kept, and not given.
    """
    rows = await conn.execute(
        sa.select(
            session_answer.c.session_id,
            session_answer.c.user_id,
            session_answer.c.answer,
            session_answer.c.answered_at,
        )
        .join_from(session_answer, member)
        .where(
            session_answer.c.guild_id == guild_id,
            session_answer.c.session_id.in_(list(session_ids)),
            member.c.departed_at.is_(None),
        )
        .order_by(session_answer.c.answered_at, session_answer.c.user_id)
    )
    answers: dict[int, list[Rsvp]] = defaultdict(list)
    for row in rows:
        answers[row.session_id].append(Rsvp(row.user_id, row.answer, row.answered_at))
    return {session_id: tuple(given) for session_id, given in answers.items()}


async def note_attendance(
    conn: AsyncConnection, guild_id: int, session_id: int, user_id: int, now: datetime
) -> bool:
    """The member was there; whether that was news."""
    new = insert(conn, session_attendance).values(
        guild_id=guild_id, session_id=session_id, user_id=user_id, noted_at=now
    )
    return (await conn.execute(new.on_conflict_do_nothing())).rowcount == 1


async def attendance(conn: AsyncConnection, guild_id: int, session_id: int) -> tuple[int, ...]:
    """Who said that they were there, the first first."""
    found = await conn.scalars(
        sa.select(session_attendance.c.user_id)
        .where(
            session_attendance.c.guild_id == guild_id,
            session_attendance.c.session_id == session_id,
        )
        .order_by(session_attendance.c.noted_at, session_attendance.c.user_id)
    )
    return tuple(found)


async def set_presenting(
    conn: AsyncConnection,
    guild_id: int,
    session_id: int,
    asked: int | None,
    passed: Collection[int],
    now: datetime,
) -> None:
    """Who is asked to present (None: nobody) and who cannot, in place of what was known before."""
    await conn.execute(
        sa.delete(session_presenting).where(
            session_presenting.c.guild_id == guild_id,
            session_presenting.c.session_id == session_id,
        )
    )
    states = dict.fromkeys(sorted(passed), PresentingState.PASSED)
    if asked is not None:
        states[asked] = PresentingState.ASKED
    rows = [
        {
            "guild_id": guild_id,
            "session_id": session_id,
            "user_id": user_id,
            "state": state,
            "changed_at": now,
        }
        for user_id, state in states.items()
    ]
    if rows:
        await conn.execute(sa.insert(session_presenting), rows)


async def presenting(
    conn: AsyncConnection, guild_id: int, session_id: int
) -> tuple[int | None, frozenset[int]]:
    """Who is asked to present a session, None for nobody, and who cannot."""
    rows = await conn.execute(
        sa.select(session_presenting.c.user_id, session_presenting.c.state).where(
            session_presenting.c.guild_id == guild_id,
            session_presenting.c.session_id == session_id,
        )
    )
    states = {row.user_id: row.state for row in rows}
    asked = [u for u, state in states.items() if state is PresentingState.ASKED]
    passed = frozenset(u for u, state in states.items() if state is PresentingState.PASSED)
    return (asked[0] if asked else None), passed
