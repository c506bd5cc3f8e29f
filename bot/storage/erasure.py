"""Erasing a member: the wish, and taking out every row and every mention of them.

Columns that hold a member's id are listed in ``bot.storage.export``, and a test holds that list
against the schema; a second one looks for the member in the file after an erasure.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deadlines import DeadlineKind
from bot.domain.privacy import Erasure
from bot.storage import note_search, notes
from bot.storage.statements import insert
from bot.storage.tables import (
    audit,
    board,
    catalogue_edit,
    catalogue_proposal,
    club,
    deadline,
    erasure,
    explanation,
    guild,
    member,
    note,
    notice,
    session,
    signup,
    split_round,
)

_COLUMNS = (
    erasure.c.id,
    erasure.c.guild_id,
    erasure.c.user_id,
    erasure.c.asked_at,
    erasure.c.keep_notes,
)
# What is due about a member, with the member's id as its subject.
_ABOUT_A_MEMBER = (DeadlineKind.AWAY_BEGINS, DeadlineKind.AWAY_ENDS)

# Rows of others that name a member, and when they came to do so.
_MENTIONS = (
    (audit.c.actor_id, audit.c.happened_at),
    (audit.c.member_id, audit.c.happened_at),
    (board.c.posted_by, board.c.created_at),
    (catalogue_edit.c.author_id, catalogue_edit.c.happened_at),
    (catalogue_proposal.c.decided_by, catalogue_proposal.c.decided_at),
    (club.c.created_by, club.c.created_at),
    (session.c.presenter_id, session.c.presenter_at),
    (split_round.c.started_by, split_round.c.created_at),
    (signup.c.assigned_by, signup.c.created_at),
    (note.c.hidden_by, note.c.hidden_at),
)


async def ask_erasure(
    conn: AsyncConnection, guild_id: int, user_id: int, now: datetime, *, keep_notes: bool
) -> Erasure:
    """Notes a member's wish. One that was noted stays as it is, unless it was a different one."""
    new = insert(conn, erasure).values(
        guild_id=guild_id, user_id=user_id, asked_at=now, keep_notes=keep_notes
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[erasure.c.guild_id, erasure.c.user_id],
            set_={"asked_at": new.excluded.asked_at, "keep_notes": new.excluded.keep_notes},
            where=erasure.c.keep_notes != new.excluded.keep_notes,
        )
    )
    noted = await pending_erasure(conn, guild_id, user_id)
    assert noted is not None
    return noted


async def pending_erasure(conn: AsyncConnection, guild_id: int, user_id: int) -> Erasure | None:
    """The erasure a member has asked for, until it takes effect."""
    found = await conn.execute(
        sa.select(*_COLUMNS).where(erasure.c.guild_id == guild_id, erasure.c.user_id == user_id)
    )
    row = found.one_or_none()
    return None if row is None else Erasure(*row)


async def erasure_with(conn: AsyncConnection, guild_id: int, erasure_id: int) -> Erasure | None:
    """One wish by its id; None when it was taken back or has been met."""
    found = await conn.execute(
        sa.select(*_COLUMNS).where(erasure.c.guild_id == guild_id, erasure.c.id == erasure_id)
    )
    row = found.one_or_none()
    return None if row is None else Erasure(*row)


async def forget_erasure(conn: AsyncConnection, guild_id: int, user_id: int) -> None:
    """The member thought better of it."""
    await conn.execute(
        sa.delete(erasure).where(erasure.c.guild_id == guild_id, erasure.c.user_id == user_id)
    )


async def erase_member(
    conn: AsyncConnection, guild_id: int, user_id: int, *, keep_notes: bool
) -> None:
    """Removes the member's row and all that hangs on it; live sign-ups must be closed before.

    With ``keep_notes`` their shared notes stay without a name. What they said of others'
    explanations counts on, without their name and their words.
    """
    await notes.erase_notes(conn, guild_id, user_id, keep=keep_notes)
    await conn.execute(
        sa.update(explanation)
        .where(*_of(explanation, guild_id), explanation.c.listener_id == user_id)
        .values(
            listener_id=None,
            unclear_step=sa.case((explanation.c.unclear_step.is_(None), None), else_=""),
        )
    )
    await _forget_due(conn, guild_id, user_id)
    await conn.execute(
        sa.delete(member).where(member.c.guild_id == guild_id, member.c.user_id == user_id)
    )


async def erase_traces(
    conn: AsyncConnection, guild_id: int, user_id: int, before: datetime
) -> None:
    """Takes the member's id, and quotes of their messages, out of rows that belong to others.

    Only out of what was there ``before``: what came later is of a member who has returned.
    """
    await conn.execute(
        sa.delete(note).where(
            *_of(note, guild_id), note.c.source_author_id == user_id, note.c.created_at < before
        )
    )
    edit = catalogue_edit.c
    await conn.execute(
        sa.update(catalogue_edit)
        .where(*_of(catalogue_edit, guild_id), edit.author_id == user_id, edit.happened_at < before)
        .values(file_name=None)
    )
    for column, moment in _MENTIONS:
        await conn.execute(
            sa.update(column.table)
            .where(*_of(column.table, guild_id), column == user_id, moment < before)
            .values({column.name: None})
        )
    await note_search.purge(conn)

    # A line of the trail may name whom it was done to in its subject.
    digits = str(user_id)
    await conn.execute(
        sa.update(audit)
        .where(
            *_of(audit, guild_id), audit.c.subject.contains(digits), audit.c.happened_at < before
        )
        .values(subject=sa.func.replace(audit.c.subject, digits, "erased"))
    )


async def _forget_due(conn: AsyncConnection, guild_id: int, user_id: int) -> None:
    """What is due about the member, their notices and those that speak of them."""
    notices = sa.select(notice.c.id).where(
        *_of(notice, guild_id), sa.or_(notice.c.user_id == user_id, notice.c.other_id == user_id)
    )
    wishes = sa.select(erasure.c.id).where(*_of(erasure, guild_id), erasure.c.user_id == user_id)
    for kinds, subjects in (
        (_ABOUT_A_MEMBER, deadline.c.subject_id == user_id),
        ((DeadlineKind.NOTICE,), deadline.c.subject_id.in_(notices)),
        ((DeadlineKind.ERASURE,), deadline.c.subject_id.in_(wishes)),
    ):
        await conn.execute(
            sa.delete(deadline).where(
                *_of(deadline, guild_id), deadline.c.kind.in_(kinds), subjects
            )
        )


async def seen_members(conn: AsyncConnection) -> list[tuple[int, int, datetime]]:
    """Everybody the database names: server, user, and since when it does.

    For an installation that has to look for somebody it knows by a hash alone.
    """
    known = sa.select(member.c.guild_id, member.c.user_id, member.c.first_seen_at)
    rows = await conn.execute(known)
    found = {(row.guild_id, row.user_id): row.first_seen_at for row in rows}
    members = frozenset(found)
    for column, moment in ((note.c.source_author_id, note.c.created_at), *_MENTIONS):
        guild_id = column.table.c.guild_id
        named = sa.select(guild_id, column, sa.func.min(moment)).where(column.is_not(None))
        for server, user, since in await conn.execute(named.group_by(guild_id, column)):
            if (server, user) not in members:
                found[server, user] = min(since, found.get((server, user), since))
    return [(guild_id, user_id, since) for (guild_id, user_id), since in found.items()]


async def seen_guilds(conn: AsyncConnection) -> list[tuple[int, None, datetime]]:
    """Every server the database knows, and since when the bot is there."""
    rows = await conn.execute(sa.select(guild.c.guild_id, guild.c.joined_at))
    return [(row.guild_id, None, row.joined_at) for row in rows]


async def erase_left_guild(conn: AsyncConnection, guild_id: int, left_by: datetime) -> bool:
    """Removes a server and all that belongs to it, if it removed the bot by that moment."""
    gone = await conn.execute(
        sa.delete(guild).where(guild.c.guild_id == guild_id, guild.c.left_at <= left_by)
    )
    if gone.rowcount:
        await note_search.purge(conn)
    return gone.rowcount == 1


async def erase_guild(conn: AsyncConnection, guild_id: int) -> None:
    """Removes a server and all that belongs to it."""
    await conn.execute(sa.delete(guild).where(guild.c.guild_id == guild_id))
    await note_search.purge(conn)


def _of(table: sa.FromClause, guild_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.c.guild_id == guild_id,)
