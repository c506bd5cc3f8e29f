"""Sign-ups: found, put in line, put aside, moved and ended. Seats are taken in ``seats``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.signups import LIVE, Signup, SignupState
from bot.storage.signup_rows import COLUMNS, one_signup, update_signup
from bot.storage.tables import signup

_LIVE = tuple(sorted(LIVE))


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
    waiting = await one_signup(conn, new.returning(*COLUMNS))
    assert waiting is not None
    return waiting


async def close(conn: AsyncConnection, found: Signup, state: SignupState, now: datetime) -> None:
    """Ends a sign-up: it gives up its seat and its slot."""
    await conn.execute(
        update_signup(found, *LIVE).values(
            state=state, seat=None, slot=None, seconds_left=None, closed_at=now
        )
    )


async def wait_again(conn: AsyncConnection, found: Signup) -> None:
    """An offered seat goes back, and the member to their old place in the waiting list."""
    await conn.execute(
        update_signup(found, SignupState.OFFERED).values(state=SignupState.WAITING, seat=None)
    )


async def share(conn: AsyncConnection, found: Signup, now: datetime) -> None:
    """Gives the seat up for a co-reader; the member reads on."""
    await conn.execute(
        update_signup(found, SignupState.OPEN)
        .where(signup.c.shared_at.is_(None))
        .values(seat=None, shared_at=now)
    )


async def pause(conn: AsyncConnection, found: Signup, seconds_left: int) -> None:
    """Puts an open sign-up aside, without a seat or a slot."""
    await conn.execute(
        update_signup(found, SignupState.OPEN).values(
            state=SignupState.PAUSED, seat=None, slot=None, due_at=None, seconds_left=seconds_left
        )
    )


async def set_due(conn: AsyncConnection, found: Signup, due_at: datetime) -> None:
    """Moves the due date of an open sign-up."""
    await conn.execute(update_signup(found, SignupState.OPEN).values(due_at=due_at))


async def record_activity(
    conn: AsyncConnection, found: Signup, now: datetime, *, logged: bool
) -> None:
    """The reader gave a sign of life: logged something, or answered a check-in."""
    values = {"active_at": now} | ({"logged_at": now} if logged else {})
    await conn.execute(update_signup(found, SignupState.OPEN).values(values))


async def signup_with(conn: AsyncConnection, guild_id: int, signup_id: int) -> Signup | None:
    """One sign-up of this server, live or closed; None when there is none with this id."""
    found = sa.select(*COLUMNS).where(signup.c.guild_id == guild_id, signup.c.id == signup_id)
    return await one_signup(conn, found)


async def live_signup(
    conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str
) -> Signup | None:
    """The member's live sign-up for the paper; None when there is none."""
    found = sa.select(*COLUMNS).where(
        signup.c.guild_id == guild_id,
        signup.c.user_id == user_id,
        signup.c.paper_id == paper_id,
        signup.c.state.in_(_LIVE),
    )
    return await one_signup(conn, found)


async def live_signups(
    conn: AsyncConnection,
    guild_id: int,
    *,
    user_id: int | None = None,
    paper_id: str | None = None,
    states: Sequence[SignupState] = _LIVE,
) -> tuple[Signup, ...]:
    """The live sign-ups of a member, of a paper, or of both, in the order they were made."""
    found = sa.select(*COLUMNS).where(
        signup.c.guild_id == guild_id, signup.c.state.in_(list(states))
    )
    if user_id is not None:
        found = found.where(signup.c.user_id == user_id)
    if paper_id is not None:
        found = found.where(signup.c.paper_id == paper_id)
    rows = await conn.execute(found.order_by(signup.c.id))
    return tuple(Signup(**row) for row in rows.mappings())


async def waiting_before(
    conn: AsyncConnection, guild_id: int, paper_id: str, signup_id: int
) -> int:
    """How many wait for the paper before this sign-up."""
    before = sa.select(sa.func.count()).where(
        signup.c.guild_id == guild_id,
        signup.c.paper_id == paper_id,
        signup.c.state == SignupState.WAITING,
        signup.c.id < signup_id,
    )
    return (await conn.execute(before)).scalar_one()


async def papers_in(
    conn: AsyncConnection, guild_id: int, user_id: int, state: SignupState
) -> frozenset[str]:
    """The papers for which the member has, or had, a sign-up that stands so."""
    found = sa.select(signup.c.paper_id).where(
        signup.c.guild_id == guild_id, signup.c.user_id == user_id, signup.c.state == state
    )
    return frozenset(await conn.scalars(found))
