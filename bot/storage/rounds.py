"""Rounds of splitting: beginning one, moving it on, and its panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.living import Shown
from bot.domain.rounds import Round, RoundState, Terms
from bot.storage import living
from bot.storage.tables import split_item, split_round

_TERMS = ("unit", "each_papers", "hours_a_week", "weeks")
_LIVE = (RoundState.COLLECTING, RoundState.PUBLISHED)


async def add_round(
    conn: AsyncConnection,
    guild_id: int,
    terms: Terms,
    items: Sequence[str],
    channel_id: int,
    started_by: int,
    now: datetime,
    deadline_at: datetime,
) -> int:
    """Adds a round that collects wishes for ``items``, and returns its id."""
    new = sa.insert(split_round).values(
        guild_id=guild_id,
        state=RoundState.COLLECTING,
        unit=terms.unit,
        each_papers=terms.each,
        hours_a_week=terms.hours_a_week,
        weeks=terms.weeks,
        channel_id=channel_id,
        started_by=started_by,
        created_at=now,
        deadline_at=deadline_at,
    )
    added: int = (await conn.execute(new.returning(split_round.c.id))).scalar_one()
    rows = [
        {"guild_id": guild_id, "round_id": added, "paper_id": paper_id, "place": place}
        for place, paper_id in enumerate(items)
    ]
    await conn.execute(sa.insert(split_item), rows)
    return added


async def live_round(conn: AsyncConnection, guild_id: int) -> Round | None:
    """The round the server has going on; None when there is none."""
    return await _one(conn, guild_id, split_round.c.state.in_(_LIVE))


async def round_with(conn: AsyncConnection, guild_id: int, round_id: int) -> Round | None:
    """One round of this server, whatever became of it; None when there is no such."""
    return await _one(conn, guild_id, split_round.c.id == round_id)


async def _one(
    conn: AsyncConnection, guild_id: int, *which: sa.ColumnElement[bool]
) -> Round | None:
    found = await conn.execute(
        sa.select(split_round).where(split_round.c.guild_id == guild_id, *which)
    )
    row = found.mappings().one_or_none()
    if row is None:
        return None
    papers = await conn.scalars(
        sa.select(split_item.c.paper_id)
        .where(split_item.c.guild_id == guild_id, split_item.c.round_id == row["id"])
        .order_by(split_item.c.place)
    )
    return _made(row, tuple(papers))


def _made(row: sa.RowMapping, items: tuple[str, ...]) -> Round:
    kept: dict[str, Any] = {
        name: value for name, value in row.items() if name not in (*_TERMS, "closed_at")
    }
    terms = Terms(*(row[name] for name in _TERMS))
    return Round(terms=terms, items=items, **kept)


async def close(conn: AsyncConnection, guild_id: int, round_id: int, now: datetime) -> bool:
    """Ends a round; whether it was still going on."""
    done = await conn.execute(
        sa.update(split_round)
        .where(*_row(guild_id, round_id), split_round.c.state != RoundState.CLOSED)
        .values(state=RoundState.CLOSED, closed_at=now)
    )
    return done.rowcount == 1


async def publish(
    conn: AsyncConnection, guild_id: int, round_id: int, fingerprint: str, now: datetime
) -> bool:
    """Marks what was shown as published, once: whether nobody had done so before."""
    done = await conn.execute(
        sa.update(split_round)
        .where(
            *_row(guild_id, round_id),
            split_round.c.state.in_(_LIVE),
            split_round.c.fingerprint == fingerprint,
        )
        .values(
            state=RoundState.PUBLISHED,
            published_at=sa.func.coalesce(
                split_round.c.published_at, sa.literal(now, split_round.c.published_at.type)
            ),
            fingerprint=None,
        )
    )
    return done.rowcount == 1


async def record_shown_split(
    conn: AsyncConnection, guild_id: int, round_id: int, fingerprint: str | None
) -> None:
    """Which split an organiser has looked at last; its pairs are the draft's."""
    await conn.execute(
        sa.update(split_round).where(*_row(guild_id, round_id)).values(fingerprint=fingerprint)
    )


async def set_choice(
    conn: AsyncConnection,
    guild_id: int,
    round_id: int,
    *,
    slack: int | None = None,
    keeps: bool | None = None,
) -> None:
    """What an organiser chose about the split; None leaves a thing as it is."""
    chosen: dict[str, object] = {"slack": slack, "keeps": keeps}
    values = {name: value for name, value in chosen.items() if value is not None}
    if values:
        await conn.execute(sa.update(split_round).where(*_row(guild_id, round_id)).values(values))


async def raised_seats(conn: AsyncConnection, guild_id: int, round_id: int) -> dict[str, int]:
    """The papers of a round for which an organiser wants more seats, and how many."""
    rows = await conn.execute(
        sa.select(split_item.c.paper_id, split_item.c.seats).where(
            split_item.c.guild_id == guild_id,
            split_item.c.round_id == round_id,
            split_item.c.seats.is_not(None),
        )
    )
    return {row.paper_id: row.seats for row in rows}


async def raise_seats(
    conn: AsyncConnection, guild_id: int, round_id: int, seats: Mapping[str, int]
) -> None:
    """Gives papers of a round so many seats once it is published; never fewer than before."""
    for paper_id, number in seats.items():
        await conn.execute(
            sa.update(split_item)
            .where(
                split_item.c.guild_id == guild_id,
                split_item.c.round_id == round_id,
                split_item.c.paper_id == paper_id,
                sa.func.coalesce(split_item.c.seats, 0) < number,
            )
            .values(seats=number)
        )


async def forget_raised(conn: AsyncConnection, guild_id: int, round_id: int) -> None:
    """The seats that were raised have been given: from now on they are the paper's own."""
    await conn.execute(
        sa.update(split_item)
        .where(split_item.c.guild_id == guild_id, split_item.c.round_id == round_id)
        .values(seats=None)
    )


async def hang_up(conn: AsyncConnection, guild_id: int, round_id: int, channel_id: int) -> None:
    """The panel is to stand in another channel."""
    await conn.execute(
        sa.update(split_round)
        .where(*_row(guild_id, round_id))
        .values(channel_id=channel_id, message_id=None, posted_at=None, shown=None, trouble=None)
    )


async def forget_shown(conn: AsyncConnection, guild_id: int, round_id: int) -> None:
    """Nobody knows what the panel shows: it is edited even if nothing has changed."""
    await conn.execute(sa.update(split_round).where(*_row(guild_id, round_id)).values(shown=None))


async def record_posting(
    conn: AsyncConnection, guild_id: int, round_id: int, now: datetime
) -> None:
    """The panel is about to be posted: whether it was, is known when it is settled."""
    await living.record_posting(conn, split_round, guild_id, round_id, now)


async def settle_panel(
    conn: AsyncConnection, guild_id: int, round_id: int, shown: Shown, now: datetime
) -> None:
    """Records where the panel stands and what it shows, or what is in the way."""
    await living.settle(conn, split_round, guild_id, round_id, shown, now)


def _row(guild_id: int, round_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return split_round.c.guild_id == guild_id, split_round.c.id == round_id
