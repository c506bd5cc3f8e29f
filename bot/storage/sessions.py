"""Sessions: their rows, made when there is something to keep, under club and original day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_sessions import SessionFacts, SessionPart, SessionStatus
from bot.domain.schedule import FIRST_DAY
from bot.storage.statements import insert
from bot.storage.tables import club, session, session_card, session_event, session_part

# The first of the messages in the club's channel that show the session.
_card = (
    sa.select(sa.func.min(session_card.c.message_id))
    .join(
        club,
        (club.c.guild_id == session_card.c.guild_id)
        & (club.c.channel_id == session_card.c.channel_id),
    )
    .where(
        session_card.c.guild_id == session.c.guild_id,
        session_card.c.session_id == session.c.id,
        club.c.id == session.c.club_id,
    )
    .correlate(session)
    .scalar_subquery()
)

_COLUMNS = (
    session.c.id,
    session.c.club_id,
    session.c.original,
    session.c.starts_at,
    session.c.version,
    session.c.status,
    session.c.paper_id,
    session.c.agenda,
    session.c.presenter_id,
    session.c.takes,
    session.c.recap,
    session.c.thread_id,
    _card.label("message_id"),
    session_event.c.interested,
)


async def ensure_session(
    conn: AsyncConnection, guild_id: int, club_id: int, original: date, starts_at: datetime
) -> int:
    """The id of the session's row, made when there is none.

    A row that is there keeps the instant it was planned for: whoever moves it, says so.
    """
    new = insert(conn, session).values(
        guild_id=guild_id, club_id=club_id, original=original, starts_at=starts_at
    )
    kept = await conn.execute(
        new.on_conflict_do_update(
            index_elements=[session.c.guild_id, session.c.club_id, session.c.original],
            set_={"original": new.excluded.original},
        ).returning(session.c.id)
    )
    session_id: int = kept.scalar_one()
    return session_id


async def session_facts(
    conn: AsyncConnection, guild_id: int, club_id: int, originals: Collection[date]
) -> Mapping[date, SessionFacts]:
    """What is known about these sessions of a club; one of which nothing is, is left out."""
    found = session.c.original.in_(list(originals))
    facts = await _facts(conn, guild_id, session.c.club_id == club_id, found)
    return {one.original: one for one in facts if one.original is not None}


async def session_with(
    conn: AsyncConnection, guild_id: int, session_id: int
) -> SessionFacts | None:
    """One session of the server by its id; None when there is none."""
    facts = await _facts(conn, guild_id, session.c.id == session_id)
    return facts[0] if facts else None


async def planned_sessions(
    conn: AsyncConnection, guild_id: int, club_id: int, after: datetime
) -> Mapping[date, datetime]:
    """The sessions of a club planned to start after a moment: their days and their instants."""
    rows = await conn.execute(
        sa.select(session.c.original, session.c.starts_at).where(
            session.c.guild_id == guild_id,
            session.c.club_id == club_id,
            session.c.original.is_not(None),
            session.c.starts_at > after,
        )
    )
    return {row.original: row.starts_at for row in rows}


async def days_with_facts(
    conn: AsyncConnection, guild_id: int, club_id: int, since: date = FIRST_DAY
) -> tuple[date, ...]:
    """The original days of the club's sessions that have a row, from ``since`` on, in order."""
    days = await conn.scalars(
        sa.select(session.c.original)
        .where(
            session.c.guild_id == guild_id,
            session.c.club_id == club_id,
            session.c.original >= since,
        )
        .order_by(session.c.original)
    )
    return tuple(days)


async def gone_sessions(conn: AsyncConnection, guild_id: int) -> tuple[SessionFacts, ...]:
    """The sessions whose rule holds no more: what was posted about them is to be taken down."""
    return await _facts(conn, guild_id, session.c.status == SessionStatus.GONE)


async def forget_session(conn: AsyncConnection, guild_id: int, session_id: int) -> None:
    """Removes a session that is gone, once nothing of it is left elsewhere."""
    await conn.execute(
        sa.delete(session).where(
            session.c.guild_id == guild_id,
            session.c.id == session_id,
            session.c.status == SessionStatus.GONE,
        )
    )


async def set_paper(
    conn: AsyncConnection,
    guild_id: int,
    session_id: int,
    paper_id: str | None,
    parts: Sequence[SessionPart],
) -> None:
    """What is read for the session, in place of what was to be read before."""
    await _update(conn, guild_id, session_id, paper_id=paper_id)
    await conn.execute(
        sa.delete(session_part).where(
            session_part.c.guild_id == guild_id, session_part.c.session_id == session_id
        )
    )
    rows = [
        {
            "guild_id": guild_id,
            "session_id": session_id,
            "position": position,
            "paper_id": part.paper_id,
            "section_id": part.section_id,
            "minutes": part.minutes,
            "number": part.number,
            "parts": part.of,
        }
        for position, part in enumerate(parts)
    ]
    if rows:
        await conn.execute(sa.insert(session_part), rows)


async def set_agenda(
    conn: AsyncConnection, guild_id: int, session_id: int, agenda: str | None
) -> None:
    """What the session is to go through; None for nothing yet."""
    await _update(conn, guild_id, session_id, agenda=agenda)


async def set_presenter(
    conn: AsyncConnection, guild_id: int, session_id: int, presenter_id: int | None, now: datetime
) -> None:
    """Who presents; None for nobody yet. It is no round of takes then."""
    since = None if presenter_id is None else now
    await _update(
        conn, guild_id, session_id, presenter_id=presenter_id, presenter_at=since, takes=False
    )


async def set_takes(conn: AsyncConnection, guild_id: int, session_id: int) -> None:
    """Nobody presents: the session is a round of takes."""
    await _update(conn, guild_id, session_id, presenter_id=None, presenter_at=None, takes=True)


async def set_held(
    conn: AsyncConnection, guild_id: int, session_id: int, recap: str | None
) -> None:
    """The session has been, and what is to be remembered of it; None leaves that as it is."""
    values: dict[str, Any] = {} if recap is None else {"recap": recap}
    await conn.execute(
        sa.update(session)
        .where(*_row(guild_id, session_id), session.c.status != SessionStatus.GONE)
        .values(status=SessionStatus.HELD, **values)
    )


async def _update(conn: AsyncConnection, guild_id: int, session_id: int, **values: Any) -> None:
    await conn.execute(sa.update(session).where(*_row(guild_id, session_id)).values(**values))


def _row(guild_id: int, session_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (session.c.guild_id == guild_id, session.c.id == session_id)


async def _facts(
    conn: AsyncConnection, guild_id: int, *wanted: sa.ColumnElement[bool]
) -> tuple[SessionFacts, ...]:
    found = (
        sa.select(*_COLUMNS)
        .join_from(session, session_event, isouter=True)
        .where(session.c.guild_id == guild_id, *wanted)
    )
    rows = (await conn.execute(found.order_by(session.c.original))).mappings().all()
    parts = await _parts(conn, guild_id, [row["id"] for row in rows])
    return tuple(SessionFacts(**row, parts=tuple(parts[row["id"]])) for row in rows)


async def _parts(
    conn: AsyncConnection, guild_id: int, session_ids: list[int]
) -> Mapping[int, list[SessionPart]]:
    rows = await conn.execute(
        sa.select(session_part)
        .where(session_part.c.guild_id == guild_id, session_part.c.session_id.in_(session_ids))
        .order_by(session_part.c.session_id, session_part.c.position)
    )
    parts: dict[int, list[SessionPart]] = defaultdict(list)
    for row in rows:
        parts[row.session_id].append(
            SessionPart(row.paper_id, row.section_id, row.minutes, row.number, row.parts)
        )
    return parts
