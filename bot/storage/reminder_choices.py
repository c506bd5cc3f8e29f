"""What members have chosen about their reminders, and whom a session concerns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members import DmConsent
from bot.domain.reminders import Preferences, ReminderChoices, Wish
from bot.domain.sessions import Answer
from bot.storage.statements import insert
from bot.storage.tables import (
    club_member,
    club_mute,
    member,
    reminder_choice,
    session,
    session_answer,
)

_FLAGS = ("by_dm", "day_before", "hour_before", "reads_by", "mentioned", "budget")
_CHOSEN = tuple(reminder_choice.c[name] for name in (*_FLAGS, "quiet_from", "quiet_until"))


async def choices_of(conn: AsyncConnection, guild_id: int, user_id: int) -> ReminderChoices:
    """What a member has chosen; the defaults for whoever has not."""
    found = await conn.execute(sa.select(*_CHOSEN).where(*_row(guild_id, user_id)))
    row = found.mappings().one_or_none()
    return ReminderChoices() if row is None else _read(row)


async def choose(
    conn: AsyncConnection, guild_id: int, user_id: int, chosen: ReminderChoices, now: datetime
) -> None:
    """The member, who has a row, chooses this."""
    begin, end = chosen.quiet or (None, None)
    values = {name: getattr(chosen, name) for name in _FLAGS}
    values |= {"quiet_from": begin, "quiet_until": end, "changed_at": now}
    new = insert(conn, reminder_choice).values(guild_id=guild_id, user_id=user_id, **values)
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[reminder_choice.c.guild_id, reminder_choice.c.user_id],
            set_={name: new.excluded[name] for name in values},
        )
    )


async def preferences(conn: AsyncConnection, guild_id: int, user_id: int) -> Preferences:
    """Whether, when and how often a member may be written to; never, for somebody unknown."""
    found = await conn.execute(
        sa.select(member.c.dm, member.c.dm_closed_at, member.c.departed_at, member.c.zone,
                  member.c.acted_at, *_CHOSEN)
        .select_from(member)
        .outerjoin(reminder_choice, _of_member())
        .where(member.c.guild_id == guild_id, member.c.user_id == user_id)
    )  # fmt: skip
    row = found.mappings().one_or_none()
    if row is None:
        return Preferences(takes_dms=False)
    is_open = row["dm_closed_at"] is None and row["departed_at"] is None
    takes, acted_at = is_open and row["dm"] is DmConsent.YES, row["acted_at"]
    if row["budget"] is None:
        return Preferences(takes, answered_at=acted_at)
    chosen = _read(row)
    return Preferences(takes, chosen.quiet_hours(row["zone"]), chosen.budget, acted_at)


async def mute(
    conn: AsyncConnection, guild_id: int, club_id: int, user_id: int, now: datetime
) -> None:
    """The member is told nothing of this club by itself."""
    new = insert(conn, club_mute).values(
        guild_id=guild_id, club_id=club_id, user_id=user_id, muted_at=now
    )
    await conn.execute(new.on_conflict_do_nothing())


async def unmute(conn: AsyncConnection, guild_id: int, club_id: int, user_id: int) -> None:
    """The member is told of the club again."""
    await conn.execute(
        sa.delete(club_mute).where(
            club_mute.c.guild_id == guild_id,
            club_mute.c.club_id == club_id,
            club_mute.c.user_id == user_id,
        )
    )


async def muted_clubs(conn: AsyncConnection, guild_id: int, user_id: int) -> frozenset[int]:
    """The clubs of which a member is told nothing by itself."""
    found = sa.select(club_mute.c.club_id).where(
        club_mute.c.guild_id == guild_id, club_mute.c.user_id == user_id
    )
    return frozenset(await conn.scalars(found))


async def wishes(
    conn: AsyncConnection, guild_id: int, club_id: int, since: datetime
) -> Mapping[Wish, datetime]:
    """Who may have to be told of the club's sessions directly, and since when that is wished.

    Its standing members, and whoever comes, or may come, to one that began ``since`` then.
    """
    concerned = _concerned(guild_id, club_id, since).subquery()
    rows = await conn.execute(
        sa.select(
            reminder_choice.c.user_id,
            *_CHOSEN,
            reminder_choice.c.changed_at,
            sa.func.max(concerned.c.since, type_=reminder_choice.c.changed_at.type).label("since"),
        )
        .join(concerned, concerned.c.user_id == reminder_choice.c.user_id)
        .join(member, _of_member())
        .where(
            reminder_choice.c.guild_id == guild_id,
            member.c.departed_at.is_(None),
            reminder_choice.c.user_id.not_in(
                sa.select(club_mute.c.user_id).where(
                    club_mute.c.guild_id == guild_id, club_mute.c.club_id == club_id
                )
            ),
        )
        .group_by(reminder_choice.c.user_id)
        .order_by(reminder_choice.c.user_id)
    )
    found = {}
    for row in rows.mappings():
        if kinds := _read(row).kinds:
            found[Wish(row["user_id"], kinds)] = max(row["changed_at"], row["since"])
    return found


async def may_be_mentioned(
    conn: AsyncConnection, guild_id: int, club_id: int, user_ids: Collection[int]
) -> frozenset[int]:
    """Those of these members who let a reminder of the club mention them."""
    rows = await conn.scalars(
        sa.select(member.c.user_id)
        .outerjoin(reminder_choice, _of_member())
        .where(
            member.c.guild_id == guild_id,
            member.c.user_id.in_(list(user_ids)),
            member.c.departed_at.is_(None),
            sa.func.coalesce(reminder_choice.c.mentioned, sa.true()),
            member.c.user_id.not_in(
                sa.select(club_mute.c.user_id).where(
                    club_mute.c.guild_id == guild_id, club_mute.c.club_id == club_id
                )
            ),
        )
    )
    return frozenset(rows)


def _concerned(guild_id: int, club_id: int, since: datetime) -> sa.CompoundSelect[Any]:
    standing = sa.select(club_member.c.user_id, club_member.c.joined_at.label("since")).where(
        club_member.c.guild_id == guild_id, club_member.c.club_id == club_id
    )
    coming = (
        sa.select(session_answer.c.user_id, session_answer.c.answered_at)
        .join(
            session,
            sa.and_(
                session.c.guild_id == session_answer.c.guild_id,
                session.c.id == session_answer.c.session_id,
            ),
        )
        .where(
            session_answer.c.guild_id == guild_id,
            session.c.club_id == club_id,
            session.c.starts_at >= since,
            session_answer.c.answer.in_((Answer.GOING, Answer.MAYBE)),
        )
    )
    presenting = sa.select(session.c.presenter_id, session.c.presenter_at).where(
        session.c.guild_id == guild_id,
        session.c.club_id == club_id,
        session.c.starts_at >= since,
        session.c.presenter_id.is_not(None),
    )
    return sa.union_all(standing, coming, presenting)


def _read(row: sa.RowMapping) -> ReminderChoices:
    quiet = None if row["quiet_from"] is None else (row["quiet_from"], row["quiet_until"])
    return ReminderChoices(**{name: row[name] for name in _FLAGS}, quiet=quiet)


def _of_member() -> sa.ColumnElement[bool]:
    return sa.and_(
        reminder_choice.c.guild_id == member.c.guild_id,
        reminder_choice.c.user_id == member.c.user_id,
    )


def _row(guild_id: int, user_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (reminder_choice.c.guild_id == guild_id, reminder_choice.c.user_id == user_id)
