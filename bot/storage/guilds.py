"""Servers: when the bot came and went, and what they have decided."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.coverage import DEFAULT_TARGET
from bot.domain.guild import GuildRules
from bot.domain.presets import Preset
from bot.storage.statements import insert
from bot.storage.tables import guild


async def record_joined(conn: AsyncConnection, guild_id: int, now: datetime) -> None:
    """The bot is in this server. Only a server it had left gets a new date of joining."""
    new = insert(conn, guild).values(guild_id=guild_id, joined_at=now)
    back = sa.case((guild.c.left_at.is_(None), guild.c.joined_at), else_=new.excluded.joined_at)
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[guild.c.guild_id], set_={"joined_at": back, "left_at": None}
        )
    )


async def record_left(conn: AsyncConnection, guild_id: int, now: datetime) -> None:
    """The bot is no longer in this server. The first date of leaving stays; an unknown server
    needs no record.
    """
    await conn.execute(
        sa.update(guild)
        .where(guild.c.guild_id == guild_id, guild.c.left_at.is_(None))
        .values(left_at=now)
    )


async def left_guilds(conn: AsyncConnection) -> dict[int, datetime]:
    """Every server that removed the bot, and when."""
    rows = await conn.execute(
        sa.select(guild.c.guild_id, guild.c.left_at).where(guild.c.left_at.is_not(None))
    )
    return {row.guild_id: row.left_at for row in rows}


async def ensure_guild(conn: AsyncConnection, guild_id: int, now: datetime) -> None:
    """Makes the server's row if it has none, joined ``now``; changes nothing otherwise."""
    new = insert(conn, guild).values(guild_id=guild_id, joined_at=now)
    await conn.execute(new.on_conflict_do_nothing(index_elements=[guild.c.guild_id]))


async def present_guilds(conn: AsyncConnection) -> frozenset[int]:
    """Every server the bot is in, as far as the database knows."""
    rows = await conn.scalars(sa.select(guild.c.guild_id).where(guild.c.left_at.is_(None)))
    return frozenset(rows)


async def is_present(conn: AsyncConnection, guild_id: int) -> bool:
    """Whether the bot is in this server, as far as the database knows."""
    found = sa.select(guild.c.guild_id).where(
        guild.c.guild_id == guild_id, guild.c.left_at.is_(None)
    )
    return await conn.scalar(found) is not None


async def guild_rules(conn: AsyncConnection, guild_id: int) -> GuildRules:
    """What the server has decided; the defaults for an unknown server."""
    row = (
        await conn.execute(
            sa.select(
                guild.c.target_readers,
                guild.c.open_limit,
                guild.c.seats,
                guild.c.organiser_role_id,
                guild.c.home_channel_id,
                guild.c.zone,
                guild.c.preset,
            ).where(guild.c.guild_id == guild_id)
        )
    ).one_or_none()
    return GuildRules() if row is None else GuildRules(*row)


async def target_readers(conn: AsyncConnection, guild_id: int) -> int:
    """How many readers a theory needs here to count as met; the default for an unknown server."""
    target: int | None = await conn.scalar(
        sa.select(guild.c.target_readers).where(guild.c.guild_id == guild_id)
    )
    return DEFAULT_TARGET if target is None else target


async def set_target_readers(
    conn: AsyncConnection, guild_id: int, target: int, now: datetime
) -> None:
    """Sets how many readers a theory needs here; IntegrityError outside TARGET_READERS."""
    await _set(conn, guild_id, now, target_readers=target)


async def set_home_channel(
    conn: AsyncConnection, guild_id: int, channel_id: int | None, now: datetime
) -> None:
    """Sets where things go when nobody says where; None for where it is asked."""
    await _set(conn, guild_id, now, home_channel_id=channel_id)


async def set_organiser_role(
    conn: AsyncConnection, guild_id: int, role_id: int | None, now: datetime
) -> None:
    """Sets which role makes an organiser; None for Manage Server alone."""
    await _set(conn, guild_id, now, organiser_role_id=role_id)


async def set_zone(conn: AsyncConnection, guild_id: int, zone: str, now: datetime) -> None:
    """Sets the zone (an IANA name) in which clubs meet when nobody says one."""
    await _set(conn, guild_id, now, zone=zone)


async def set_preset(
    conn: AsyncConnection, guild_id: int, preset: Preset | None, now: datetime
) -> None:
    """Sets the kind of club the server prefers; None for none."""
    await _set(conn, guild_id, now, preset=preset)


async def _set(conn: AsyncConnection, guild_id: int, now: datetime, **values: object) -> None:
    """Sets columns of the server's row, which is made when there is none."""
    new = insert(conn, guild).values(guild_id=guild_id, joined_at=now, **values)
    await conn.execute(new.on_conflict_do_update(index_elements=[guild.c.guild_id], set_=values))


async def set_limits(conn: AsyncConnection, guild_id: int, open_limit: int, seats: int) -> None:
    """Sets how many sign-ups a member may have open and how many seats a paper has."""
    await conn.execute(
        sa.update(guild)
        .where(guild.c.guild_id == guild_id)
        .values(open_limit=open_limit, seats=seats)
    )
