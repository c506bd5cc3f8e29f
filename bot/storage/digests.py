"""What a club's digest tells that stands nowhere else: papers due, and the digest before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import CHANNEL, MISSED, DeliveryState, Reason, ReminderKind
from bot.domain.signups import SignupState
from bot.storage.tables import delivery, signup


@dataclass(frozen=True, slots=True)
class LastDigest:
    """A digest that was sent: when it was due, and when it was told."""

    due: datetime
    told_at: datetime


async def papers_due(
    conn: AsyncConnection, guild_id: int, since: datetime, before: datetime
) -> Mapping[str, int]:
    """How many sign-ups of each paper are due from ``since`` to just before ``before``."""
    rows = await conn.execute(
        sa.select(signup.c.paper_id, sa.func.count().label("due"))
        .where(
            signup.c.guild_id == guild_id,
            signup.c.state == SignupState.OPEN,
            signup.c.due_at >= since,
            signup.c.due_at < before,
        )
        .group_by(signup.c.paper_id)
        .order_by(sa.func.min(signup.c.due_at), signup.c.paper_id)
    )
    return {row.paper_id: row.due for row in rows}


async def last_digest(
    conn: AsyncConnection, guild_id: int, club_id: int, before: datetime
) -> LastDigest | None:
    """The latest digest of the club that was sent and was due before that."""
    found = await conn.execute(
        sa.select(delivery.c.due_at, delivery.c.first_post_at)
        .where(
            delivery.c.guild_id == guild_id,
            delivery.c.club_id == club_id,
            delivery.c.kind == ReminderKind.DIGEST,
            delivery.c.reader == CHANNEL,
            delivery.c.state.in_((DeliveryState.SENT, DeliveryState.STALE)),
            delivery.c.due_at < before,
        )
        .order_by(delivery.c.due_at.desc())
        .limit(1)
    )
    row = found.one_or_none()
    return None if row is None else LastDigest(row.due_at, row.first_post_at)


async def missed_reminders(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    last: LastDigest | None,
    due: datetime,
    now: datetime,
) -> Mapping[Reason, int]:
    """By reason, what the club's channel did not get that was due before a digest that is due then.

    What the ``last`` digest could tell is left out, so that each is told once.
    """
    mine = [delivery.c.due_at < due, delivery.c.settled_at <= now]
    if last is not None:
        told = sa.and_(delivery.c.due_at < last.due, delivery.c.settled_at <= last.told_at)
        mine.append(sa.not_(told))
    rows = await conn.execute(
        sa.select(delivery.c.reason, sa.func.count().label("missed"))
        .where(
            delivery.c.guild_id == guild_id,
            delivery.c.club_id == club_id,
            delivery.c.reader == CHANNEL,
            delivery.c.state.in_((DeliveryState.SKIPPED, DeliveryState.FAILED)),
            delivery.c.reason.in_(sorted(MISSED)),
            *mine,
        )
        .group_by(delivery.c.reason)
    )
    return {row.reason: row.missed for row in rows}
