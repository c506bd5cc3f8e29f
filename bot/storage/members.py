"""Members: who they are in one server, and what they have decided about themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members import Absence, DmConsent, MemberSettings, Presence, SettingsChange
from bot.storage.guilds import ensure_guild
from bot.storage.statements import insert
from bot.storage.tables import member, member_interest, member_tag

# Settings that are a column of the same name in the member's row.
_COLUMNS = tuple(f.name for f in fields(SettingsChange) if f.name in member.c)


async def record_member(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    display_name: str,
    now: datetime,
    *,
    acts: bool = False,
) -> datetime | None:
    """Makes the member's row, and the server's, or brings the name up to date.

    ``acts``: it is they who do something. Returns since when the member was taken to have left;
    None for one who had not.
    """
    await ensure_guild(conn, guild_id, now)
    values = {"display_name": display_name, **({"acted_at": now} if acts else {})}
    new = insert(conn, member).values(
        guild_id=guild_id, user_id=user_id, first_seen_at=now, **values
    )
    recorded = await conn.execute(
        new.on_conflict_do_update(
            index_elements=[member.c.guild_id, member.c.user_id],
            set_={name: new.excluded[name] for name in values},
        ).returning(member.c.departed_at)
    )
    departed_at: datetime | None = recorded.scalar_one()
    return departed_at


async def settings_of(conn: AsyncConnection, guild_id: int, user_id: int) -> MemberSettings:
    """What a member has decided; the defaults for somebody unknown."""
    columns = (member.c[name] for name in _COLUMNS)
    found = await conn.execute(
        sa.select(*columns, member.c.away_from, member.c.away_until).where(*_row(guild_id, user_id))
    )
    row = found.mappings().one_or_none()
    if row is None:
        return MemberSettings()
    return MemberSettings(
        **{name: row[name] for name in _COLUMNS},
        absence=_absence(row["away_from"], row["away_until"]),
        tags=await _words(conn, guild_id, user_id, member_tag.c.tag),
        interests=await _words(conn, guild_id, user_id, member_interest.c.topic),
    )


async def change_settings(
    conn: AsyncConnection, guild_id: int, user_id: int, change: SettingsChange
) -> None:
    """Changes what is given and leaves the rest; the member must have a row."""
    wanted = {name: getattr(change, name) for name in _COLUMNS}
    wanted = {name: value for name, value in wanted.items() if value is not None}
    if change.dm is not None:
        # Whoever is asked anew may have opened their messages meanwhile.
        wanted["dm_closed_at"] = None
    if wanted:
        await conn.execute(sa.update(member).where(*_row(guild_id, user_id)).values(wanted))
    if change.tags is not None:
        await _set_words(conn, guild_id, user_id, member_tag.c.tag, change.tags)
    if change.interests is not None:
        await _set_words(conn, guild_id, user_id, member_interest.c.topic, change.interests)


async def _words(
    conn: AsyncConnection, guild_id: int, user_id: int, column: sa.Column[str]
) -> frozenset[str]:
    """The words of the catalogue that a member has chosen in the table of ``column``."""
    of = column.table.c
    found = sa.select(column).where(of.guild_id == guild_id, of.user_id == user_id)
    return frozenset(await conn.scalars(found))


async def _set_words(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    column: sa.Column[str],
    words: Collection[str],
) -> None:
    table = column.table
    assert isinstance(table, sa.Table)
    await conn.execute(
        sa.delete(table).where(table.c.guild_id == guild_id, table.c.user_id == user_id)
    )
    rows = [{"guild_id": guild_id, "user_id": user_id, column.name: one} for one in sorted(words)]
    if rows:
        await conn.execute(sa.insert(table), rows)


async def set_absence(
    conn: AsyncConnection, guild_id: int, user_id: int, absence: Absence | None
) -> None:
    """Sets when a member is away, in place of what was set before; None for not at all."""
    begins, ends = (None, None) if absence is None else (absence.begins, absence.ends)
    await conn.execute(
        sa.update(member).where(*_row(guild_id, user_id)).values(away_from=begins, away_until=ends)
    )


async def presence_of(conn: AsyncConnection, guild_id: int, user_id: int) -> Presence:
    """Whether a member can be counted on; somebody unknown can."""
    found = await conn.execute(
        sa.select(member.c.away_from, member.c.away_until, member.c.departed_at).where(
            *_row(guild_id, user_id)
        )
    )
    row = found.one_or_none()
    if row is None:
        return Presence()
    return Presence(_absence(row.away_from, row.away_until), row.departed_at)


async def set_departed(conn: AsyncConnection, guild_id: int, user_id: int, now: datetime) -> bool:
    """The member has left the server; whether that was news. Unknown members need no record."""
    found = await conn.execute(
        sa.update(member)
        .where(*_row(guild_id, user_id), member.c.departed_at.is_(None))
        .values(departed_at=now)
    )
    return found.rowcount == 1


async def clear_departed(conn: AsyncConnection, guild_id: int, user_id: int) -> None:
    """The member is back."""
    await conn.execute(sa.update(member).where(*_row(guild_id, user_id)).values(departed_at=None))


async def display_names(
    conn: AsyncConnection, guild_id: int, user_ids: Collection[int]
) -> dict[int, str]:
    """The names last seen of these members; somebody unknown is left out."""
    rows = await conn.execute(
        sa.select(member.c.user_id, member.c.display_name).where(
            member.c.guild_id == guild_id, member.c.user_id.in_(list(user_ids))
        )
    )
    return {row.user_id: row.display_name for row in rows}


async def dm_closed_at(conn: AsyncConnection, guild_id: int, user_id: int) -> datetime | None:
    """Since when Discord takes no direct messages for the member; None where it is not known to."""
    since: datetime | None = await conn.scalar(
        sa.select(member.c.dm_closed_at).where(*_row(guild_id, user_id))
    )
    return since


async def dm_consent(conn: AsyncConnection, guild_id: int, user_id: int) -> DmConsent:
    """Whether the bot may write to the member; UNASKED for somebody unknown."""
    consent: DmConsent | None = await conn.scalar(
        sa.select(member.c.dm).where(member.c.guild_id == guild_id, member.c.user_id == user_id)
    )
    return DmConsent.UNASKED if consent is None else consent


async def note_activity(conn: AsyncConnection, guild_id: int, user_id: int, now: datetime) -> bool:
    """The member does something; whether they have a row here and are not known to have left."""
    known = await conn.execute(
        sa.update(member)
        .where(*_row(guild_id, user_id), member.c.departed_at.is_(None))
        .values(acted_at=now)
    )
    return known.rowcount == 1


async def note_dm_closed(conn: AsyncConnection, guild_id: int, user_id: int, now: datetime) -> bool:
    """Discord takes no direct messages for the member; whether that was news."""
    noted = await conn.execute(
        sa.update(member)
        .where(*_row(guild_id, user_id), member.c.dm_closed_at.is_(None))
        .values(dm_closed_at=now)
    )
    return noted.rowcount == 1


def _absence(begins: datetime | None, ends: datetime | None) -> Absence | None:
    return None if begins is None or ends is None else Absence(begins, ends)


def _row(guild_id: int, user_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (member.c.guild_id == guild_id, member.c.user_id == user_id)
