"""Sign-ups and their seats. Every seat and slot is taken in one guarded statement.

The statement takes the lowest free number while fewer than the limit are held; the unique keys
make sure that no two get the same one. Nothing is counted first and inserted afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.signups import LIVE, Signup, SignupState
from bot.storage.tables import member, signup

_COLUMNS = (
    signup.c.id,
    signup.c.guild_id,
    signup.c.user_id,
    signup.c.paper_id,
    signup.c.state,
    signup.c.seat,
    signup.c.created_at,
    signup.c.opened_at,
    signup.c.due_at,
    signup.c.shared_at,
    signup.c.logged_at,
    signup.c.active_at,
    signup.c.seconds_left,
)
_LIVE = tuple(sorted(LIVE))


def _lowest_free(
    column: sa.ColumnElement[int | None], *of: sa.ColumnElement[bool]
) -> tuple[sa.ScalarSelect[Any], sa.ScalarSelect[Any]]:
    """The lowest number not held in ``column``, and how many are held, among rows ``of``."""
    held = sa.select(column).where(*of, column.is_not(None))
    numbers = sa.union(
        sa.select(sa.literal_column("1").label("number")), held.with_only_columns(column + 1)
    ).subquery()
    lowest = sa.select(sa.func.min(numbers.c.number)).where(numbers.c.number.not_in(held))
    count = sa.select(sa.func.count()).select_from(held.subquery())
    return lowest.scalar_subquery(), count.scalar_subquery()


def _seat(guild_id: int, paper_id: str) -> tuple[sa.ScalarSelect[Any], sa.ScalarSelect[Any]]:
    held = signup.alias("held")
    return _lowest_free(held.c.seat, held.c.guild_id == guild_id, held.c.paper_id == paper_id)


def _slot(guild_id: int, user_id: int) -> tuple[sa.ScalarSelect[Any], sa.ScalarSelect[Any]]:
    own = signup.alias("own")
    return _lowest_free(own.c.slot, own.c.guild_id == guild_id, own.c.user_id == user_id)


async def open_signup(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    paper_id: str,
    now: datetime,
    due_at: datetime,
    *,
    seats: int,
    slots: int,
) -> Signup | None:
    """Takes a seat and a slot at once; None when either is not to be had.

    ``seats`` and ``slots`` are the limits. The caller sees to it that nobody waits.
    """
    seat, seats_held = _seat(guild_id, paper_id)
    slot, slots_held = _slot(guild_id, user_id)
    taken = sa.select(
        sa.literal(guild_id, signup.c.guild_id.type),
        sa.literal(user_id, signup.c.user_id.type),
        sa.literal(paper_id, signup.c.paper_id.type),
        sa.literal(SignupState.OPEN, signup.c.state.type),
        seat,
        slot,
        *(sa.literal(at, signup.c.created_at.type) for at in (now, now, due_at)),
    ).where(seats_held < seats, slots_held < slots)
    names = ["guild_id", "user_id", "paper_id", "state", "seat", "slot", "created_at", "opened_at"]
    new = sa.insert(signup).from_select([*names, "due_at"], taken)
    return await _one(conn, new.returning(*_COLUMNS))


async def wait(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str, now: datetime
) -> Signup:
    """Puts the member at the end of the paper's waiting list."""
    new = sa.insert(signup).values(
        guild_id=guild_id,
        user_id=user_id,
        paper_id=paper_id,
        state=SignupState.WAITING,
        created_at=now,
    )
    waiting = await _one(conn, new.returning(*_COLUMNS))
    assert waiting is not None
    return waiting


async def offer_next(
    conn: AsyncConnection, guild_id: int, paper_id: str, now: datetime, *, seats: int
) -> Signup | None:
    """Offers a free seat to the first who waits and is here; None without a seat or anybody.

    Who is away or has left is passed over and keeps their place.
    """
    first = (
        sa.select(sa.func.min(signup.c.id))
        .join(
            member,
            sa.and_(member.c.guild_id == signup.c.guild_id, member.c.user_id == signup.c.user_id),
        )
        .where(
            signup.c.guild_id == guild_id,
            signup.c.paper_id == paper_id,
            signup.c.state == SignupState.WAITING,
            member.c.departed_at.is_(None),
            sa.or_(
                member.c.away_from.is_(None),
                member.c.away_from > now,
                member.c.away_until <= now,
            ),
        )
        .scalar_subquery()
    )
    seat, held = _seat(guild_id, paper_id)
    return await _one(
        conn,
        sa.update(signup)
        .where(signup.c.guild_id == guild_id, signup.c.id == first, held < seats)
        .values(state=SignupState.OFFERED, seat=seat)
        .returning(*_COLUMNS),
    )


async def assign(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    paper_id: str,
    organiser_id: int,
    now: datetime,
    *,
    seats: int,
) -> Signup | None:
    """Offers a free seat to a member an organiser names; None when there is none."""
    seat, held = _seat(guild_id, paper_id)
    offered = sa.select(
        sa.literal(guild_id, signup.c.guild_id.type),
        sa.literal(user_id, signup.c.user_id.type),
        sa.literal(paper_id, signup.c.paper_id.type),
        sa.literal(SignupState.OFFERED, signup.c.state.type),
        seat,
        sa.literal(now, signup.c.created_at.type),
        sa.literal(organiser_id, signup.c.assigned_by.type),
    ).where(held < seats)
    names = ["guild_id", "user_id", "paper_id", "state", "seat", "created_at", "assigned_by"]
    return await _one(conn, sa.insert(signup).from_select(names, offered).returning(*_COLUMNS))


async def take_offer(
    conn: AsyncConnection, found: Signup, now: datetime, due_at: datetime, *, slots: int
) -> Signup | None:
    """Turns an offer into an open sign-up in a slot of the member's; None without a free slot."""
    slot, held = _slot(found.guild_id, found.user_id)
    return await _one(
        conn,
        _update(found, SignupState.OFFERED)
        .where(held < slots)
        .values(state=SignupState.OPEN, slot=slot, opened_at=now, due_at=due_at)
        .returning(*_COLUMNS),
    )


async def close(conn: AsyncConnection, found: Signup, state: SignupState, now: datetime) -> None:
    """Ends a sign-up: it gives up its seat and its slot."""
    await conn.execute(
        _update(found, *LIVE).values(
            state=state, seat=None, slot=None, seconds_left=None, closed_at=now
        )
    )


async def wait_again(conn: AsyncConnection, found: Signup) -> None:
    """An offered seat goes back, and the member to their old place in the waiting list."""
    await conn.execute(
        _update(found, SignupState.OFFERED).values(state=SignupState.WAITING, seat=None)
    )


async def share(conn: AsyncConnection, found: Signup, now: datetime) -> None:
    """Gives the seat up for a co-reader; the member reads on."""
    await conn.execute(
        _update(found, SignupState.OPEN)
        .where(signup.c.shared_at.is_(None))
        .values(seat=None, shared_at=now)
    )


async def pause(conn: AsyncConnection, found: Signup, seconds_left: int) -> None:
    """Puts an open sign-up aside, without a seat or a slot."""
    await conn.execute(
        _update(found, SignupState.OPEN).values(
            state=SignupState.PAUSED, seat=None, slot=None, due_at=None, seconds_left=seconds_left
        )
    )


async def resume(
    conn: AsyncConnection, found: Signup, now: datetime, due_at: datetime, *, seats: int
) -> Signup | None:
    """Opens a paused sign-up again, beyond the member's limit if need be.

    It takes a free seat, or else shares the paper with those who have one.
    """
    slot, _ = _slot(found.guild_id, found.user_id)
    seat, held = _seat(found.guild_id, found.paper_id)
    free = held < seats
    return await _one(
        conn,
        _update(found, SignupState.PAUSED)
        .values(
            state=SignupState.OPEN,
            slot=slot,
            seat=sa.case((free, seat), else_=None),
            shared_at=sa.case(
                (free, signup.c.shared_at), else_=sa.literal(now, signup.c.shared_at.type)
            ),
            due_at=due_at,
            opened_at=now,
            seconds_left=None,
        )
        .returning(*_COLUMNS),
    )


async def set_due(conn: AsyncConnection, found: Signup, due_at: datetime) -> None:
    """Moves the due date of an open sign-up."""
    await conn.execute(_update(found, SignupState.OPEN).values(due_at=due_at))


async def record_activity(
    conn: AsyncConnection, found: Signup, now: datetime, *, logged: bool
) -> None:
    """The reader gave a sign of life: logged something, or answered a check-in."""
    values = {"active_at": now} | ({"logged_at": now} if logged else {})
    await conn.execute(_update(found, SignupState.OPEN).values(values))


async def signup_with(conn: AsyncConnection, guild_id: int, signup_id: int) -> Signup | None:
    """One sign-up of this server, live or closed; None when there is none with this id."""
    found = sa.select(*_COLUMNS).where(signup.c.guild_id == guild_id, signup.c.id == signup_id)
    return await _one(conn, found)


async def live_signup(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str
) -> Signup | None:
    """The member's live sign-up for the paper; None when there is none."""
    found = sa.select(*_COLUMNS).where(
        signup.c.guild_id == guild_id,
        signup.c.user_id == user_id,
        signup.c.paper_id == paper_id,
        signup.c.state.in_(_LIVE),
    )
    return await _one(conn, found)


async def live_signups(
    conn: AsyncConnection,
    guild_id: int,
    *,
    user_id: int | None = None,
    paper_id: str | None = None,
    states: Sequence[SignupState] = _LIVE,
) -> tuple[Signup, ...]:
    """The live sign-ups of a member, of a paper, or of both, in the order they were made."""
    found = sa.select(*_COLUMNS).where(
        signup.c.guild_id == guild_id, signup.c.state.in_(list(states))
    )
    if user_id is not None:
        found = found.where(signup.c.user_id == user_id)
    if paper_id is not None:
        found = found.where(signup.c.paper_id == paper_id)
    rows = await conn.execute(found.order_by(signup.c.id))
    return tuple(Signup(**row) for row in rows.mappings())


def _update(found: Signup, *states: SignupState) -> sa.Update:
    return sa.update(signup).where(
        signup.c.guild_id == found.guild_id,
        signup.c.id == found.id,
        signup.c.state.in_(list(states)),
    )


async def _one(conn: AsyncConnection, statement: sa.Executable) -> Signup | None:
    row = (await conn.execute(statement)).mappings().one_or_none()
    return None if row is None else Signup(**row)
