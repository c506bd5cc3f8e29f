"""Clubs as they are read: a row, its series, its pauses, and what differs about its sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.clubs import Club, Place
from bot.domain.schedule import Change, Moved, Pause, Skipped, Timetable
from bot.storage.clubs_series import series_of
from bot.storage.tables import club, club_pause, session


async def read_clubs(
    conn: AsyncConnection,
    guild_id: int,
    wanted: sa.ColumnElement[bool],
    *,
    club_id: int | None = None,
) -> tuple[Club, ...]:
    """The clubs of the server that are ``wanted``, by name; ``club_id`` when that is but one."""
    found = sa.select(club).where(club.c.guild_id == guild_id, wanted)
    rows = (await conn.execute(found.order_by(club.c.folded_name, club.c.id))).all()
    if not rows:
        return ()
    series = await series_of(conn, guild_id, club_id)
    changes = await _changes(conn, guild_id, club_id)
    pauses = await _pauses(conn, guild_id, club_id)
    return tuple(
        Club(
            row.id,
            guild_id,
            row.name,
            row.channel_id,
            Place(row.voice_channel_id, row.link),
            Timetable(
                tuple(one for _, one in series[row.id]),
                changes[row.id],
                tuple(pauses[row.id]),
                timedelta(minutes=row.minutes),
            ),
            tuple(key for key, _ in series[row.id]),
            row.version,
            row.changed_at,
            row.zones,
            row.created_by,
            row.ended_at,
            row.trouble,
            row.preset,
        )
        for row in rows
    )


async def _changes(
    conn: AsyncConnection, guild_id: int, club_id: int | None
) -> Mapping[int, dict[date, Change]]:
    found = sa.select(
        session.c.club_id, session.c.original, session.c.skipped, session.c.moved_to
    ).where(
        session.c.guild_id == guild_id,
        session.c.original.is_not(None),
        sa.or_(session.c.skipped, session.c.moved_to.is_not(None)),
    )
    if club_id is not None:
        found = found.where(session.c.club_id == club_id)
    changes: dict[int, dict[date, Change]] = defaultdict(dict)
    for row in await conn.execute(found):
        changes[row.club_id][row.original] = Skipped() if row.skipped else Moved(row.moved_to)
    return changes


async def _pauses(
    conn: AsyncConnection, guild_id: int, club_id: int | None
) -> Mapping[int, list[Pause]]:
    found = sa.select(club_pause.c.club_id, club_pause.c.since_at, club_pause.c.until_at).where(
        club_pause.c.guild_id == guild_id
    )
    if club_id is not None:
        found = found.where(club_pause.c.club_id == club_id)
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for row in await conn.execute(found.order_by(club_pause.c.since_at, club_pause.c.id)):
        pauses[row.club_id].append(Pause(row.since_at, row.until_at))
    return pauses
