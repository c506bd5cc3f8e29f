"""The ledger at work: what is due is claimed, and what else is known about it is looked up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import (
    CHANNEL,
    OPEN_STATES,
    Delivery,
    DeliveryState,
    Planned,
    Reason,
    ReminderKind,
    Rival,
)
from bot.storage.tables import delivery

# Written out: SQLite uses a partial index only where the condition stands in the statement.
OPEN = sa.text("state IN ({})".format(", ".join(f"'{state.value}'" for state in OPEN_STATES)))
_UNDECIDED = (DeliveryState.PENDING, DeliveryState.CLAIMED)
PLANNED = {
    "guild_id": delivery.c.guild_id,
    "club_id": delivery.c.club_id,
    "key": delivery.c.key,
    "kind": delivery.c.kind,
    "part": delivery.c.part,
    "reader": delivery.c.reader,
    "dest": delivery.c.dest,
    "due": delivery.c.due_at,
    "deadline": delivery.c.deadline_at,
    "version": delivery.c.version,
    "body": delivery.c.body,
}
_WORK = (
    delivery.c.id,
    delivery.c.state,
    delivery.c.gen,
    delivery.c.first_post_at,
    delivery.c.attempts,
    delivery.c.plain,
    delivery.c.message_id,
    delivery.c.held_until,
)
COLUMNS = (*PLANNED.values(), *_WORK)


async def claim(
    conn: AsyncConnection, owner: str, now: datetime, lease: timedelta, limit: int
) -> tuple[Delivery, ...]:
    """Takes what is due in all servers, the most urgent first, at most ``limit``.

    What is claimed by somebody whose lease has run out is taken over; what may be out there keeps
    its state. One statement, so that no two claim the same.
    """
    due = (
        sa.select(delivery.c.id)
        .where(OPEN, delivery.c.next_at <= now)
        .order_by(delivery.c.urgency, delivery.c.due_at, delivery.c.id)
        .limit(limit)
    )
    return await _claim(conn, owner, now + lease, delivery.c.id.in_(due))


async def claim_companions(
    conn: AsyncConnection, owner: str, now: datetime, lease: timedelta, claimed: Iterable[Delivery]
) -> tuple[Delivery, ...]:
    """Takes what else is due to the members among these, to tell it in the same message."""
    members = {(d.planned.guild_id, d.planned.reader) for d in claimed if d.planned.by_dm}
    if not members:
        return ()
    places = sa.tuple_(delivery.c.guild_id, delivery.c.dest).in_(sorted(members))
    pending = delivery.c.state == DeliveryState.PENDING
    theirs = (places, delivery.c.user_id.is_not(None), pending, delivery.c.next_at <= now)
    return await _claim(conn, owner, now + lease, *theirs)


async def _claim(
    conn: AsyncConnection, owner: str, until: datetime, *which: sa.ColumnElement[bool]
) -> tuple[Delivery, ...]:
    state = sa.case(
        (delivery.c.state == DeliveryState.PENDING, DeliveryState.CLAIMED.value),
        else_=delivery.c.state,
    )
    rows = await conn.execute(
        sa.update(delivery)
        .where(*which)
        .values(state=state, gen=delivery.c.gen + 1, owner=owner, next_at=until)
        .returning(*COLUMNS)
    )
    return tuple(read_row(row) for row in rows.mappings())


async def rivals(conn: AsyncConnection, claimed: Delivery, now: datetime) -> tuple[Rival, ...]:
    """What the same club has, or had, for the same place that was due later and is due by now."""
    mine = claimed.timely
    due = sa.func.coalesce(delivery.c.held_until, delivery.c.due_at, type_=_INSTANT)
    rows = await conn.execute(
        sa.select(delivery.c.id, due, delivery.c.deadline_at, delivery.c.state).where(
            delivery.c.guild_id == mine.guild_id,
            delivery.c.dest == mine.dest,
            delivery.c.due_at <= now,
            due.between(mine.due, now),
            delivery.c.club_id == mine.club_id,
            delivery.c.id != claimed.id,
        )
    )
    return tuple(Rival(*row) for row in rows)


async def told_along(conn: AsyncConnection, lead: Delivery) -> tuple[Delivery, ...]:
    """What the message of this delivery tells as well, in the order it was due."""
    rows = await conn.execute(
        sa.select(*COLUMNS)
        .where(
            delivery.c.guild_id == lead.planned.guild_id,
            delivery.c.merged_into == lead.id,
        )
        .order_by(delivery.c.due_at, delivery.c.id)
    )
    return tuple(read_row(row) for row in rows.mappings())


async def prompts(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    kinds: Iterable[ReminderKind],
    since: datetime,
) -> tuple[datetime, ...]:
    """When a member was sent deliveries of these kinds, alone or along with others."""
    told_at = sa.func.coalesce(delivery.c.first_post_at, delivery.c.settled_at, type_=_INSTANT)
    told = sa.or_(
        delivery.c.state.in_(
            (
                DeliveryState.SENDING,
                DeliveryState.SENT,
                DeliveryState.STALE,
                DeliveryState.UNKNOWN,
            )
        ),
        delivery.c.reason == Reason.MERGED,
    )
    rows = await conn.execute(
        sa.select(told_at).where(
            delivery.c.guild_id == guild_id,
            delivery.c.dest == user_id,
            delivery.c.user_id == user_id,
            delivery.c.kind.in_(list(kinds)),
            told,
            told_at >= since,
        )
    )
    return tuple(at for (at,) in rows)


async def next_due(conn: AsyncConnection) -> datetime | None:
    """When there is something to do next in any server; None when nothing is planned."""
    due: datetime | None = await conn.scalar(sa.select(sa.func.min(delivery.c.next_at)).where(OPEN))
    return due


async def club_told_in(
    conn: AsyncConnection, guild_id: int, channel_id: int, message_id: int
) -> int | None:
    """The club that a message in a channel reminds of; None when it is no reminder known."""
    found = sa.select(delivery.c.club_id).where(
        delivery.c.guild_id == guild_id,
        delivery.c.dest == channel_id,
        delivery.c.message_id == message_id,
    )
    club_id: int | None = await conn.scalar(found.limit(1))
    return club_id


async def coming_to_channel(
    conn: AsyncConnection, guild_id: int, club_id: int, limit: int
) -> tuple[Planned, ...]:
    """What the club's channel is to be told next, in order."""
    rows = await conn.execute(
        sa.select(*PLANNED.values())
        .where(
            delivery.c.guild_id == guild_id,
            delivery.c.club_id == club_id,
            delivery.c.reader == CHANNEL,
            delivery.c.state.in_(_UNDECIDED),
        )
        .order_by(delivery.c.due_at, delivery.c.id)
        .limit(limit)
    )
    return tuple(read_planned(row) for row in rows.mappings())


async def known_to_channel(
    conn: AsyncConnection, guild_id: int, club_id: int, now: datetime
) -> frozenset[tuple[str, ReminderKind, int]]:
    """Which of what may still be told to the club's channel is planned, or done with, already."""
    rows = await conn.execute(
        sa.select(delivery.c.key, delivery.c.kind, delivery.c.part).where(
            delivery.c.guild_id == guild_id,
            delivery.c.club_id == club_id,
            delivery.c.reader == CHANNEL,
            delivery.c.deadline_at > now,
            delivery.c.state != DeliveryState.CANCELLED,
        )
    )
    return frozenset((key, kind, part) for key, kind, part in rows)


def read_row(row: sa.RowMapping) -> Delivery:
    """A delivery of the ledger from its ``COLUMNS``."""
    return Delivery(planned=read_planned(row), **{c.name: row[c.name] for c in _WORK})


def read_planned(row: sa.RowMapping) -> Planned:
    """What was planned, of a row that has the columns of ``PLANNED``."""
    return Planned(**{name: row[column.name] for name, column in PLANNED.items()})


_INSTANT = delivery.c.first_post_at.type
