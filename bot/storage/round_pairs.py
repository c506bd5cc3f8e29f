"""Who was given what in a round: the draft an organiser looked at, and what was published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.domain.split import PairState
from bot.storage.statements import insert
from bot.storage.tables import reading, signup, split_draft, split_pair

Pairs = frozenset[tuple[int, str]]
_DONE = (Depth.READ, Depth.ALMOST, Depth.UNDERSTOOD)


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A published pair: what its reader said of it, their open sign-up, and their depth."""

    user_id: int
    paper_id: str
    accepted_at: datetime | None
    dropped_at: datetime | None
    signup: SignupState | None
    depth: Depth | None

    @property
    def is_dropped(self) -> bool:
        """Whether it was given back; a sign-up the member made afterwards is their own."""
        return self.dropped_at is not None

    @property
    def state(self) -> PairState:
        """How far it has come. Whoever has read it is done, whatever became of the sign-up."""
        if self.depth in _DONE:
            return PairState.DONE
        if self.is_dropped or self.signup is None:
            return PairState.DROPPED
        if self.depth is Depth.READING:
            return PairState.STARTED
        return PairState.PROPOSED if self.accepted_at is None else PairState.ACCEPTED


async def draft(conn: AsyncConnection, guild_id: int, round_id: int) -> Pairs:
    """The pairs of the split that was last shown."""
    rows = await conn.execute(
        sa.select(split_draft.c.user_id, split_draft.c.paper_id).where(
            split_draft.c.guild_id == guild_id, split_draft.c.round_id == round_id
        )
    )
    return frozenset((row.user_id, row.paper_id) for row in rows)


async def set_draft(
    conn: AsyncConnection, guild_id: int, round_id: int, pairs: Iterable[tuple[int, str]]
) -> None:
    """Keeps what is shown, in place of what was shown before."""
    await conn.execute(
        sa.delete(split_draft).where(
            split_draft.c.guild_id == guild_id, split_draft.c.round_id == round_id
        )
    )
    rows = [
        {"guild_id": guild_id, "round_id": round_id, "user_id": user_id, "paper_id": paper_id}
        for user_id, paper_id in pairs
    ]
    if rows:
        await conn.execute(sa.insert(split_draft), rows)


async def published(
    conn: AsyncConnection, guild_id: int, round_id: int, user_id: int | None = None
) -> tuple[StoredPair, ...]:
    """Every pair that was published, or one member's, with what became of it."""
    live = (SignupState.OPEN, SignupState.PAUSED)
    same = (
        signup.c.guild_id == split_pair.c.guild_id,
        signup.c.user_id == split_pair.c.user_id,
        signup.c.paper_id == split_pair.c.paper_id,
        signup.c.state.in_(live),
    )
    known = (
        reading.c.guild_id == split_pair.c.guild_id,
        reading.c.user_id == split_pair.c.user_id,
        reading.c.paper_id == split_pair.c.paper_id,
    )
    found = (
        sa.select(
            split_pair.c.user_id,
            split_pair.c.paper_id,
            split_pair.c.accepted_at,
            split_pair.c.dropped_at,
            signup.c.state.label("signup"),
            reading.c.depth,
        )
        .select_from(
            split_pair.outerjoin(signup, sa.and_(*same)).outerjoin(reading, sa.and_(*known))
        )
        .where(split_pair.c.guild_id == guild_id, split_pair.c.round_id == round_id)
        .order_by(split_pair.c.user_id, split_pair.c.paper_id)
    )
    if user_id is not None:
        found = found.where(split_pair.c.user_id == user_id)
    return tuple(StoredPair(**row) for row in (await conn.execute(found)).mappings())


async def add_pairs(
    conn: AsyncConnection,
    guild_id: int,
    round_id: int,
    pairs: Iterable[tuple[int, str]],
    now: datetime,
    *,
    accepted: bool = False,
) -> None:
    """Publishes pairs; one that was dropped before is a new one."""
    rows = [
        {
            "guild_id": guild_id,
            "round_id": round_id,
            "user_id": user_id,
            "paper_id": paper_id,
            "published_at": now,
            "accepted_at": now if accepted else None,
        }
        for user_id, paper_id in pairs
    ]
    if not rows:
        return
    new = insert(conn, split_pair)
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=list(split_pair.primary_key),
            set_={
                "published_at": new.excluded.published_at,
                "accepted_at": new.excluded.accepted_at,
                "dropped_at": None,
            },
        ),
        rows,
    )


async def accept(
    conn: AsyncConnection, guild_id: int, round_id: int, user_id: int, now: datetime
) -> int:
    """The member says yes to all that is theirs; how many pairs had not been accepted yet."""
    done = await conn.execute(
        sa.update(split_pair)
        .where(
            *_of(guild_id, round_id, user_id),
            split_pair.c.accepted_at.is_(None),
            split_pair.c.dropped_at.is_(None),
        )
        .values(accepted_at=now)
    )
    return done.rowcount


async def drop(
    conn: AsyncConnection, guild_id: int, round_id: int, user_id: int, paper_id: str, now: datetime
) -> None:
    """The member gives the paper back, and is not given it again in this round."""
    await conn.execute(
        sa.update(split_pair)
        .where(*_of(guild_id, round_id, user_id), split_pair.c.paper_id == paper_id)
        .values(dropped_at=now)
    )


async def withdraw(
    conn: AsyncConnection, guild_id: int, round_id: int, user_id: int, paper_id: str
) -> None:
    """A change of the split takes the paper back; the member may be given it again."""
    await conn.execute(
        sa.delete(split_pair).where(
            *_of(guild_id, round_id, user_id), split_pair.c.paper_id == paper_id
        )
    )


def _of(guild_id: int, round_id: int, user_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        split_pair.c.guild_id == guild_id,
        split_pair.c.round_id == round_id,
        split_pair.c.user_id == user_id,
    )
