"""The ledger at work: claimed deliveries are marked as under way, put off, and settled.

Every change is guarded by the number of the claim: who lost it to another process, or to an
edit, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import OPEN_STATES, Delivery, DeliveryState, Reason
from bot.storage.tables import delivery

_UNDECIDED = (DeliveryState.PENDING, DeliveryState.CLAIMED)


@dataclass(frozen=True, slots=True)
class Sent:
    """A claimed delivery that was sent. ``message_id`` is None where it is not known, or was."""

    delivery: Delivery
    message_id: int | None
    code: int = 0


async def mark_sending(
    conn: AsyncConnection, claimed: Sequence[Delivery], now: datetime, lease: timedelta
) -> frozenset[int]:
    """From now on messages may be out there; the ids of those whose claim is still held."""
    claims = [(d.id, d.planned.guild_id, d.gen) for d in claimed]
    if not claims:
        return frozenset()
    marked = await conn.execute(
        sa.update(delivery)
        .where(
            sa.tuple_(delivery.c.id, delivery.c.guild_id, delivery.c.gen).in_(claims),
            delivery.c.state.in_((DeliveryState.CLAIMED, DeliveryState.SENDING)),
        )
        .values(
            state=DeliveryState.SENDING,
            first_post_at=sa.func.coalesce(delivery.c.first_post_at, sa.literal(now, _INSTANT)),
            attempts=delivery.c.attempts + 1,
            next_at=now + lease,
        )
        .returning(delivery.c.id)
    )
    return frozenset(marked.scalars())


async def hold(conn: AsyncConnection, claimed: Delivery, until: datetime) -> bool:
    """It waits until then, and is not late before."""
    return await _change(
        conn, claimed, _UNDECIDED, state=DeliveryState.PENDING, held_until=until, next_at=until
    )


async def put_off(
    conn: AsyncConnection,
    claimed: Delivery,
    until: datetime,
    code: int | None = None,
    *,
    plain: bool = False,
    failed: bool = False,
) -> bool:
    """It is looked at again then; what was not sent for sure is as if it had not been claimed.

    ``plain`` leaves out of the message what Discord may refuse; ``failed`` counts the attempt.
    """
    state = sa.case(
        (delivery.c.state == DeliveryState.CLAIMED, DeliveryState.PENDING.value),
        else_=delivery.c.state,
    )
    values: dict[str, Any] = {"plain": True} if plain else {}
    if failed:
        values["attempts"] = delivery.c.attempts + 1
    if code is not None:
        values["last_code"] = code
    return await _change(conn, claimed, OPEN_STATES, state=state, next_at=until, **values)


async def settle_sent(conn: AsyncConnection, sent: Iterable[Sent], now: datetime) -> None:
    """These were sent; where what one says has changed meanwhile, its message is to be edited."""
    rows = [
        {
            "its_id": one.delivery.id,
            "its_guild": one.delivery.planned.guild_id,
            "its_gen": one.delivery.gen,
            "its_message": one.message_id,
            "its_code": one.code,
            "now": now,
        }
        for one in sent
    ]
    if rows:
        await conn.execute(_SETTLE_SENT, rows)


async def close(
    conn: AsyncConnection,
    claimed: Delivery,
    state: DeliveryState,
    reason: Reason,
    now: datetime,
    *,
    code: int | None = None,
    merged_into: int | None = None,
) -> bool:
    """It was skipped, failed, or nobody knows. What its message was to tell as well fails too."""
    values: dict[str, Any] = {"last_code": code} if code is not None else {}
    closed = await _change(
        conn, claimed, OPEN_STATES, state=state, reason=reason, next_at=None, settled_at=now,
        merged_into=merged_into, **values,
    )  # fmt: skip
    if closed:
        await conn.execute(
            sa.update(delivery)
            .where(
                delivery.c.guild_id == claimed.planned.guild_id,
                delivery.c.merged_into == claimed.id,
            )
            .values(state=state, reason=reason, settled_at=now)
        )
    return closed


async def fail_others(
    conn: AsyncConnection, failed: Delivery, reason: Reason, code: int, now: datetime
) -> int:
    """What else is planned to a place that cannot be reached fails untried; how many that are."""
    here = failed.planned
    done = await conn.execute(
        sa.update(delivery)
        .where(
            delivery.c.guild_id == here.guild_id,
            delivery.c.dest == here.dest,
            delivery.c.state.in_(_UNDECIDED),
        )
        .values(
            state=DeliveryState.FAILED, reason=reason, last_code=code, next_at=None, settled_at=now
        )
    )
    return done.rowcount


async def _change(
    conn: AsyncConnection, claimed: Delivery, states: Sequence[DeliveryState], **values: Any
) -> bool:
    done = await conn.execute(
        sa.update(delivery)
        .where(
            delivery.c.id == claimed.id,
            delivery.c.guild_id == claimed.planned.guild_id,
            delivery.c.gen == claimed.gen,
            delivery.c.state.in_(states),
        )
        .values(**values)
    )
    return done.rowcount == 1


def _settling_sent() -> sa.Update:
    now = sa.bindparam("now", type_=_INSTANT)
    message_id = sa.bindparam("its_message", type_=delivery.c.message_id.type)
    known = sa.func.coalesce(message_id, delivery.c.message_id)
    again = sa.and_(delivery.c.amend, known.is_not(None))
    return (
        sa.update(delivery)
        .where(
            delivery.c.id == sa.bindparam("its_id"),
            delivery.c.guild_id == sa.bindparam("its_guild"),
            delivery.c.gen == sa.bindparam("its_gen"),
            sa.or_(
                delivery.c.state == DeliveryState.SENDING, delivery.c.state == DeliveryState.STALE
            ),
        )
        .values(
            state=sa.case((again, DeliveryState.STALE.value), else_=DeliveryState.SENT.value),
            next_at=sa.case((again, now), else_=None),
            amend=False,
            message_id=known,
            last_code=sa.bindparam("its_code", type_=delivery.c.last_code.type),
            settled_at=now,
        )
    )


_INSTANT = delivery.c.first_post_at.type
# Made once: it settles thousands in a rush.
_SETTLE_SENT = _settling_sent()
