"""How many seats papers have, who holds them, and how many members wait."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.guild import GuildRules
from bot.domain.signups import PaperStanding, SignupState
from bot.storage.statements import insert
from bot.storage.tables import member, paper_setting, signup


async def seats_of(conn: AsyncConnection, guild_id: int, paper_id: str, rules: GuildRules) -> int:
    """How many seats the paper has: its own number, or what the server gives every paper."""
    own: int | None = await conn.scalar(
        sa.select(paper_setting.c.seats).where(
            paper_setting.c.guild_id == guild_id, paper_setting.c.paper_id == paper_id
        )
    )
    return rules.seats if own is None else own


async def set_seats(conn: AsyncConnection, guild_id: int, paper_id: str, seats: int | None) -> None:
    """Gives the paper its own number of seats; None: as many as every paper."""
    new = insert(conn, paper_setting).values(guild_id=guild_id, paper_id=paper_id, seats=seats)
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[paper_setting.c.guild_id, paper_setting.c.paper_id],
            set_={"seats": new.excluded.seats},
        )
    )


async def standings(
    conn: AsyncConnection, guild_id: int, paper_ids: Collection[str], rules: GuildRules
) -> dict[str, PaperStanding]:
    """The seats of each of these papers, in two statements however many they are."""
    own = await conn.execute(
        sa.select(paper_setting.c.paper_id, paper_setting.c.seats).where(
            paper_setting.c.guild_id == guild_id, paper_setting.c.seats.is_not(None)
        )
    )
    seats: dict[str, int] = {row.paper_id: row.seats for row in own}
    counted = await conn.execute(
        sa.select(
            signup.c.paper_id,
            sa.func.count(signup.c.seat),
            sa.func.count().filter(signup.c.state == SignupState.WAITING),
        )
        .where(
            signup.c.guild_id == guild_id,
            signup.c.paper_id.in_(list(paper_ids)),
            signup.c.state.in_([SignupState.OPEN, SignupState.OFFERED, SignupState.WAITING]),
        )
        .group_by(signup.c.paper_id)
    )
    found = {
        paper_id: PaperStanding(paper_id, seats.get(paper_id, rules.seats), taken, waiting)
        for paper_id, taken, waiting in counted
    }
    return {
        paper_id: found.get(paper_id, PaperStanding(paper_id, seats.get(paper_id, rules.seats)))
        for paper_id in paper_ids
    }


async def readers_of(
    conn: AsyncConnection, guild_id: int, paper_ids: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The display names of those who read each paper now, in the order they signed up."""
    rows = await conn.execute(
        sa.select(signup.c.paper_id, member.c.display_name)
        .join(
            member,
            sa.and_(member.c.guild_id == signup.c.guild_id, member.c.user_id == signup.c.user_id),
        )
        .where(
            signup.c.guild_id == guild_id,
            signup.c.paper_id.in_(list(paper_ids)),
            signup.c.state == SignupState.OPEN,
            member.c.departed_at.is_(None),
        )
        .order_by(signup.c.id)
    )
    names: dict[str, list[str]] = {}
    for paper_id, name in rows:
        names.setdefault(paper_id, []).append(name)
    return {paper_id: tuple(listed) for paper_id, listed in names.items()}
