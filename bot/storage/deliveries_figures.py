"""What the ledger tells: what was missed, what stands how, and what is old enough to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.findings import Missed
from bot.domain.health import LedgerState
from bot.domain.personal_reminders import NO_CLUB
from bot.domain.reminders import (
    CHANNEL,
    MISSED,
    OPEN_STATES,
    DeliveryState,
    Reason,
    ReminderKind,
)
from bot.storage.deliveries import OPEN, PLANNED, read_planned
from bot.storage.tables import delivery

_SENT = (DeliveryState.SENT, DeliveryState.STALE)
_UNDECIDED = (DeliveryState.PENDING, DeliveryState.CLAIMED)
_NOT_DELIVERED = (DeliveryState.FAILED, DeliveryState.UNKNOWN)
# Who is not told because of what they chose themselves is nobody else's business.
_TELLING = (Reason.LATE, Reason.RESTORED)


async def missed(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    reader: int,
    since: datetime,
    until: datetime,
) -> Mapping[tuple[ReminderKind, Reason], int]:
    """What one reader (or the channel) did not get of a club in that time, counted."""
    rows = await conn.execute(
        sa.select(delivery.c.kind, delivery.c.reason, sa.func.count())
        .where(
            delivery.c.guild_id == guild_id,
            delivery.c.club_id == club_id,
            delivery.c.reader == reader,
            delivery.c.state.in_((DeliveryState.SKIPPED, DeliveryState.FAILED)),
            delivery.c.reason.in_(sorted(MISSED)),
            delivery.c.settled_at >= since,
            delivery.c.settled_at < until,
        )
        .group_by(delivery.c.kind, delivery.c.reason)
    )
    return Counter({(kind, reason): count for kind, reason, count in rows})


async def standing(
    conn: AsyncConnection, guild_id: int, since: datetime
) -> Mapping[tuple[DeliveryState, Reason | None], int]:
    """How the deliveries of a server that were due since then stand, counted."""
    rows = await conn.execute(
        sa.select(delivery.c.state, delivery.c.reason, sa.func.count())
        .where(delivery.c.guild_id == guild_id, delivery.c.due_at >= since)
        .group_by(delivery.c.state, delivery.c.reason)
    )
    return Counter({(state, reason): count for state, reason, count in rows})


async def forget_closed(conn: AsyncConnection, before: datetime, limit: int) -> int:
    """Removes rows that are done with and whose time is over since then; how many.

    A row that is of use still must stay: its key is what keeps it from being sent twice.
    """
    old = (
        sa.select(delivery.c.id)
        .where(delivery.c.deadline_at < before, delivery.c.state.not_in(OPEN_STATES))
        # The oldest have the lowest ids: the search ends early.
        .order_by(delivery.c.id)
        .limit(limit)
    )
    gone = await conn.execute(sa.delete(delivery).where(delivery.c.id.in_(old)))
    return gone.rowcount


async def ledger_state(
    conn: AsyncConnection, guild_id: int, since: datetime, now: datetime
) -> LedgerState:
    """How the reminders of a server stand; what was missed, counted since then.

    What goes to members privately is counted where it failed, and not told otherwise.
    """
    in_channels = (
        delivery.c.guild_id == guild_id,
        delivery.c.reader == CHANNEL,
        delivery.c.club_id != NO_CLUB,
    )
    sent = (
        sa.select(*PLANNED.values(), delivery.c.settled_at)
        .where(*in_channels, delivery.c.state.in_(_SENT))
        .order_by(delivery.c.settled_at.desc(), delivery.c.id.desc())
        .limit(1)
    )
    coming = (
        sa.select(*PLANNED.values())
        .where(OPEN, *in_channels, delivery.c.state.in_(_UNDECIDED))
        .order_by(delivery.c.due_at, delivery.c.id)
        .limit(1)
    )
    unanswered = sa.select(sa.func.count()).where(
        OPEN,
        delivery.c.guild_id == guild_id,
        delivery.c.state == DeliveryState.SENDING,
        delivery.c.next_at < now,
    )
    last = (await conn.execute(sent)).mappings().one_or_none()
    following = (await conn.execute(coming)).mappings().one_or_none()
    return LedgerState(
        last=None if last is None else read_planned(last),
        last_at=None if last is None else last["settled_at"],
        next=None if following is None else read_planned(following),
        unanswered=(await conn.execute(unanswered)).scalar_one(),
        missed=await _missed_of(conn, guild_id, since),
    )


async def _missed_of(conn: AsyncConnection, guild_id: int, since: datetime) -> tuple[Missed, ...]:
    columns = (delivery.c.club_id, delivery.c.state, delivery.c.reason)
    telling = sa.or_(
        delivery.c.state.in_(_NOT_DELIVERED),
        sa.and_(delivery.c.state == DeliveryState.SKIPPED, delivery.c.reason.in_(_TELLING)),
    )
    rows = await conn.execute(
        sa.select(*columns, sa.func.count())
        .where(
            delivery.c.guild_id == guild_id,
            delivery.c.settled_at > since,
            telling,
            # Notices, and direct messages that are closed, are between the bot and the member.
            delivery.c.club_id != NO_CLUB,
            delivery.c.reason != Reason.CLOSED,
        )
        .group_by(*columns)
        .order_by(*columns)
    )
    return tuple(Missed(*row) for row in rows)
