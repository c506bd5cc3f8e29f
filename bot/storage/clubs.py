"""Clubs: made, found with all that says when they meet, changed, paused and ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_names import folded_name
from bot.domain.clubs import Club, ClubTrouble, Place
from bot.domain.presets import Preset
from bot.domain.schedule import Pause
from bot.storage.clubs_rows import read_clubs
from bot.storage.statements import insert
from bot.storage.tables import club, club_pause, guild


async def add_club(
    conn: AsyncConnection,
    guild_id: int,
    name: str,
    channel_id: int,
    place: Place,
    length: timedelta,
    created_by: int,
    zones: str,
    now: datetime,
    preset: Preset | None = None,
) -> int | None:
    """Adds a club, without a series yet, and returns its id; None when its name is taken."""
    new = insert(conn, club).values(
        guild_id=guild_id,
        name=name,
        folded_name=folded_name(name),
        channel_id=channel_id,
        voice_channel_id=place.voice_channel_id,
        link=place.link,
        minutes=length // timedelta(minutes=1),
        created_by=created_by,
        created_at=now,
        changed_at=now,
        zones=zones,
        preset=preset,
    )
    added: int | None = (
        await conn.execute(new.on_conflict_do_nothing().returning(club.c.id))
    ).scalar_one_or_none()
    return added


async def club_with(conn: AsyncConnection, guild_id: int, club_id: int) -> Club | None:
    """One club of this server, ended or not; None when there is none with this id."""
    found = await read_clubs(conn, guild_id, club.c.id == club_id, club_id=club_id)
    return found[0] if found else None


async def live_clubs(conn: AsyncConnection, guild_id: int) -> tuple[Club, ...]:
    """The clubs of the server that have not ended, by name."""
    return await read_clubs(conn, guild_id, club.c.ended_at.is_(None))


async def count_live_clubs(conn: AsyncConnection, guild_id: int) -> int:
    """How many clubs of the server have not ended."""
    count = sa.select(sa.func.count()).where(club.c.guild_id == guild_id, club.c.ended_at.is_(None))
    return (await conn.execute(count)).scalar_one()


async def meeting_guilds(conn: AsyncConnection) -> tuple[int, ...]:
    """The servers the bot is in that have a club that has not ended."""
    found = (
        sa.select(club.c.guild_id)
        .distinct()
        .join(guild, guild.c.guild_id == club.c.guild_id)
        .where(club.c.ended_at.is_(None), guild.c.left_at.is_(None))
        .order_by(club.c.guild_id)
    )
    return tuple(await conn.scalars(found))


async def planned_otherwise(conn: AsyncConnection, zones: str) -> tuple[tuple[int, int], ...]:
    """The clubs of all servers that were planned with another time-zone database: server, id."""
    found = sa.select(club.c.guild_id, club.c.id).where(
        club.c.zones != zones, club.c.ended_at.is_(None)
    )
    rows = await conn.execute(found.order_by(club.c.id))
    return tuple((row.guild_id, row.id) for row in rows)


async def names_of(
    conn: AsyncConnection, guild_id: int, club_ids: Collection[int]
) -> dict[int, str]:
    """What these clubs are called, those that have ended too."""
    found = await conn.execute(
        sa.select(club.c.id, club.c.name).where(
            club.c.guild_id == guild_id, club.c.id.in_(list(club_ids))
        )
    )
    return {row.id: row.name for row in found}


async def is_name_taken(conn: AsyncConnection, guild_id: int, name: str, besides: int) -> bool:
    """Whether a live club of the server other than ``besides`` is called that."""
    found = sa.select(club.c.id).where(
        club.c.guild_id == guild_id,
        club.c.folded_name == folded_name(name),
        club.c.ended_at.is_(None),
        club.c.id != besides,
    )
    return await conn.scalar(found) is not None


async def change_club(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    now: datetime,
    *,
    name: str | None = None,
    channel_id: int | None = None,
    place: Place | None = None,
    length: timedelta | None = None,
) -> None:
    """Changes what is given and leaves the rest; the club has a new version either way."""
    values: dict[str, Any] = {}
    if name is not None:
        values |= {"name": name, "folded_name": folded_name(name)}
    if channel_id is not None:
        values |= {"channel_id": channel_id, "trouble": None, "trouble_at": None}
    if place is not None:
        values |= {"voice_channel_id": place.voice_channel_id, "link": place.link}
    if length is not None:
        values |= {"minutes": length // timedelta(minutes=1)}
    await _update(conn, guild_id, club_id, now, values)


async def end_club(conn: AsyncConnection, guild_id: int, club_id: int, now: datetime) -> None:
    """The club meets no more; its name is free again."""
    await _update(conn, guild_id, club_id, now, {"ended_at": now})


async def set_zones(conn: AsyncConnection, guild_id: int, club_id: int, zones: str) -> None:
    """Records with which version of the time-zone database the club is planned now."""
    await conn.execute(
        sa.update(club).where(club.c.guild_id == guild_id, club.c.id == club_id).values(zones=zones)
    )


async def set_trouble(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    trouble: ClubTrouble | None,
    now: datetime,
) -> bool:
    """Records what keeps the club from its channel, or that nothing does; whether it was news."""
    changed = await conn.execute(
        sa.update(club)
        .where(
            club.c.guild_id == guild_id,
            club.c.id == club_id,
            club.c.trouble.is_distinct_from(trouble),
        )
        .values(trouble=trouble, trouble_at=None if trouble is None else now)
    )
    return changed.rowcount == 1


async def clear_trouble(
    conn: AsyncConnection, places: Collection[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Nothing keeps the clubs of these channels (server, channel) from them; those that were."""
    cleared = await conn.execute(
        sa.update(club)
        .where(
            club.c.trouble.is_not(None),
            sa.tuple_(club.c.guild_id, club.c.channel_id).in_(sorted(places)),
        )
        .values(trouble=None, trouble_at=None)
        .returning(club.c.guild_id, club.c.channel_id)
    )
    return tuple({(row.guild_id, row.channel_id) for row in cleared})


async def begin_pause(
    conn: AsyncConnection, guild_id: int, club_id: int, pause: Pause, now: datetime
) -> None:
    """The club is paused."""
    await conn.execute(
        sa.insert(club_pause).values(
            guild_id=guild_id, club_id=club_id, since_at=pause.since, until_at=pause.until
        )
    )
    await _update(conn, guild_id, club_id, now, {})


async def end_pauses(conn: AsyncConnection, guild_id: int, club_id: int, now: datetime) -> None:
    """The pause the club is in ends now, and one still to come does not begin."""
    of_club = (club_pause.c.guild_id == guild_id, club_pause.c.club_id == club_id)
    await conn.execute(sa.delete(club_pause).where(*of_club, club_pause.c.since_at >= now))
    await conn.execute(
        sa.update(club_pause)
        .where(*of_club, sa.or_(club_pause.c.until_at.is_(None), club_pause.c.until_at > now))
        .values(until_at=now)
    )
    await _update(conn, guild_id, club_id, now, {})


async def _update(
    conn: AsyncConnection, guild_id: int, club_id: int, now: datetime, values: dict[str, Any]
) -> None:
    await conn.execute(
        sa.update(club)
        .where(club.c.guild_id == guild_id, club.c.id == club_id)
        .values(version=club.c.version + 1, changed_at=now, **values)
    )
