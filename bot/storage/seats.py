"""Taking a seat of a paper and a slot of a member, each in one guarded statement.

The statement takes the lowest free number while fewer than the limit are held; the unique keys
make sure that no two get the same one. Nothing is counted first and inserted afterwards. The
statements are built once: putting one together costs more than SQLite takes to run it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.signups import Signup, SignupState
from bot.storage.signup_rows import COLUMNS, one_signup
from bot.storage.tables import member, signup

_GUILD: sa.BindParameter[int] = sa.bindparam("in_guild", type_=signup.c.guild_id.type)
_USER: sa.BindParameter[int] = sa.bindparam("of_user", type_=signup.c.user_id.type)
_PAPER: sa.BindParameter[str] = sa.bindparam("of_paper", type_=signup.c.paper_id.type)
_ID: sa.BindParameter[int] = sa.bindparam("of_signup", type_=signup.c.id.type)
_ORGANISER: sa.BindParameter[int] = sa.bindparam("by_user", type_=signup.c.assigned_by.type)
_NOW: sa.BindParameter[datetime] = sa.bindparam("at", type_=signup.c.created_at.type)
_DUE: sa.BindParameter[datetime] = sa.bindparam("due", type_=signup.c.due_at.type)
_SEATS: sa.BindParameter[int] = sa.bindparam("seats", type_=sa.Integer())
_SLOTS: sa.BindParameter[int] = sa.bindparam("slots", type_=sa.Integer())

Number = sa.ScalarSelect[Any]


def _lowest_free(
    column: sa.ColumnElement[int | None], *of: sa.ColumnElement[bool]
) -> tuple[Number, Number]:
    """The lowest number not held in ``column``, and how many are held, among rows ``of``."""
    held = sa.select(column).where(*of, column.is_not(None))
    numbers = sa.union(
        sa.select(sa.literal_column("1").label("number")), held.with_only_columns(column + 1)
    ).subquery()
    lowest = sa.select(sa.func.min(numbers.c.number)).where(numbers.c.number.not_in(held))
    count = sa.select(sa.func.count()).select_from(held.subquery())
    return lowest.scalar_subquery(), count.scalar_subquery()


_held, _own = signup.alias("held"), signup.alias("own")
_SEAT, _SEATS_HELD = _lowest_free(
    _held.c.seat, _held.c.guild_id == _GUILD, _held.c.paper_id == _PAPER
)
_SLOT, _SLOTS_HELD = _lowest_free(_own.c.slot, _own.c.guild_id == _GUILD, _own.c.user_id == _USER)


def _state(state: SignupState) -> sa.ColumnElement[Any]:
    return sa.literal(state, signup.c.state.type)


def _change(state: SignupState) -> sa.Update:
    return sa.update(signup).where(
        signup.c.guild_id == _GUILD, signup.c.id == _ID, signup.c.state == state
    )


_OPEN = (
    sa.insert(signup)
    .from_select(
        [
            "guild_id",
            "user_id",
            "paper_id",
            "state",
            "seat",
            "slot",
            "created_at",
            "opened_at",
            "due_at",
        ],
        sa.select(
            _GUILD, _USER, _PAPER, _state(SignupState.OPEN), _SEAT, _SLOT, _NOW, _NOW, _DUE
        ).where(_SEATS_HELD < _SEATS, _SLOTS_HELD < _SLOTS),
    )
    .returning(*COLUMNS)
)

_ASSIGN = (
    sa.insert(signup)
    .from_select(
        ["guild_id", "user_id", "paper_id", "state", "seat", "created_at", "assigned_by"],
        sa.select(
            _GUILD, _USER, _PAPER, _state(SignupState.OFFERED), _SEAT, _NOW, _ORGANISER
        ).where(_SEATS_HELD < _SEATS),
    )
    .returning(*COLUMNS)
)

# Who is away or has left is passed over.
_FIRST_IN_LINE = (
    sa.select(sa.func.min(signup.c.id))
    .join(
        member,
        sa.and_(member.c.guild_id == signup.c.guild_id, member.c.user_id == signup.c.user_id),
    )
    .where(
        signup.c.guild_id == _GUILD,
        signup.c.paper_id == _PAPER,
        signup.c.state == SignupState.WAITING,
        member.c.departed_at.is_(None),
        sa.or_(
            member.c.away_from.is_(None), member.c.away_from > _NOW, member.c.away_until <= _NOW
        ),
    )
    .scalar_subquery()
)
_OFFER = (
    sa.update(signup)
    .where(signup.c.guild_id == _GUILD, signup.c.id == _FIRST_IN_LINE, _SEATS_HELD < _SEATS)
    .values(state=SignupState.OFFERED, seat=_SEAT)
    .returning(*COLUMNS)
)

_TAKE = (
    _change(SignupState.OFFERED)
    .where(_SLOTS_HELD < _SLOTS)
    .values(state=SignupState.OPEN, slot=_SLOT, opened_at=_NOW, due_at=_DUE)
    .returning(*COLUMNS)
)

_ADMIT = (
    _change(SignupState.WAITING)
    .where(_SEATS_HELD < _SEATS, _SLOTS_HELD < _SLOTS)
    .values(state=SignupState.OPEN, seat=_SEAT, slot=_SLOT, opened_at=_NOW, due_at=_DUE)
    .returning(*COLUMNS)
)

# What was shared stays so: its seat may have a co-reader by now.
_seat_free = sa.and_(_SEATS_HELD < _SEATS, signup.c.shared_at.is_(None))
_RESUME = (
    _change(SignupState.PAUSED)
    .values(
        state=SignupState.OPEN,
        slot=_SLOT,
        seat=sa.case((_seat_free, _SEAT), else_=None),
        shared_at=sa.case((_seat_free, None), else_=sa.func.coalesce(signup.c.shared_at, _NOW)),
        due_at=_DUE,
        opened_at=_NOW,
        seconds_left=None,
    )
    .returning(*COLUMNS)
)


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
    asked = {"in_guild": guild_id, "of_user": user_id, "of_paper": paper_id}
    limits = {"at": now, "due": due_at, "seats": seats, "slots": slots}
    return await one_signup(conn, _OPEN, asked | limits)


async def offer_next(
    conn: AsyncConnection, guild_id: int, paper_id: str, now: datetime, *, seats: int
) -> Signup | None:
    """Offers a free seat to the first who waits and is here; None without a seat or anybody.

    Who is away or has left is passed over and keeps their place.
    """
    asked = {"in_guild": guild_id, "of_paper": paper_id, "at": now, "seats": seats}
    return await one_signup(conn, _OFFER, asked)


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
    asked = {"in_guild": guild_id, "of_user": user_id, "of_paper": paper_id}
    return await one_signup(
        conn, _ASSIGN, asked | {"by_user": organiser_id, "at": now, "seats": seats}
    )


async def take_offer(
    conn: AsyncConnection, found: Signup, now: datetime, due_at: datetime, *, slots: int
) -> Signup | None:
    """Turns an offer into an open sign-up in a slot of the member's; None without a free slot."""
    asked = {"in_guild": found.guild_id, "of_user": found.user_id, "of_signup": found.id}
    return await one_signup(conn, _TAKE, asked | {"at": now, "due": due_at, "slots": slots})


async def admit(
    conn: AsyncConnection, found: Signup, now: datetime, due_at: datetime, *, seats: int, slots: int
) -> Signup | None:
    """Gives a seat and a slot to one who waits, past the list; None when one is not to be had."""
    asked = {"in_guild": found.guild_id, "of_user": found.user_id, "of_signup": found.id}
    limits = {"of_paper": found.paper_id, "seats": seats, "slots": slots}
    return await one_signup(conn, _ADMIT, asked | limits | {"at": now, "due": due_at})


async def resume(
    conn: AsyncConnection, found: Signup, now: datetime, due_at: datetime, *, seats: int
) -> Signup | None:
    """Opens a paused sign-up again, beyond the member's limit if need be.

    It takes a free seat, or else shares the paper with those who have one.
    """
    asked = {"in_guild": found.guild_id, "of_user": found.user_id, "of_signup": found.id}
    times = {"of_paper": found.paper_id, "at": now, "due": due_at, "seats": seats}
    return await one_signup(conn, _RESUME, asked | times)
