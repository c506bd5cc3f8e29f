"""The ledger's plan: what is to be delivered is written down, changed and called off.

The key of a row stays when it is called off, so that what was sent once is never sent twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import (
    CHANNEL,
    DeliveryState,
    Planned,
    Reason,
    ReminderKind,
    urgency,
)
from bot.storage.statements import insert
from bot.storage.tables import delivery, ledger_restore

_UNDECIDED = (DeliveryState.PENDING, DeliveryState.CLAIMED)
_KEY = (
    delivery.c.guild_id,
    delivery.c.club_id,
    delivery.c.key,
    delivery.c.kind,
    delivery.c.part,
    delivery.c.reader,
)
# What a new plan may change about a delivery that nobody has begun with.
_REVISED = ("dest", "due_at", "deadline_at", "version", "body")
_REOPENED = ("state", "next_at", "first_post_at")
_REMINDED = (ReminderKind.READ_BY, ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE)
_RESTORE_ROW = 1


async def plan(conn: AsyncConnection, planned: Iterable[Planned], now: datetime) -> None:
    """Writes down what is to be delivered; what is under way or done already stays as it is.

    What was called off and is planned again is open again. After a backup was restored, what may
    have been delivered since the backup is looked for before it is sent.
    """
    restored = (await conn.execute(sa.select(ledger_restore))).one_or_none()
    rows = [_row(p, now, restored) for p in planned]
    if not rows:
        return
    new = insert(conn, delivery)
    revised = {name: new.excluded[name] for name in (*_REVISED, *_REOPENED)}
    differs = sa.or_(*(delivery.c[name].is_distinct_from(new.excluded[name]) for name in _REVISED))
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=list(_KEY),
            set_={**revised, "attempts": 0, "settled_at": None},
            where=sa.or_(
                delivery.c.state == DeliveryState.CANCELLED,
                sa.and_(delivery.c.state == DeliveryState.PENDING, differs),
            ),
        ),
        rows,
    )


async def replace(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    keys: Sequence[str] | None,
    planned: Iterable[Planned],
    now: datetime,
    change: Planned | None = None,
) -> None:
    """A club's sessions with these keys (None: all) are told of as ``planned`` from now on.

    What was open is called off; what is just being sent is edited afterwards. ``change`` is sent
    when the club's channel was reminded of the session already: it is never reminded twice.
    """
    here = [delivery.c.guild_id == guild_id, delivery.c.club_id == club_id]
    if keys is not None:
        here.append(delivery.c.key.in_(list(keys)))
    await conn.execute(
        sa.update(delivery)
        .where(*here, delivery.c.state.in_(_UNDECIDED))
        .values(state=DeliveryState.CANCELLED, next_at=None, settled_at=now)
    )
    await conn.execute(
        sa.update(delivery)
        .where(*here, delivery.c.state == DeliveryState.SENDING)
        .values(amend=True)
    )
    planned = list(planned)
    if change is not None and await _was_reminded(conn, change):
        planned.append(change)
    await plan(conn, planned, now)


async def cancel_guild(conn: AsyncConnection, guild_id: int, now: datetime) -> None:
    """The bot is not in the server any more: nothing is sent there."""
    await conn.execute(
        sa.update(delivery)
        .where(delivery.c.guild_id == guild_id, delivery.c.state.in_(_UNDECIDED))
        .values(state=DeliveryState.CANCELLED, next_at=None, settled_at=now)
    )


async def reopen(
    conn: AsyncConnection, guild_id: int, dest: int, now: datetime, *, club_id: int | None = None
) -> int:
    """A place can be written to again: what failed because of it and is of use still is tried.

    With ``club_id`` also what failed in the place where that club was before.
    """
    here = delivery.c.dest == dest
    if club_id is not None:
        before = sa.and_(delivery.c.club_id == club_id, delivery.c.reader == CHANNEL)
        here = sa.or_(here, before)
    done = await conn.execute(
        sa.update(delivery)
        .where(
            delivery.c.guild_id == guild_id,
            here,
            delivery.c.state == DeliveryState.FAILED,
            delivery.c.reason.in_((Reason.FORBIDDEN, Reason.GONE, Reason.CLOSED)),
            delivery.c.merged_into.is_(None),
            delivery.c.deadline_at > now,
        )
        .values(
            state=DeliveryState.PENDING, reason=None, next_at=delivery.c.due_at,
            first_post_at=None, attempts=0, settled_at=None,
        )
    )  # fmt: skip
    return done.rowcount


async def restored(conn: AsyncConnection, backup_at: datetime, now: datetime) -> None:
    """The database is a backup of ``backup_at``; what was due since may have been delivered.

    What is of use still is looked for in its channel before anything is sent; the rest is skipped.
    """
    new = insert(conn, ledger_restore).values(id=_RESTORE_ROW, backup_at=backup_at, restored_at=now)
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[ledger_restore.c.id],
            set_={
                "backup_at": sa.case(
                    (
                        ledger_restore.c.backup_at < new.excluded.backup_at,
                        ledger_restore.c.backup_at,
                    ),
                    else_=new.excluded.backup_at,
                ),
                "restored_at": new.excluded.restored_at,
            },
        )
    )
    due = (delivery.c.state.in_(_UNDECIDED), delivery.c.due_at <= now)
    await conn.execute(
        sa.update(delivery)
        .where(*due, delivery.c.deadline_at <= now)
        .values(state=DeliveryState.SKIPPED, reason=Reason.RESTORED, next_at=None, settled_at=now)
    )
    await conn.execute(
        sa.update(delivery)
        .where(*due)
        .values(
            state=DeliveryState.SENDING,
            first_post_at=delivery.c.due_at,
            next_at=now,
            gen=delivery.c.gen + 1,
        )
    )


async def _was_reminded(conn: AsyncConnection, change: Planned) -> bool:
    told = (DeliveryState.SENT, DeliveryState.STALE, DeliveryState.UNKNOWN)
    found = await conn.scalar(
        sa.select(delivery.c.id)
        .where(
            delivery.c.guild_id == change.guild_id,
            delivery.c.club_id == change.club_id,
            delivery.c.key == change.key,
            delivery.c.reader == CHANNEL,
            delivery.c.kind.in_(_REMINDED),
            delivery.c.state.in_(told),
        )
        .limit(1)
    )
    return found is not None


def _row(planned: Planned, now: datetime, restored: Any) -> dict[str, Any]:
    may_be_out = restored is not None and restored.backup_at <= planned.due <= restored.restored_at
    return {
        "guild_id": planned.guild_id,
        "club_id": planned.club_id,
        "key": planned.key,
        "kind": planned.kind,
        "part": planned.part,
        "reader": planned.reader,
        "user_id": planned.reader if planned.by_dm else None,
        "dest": planned.dest,
        "due_at": planned.due,
        "deadline_at": planned.deadline,
        "urgency": urgency(planned.kind),
        "version": planned.version,
        "body": planned.body,
        "state": DeliveryState.SENDING if may_be_out else DeliveryState.PENDING,
        "next_at": now if may_be_out else planned.due,
        "first_post_at": planned.due if may_be_out else None,
    }
