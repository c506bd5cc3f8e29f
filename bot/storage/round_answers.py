"""Who is in a round, with which wishes."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.rounds import Answer, Wishes
from bot.storage.statements import insert
from bot.storage.tables import member, split_answer, split_wish

_FIRST, _ALSO, _RATHER_NOT = 1, 2, 0


async def set_answer(
    conn: AsyncConnection,
    guild_id: int,
    round_id: int,
    user_id: int,
    answer: Answer,
    now: datetime,
) -> None:
    """The member is in, with these wishes in place of any before."""
    new = insert(conn, split_answer).values(
        guild_id=guild_id,
        round_id=round_id,
        user_id=user_id,
        amount=answer.amount,
        most=answer.most,
        answered_at=now,
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[
                split_answer.c.guild_id,
                split_answer.c.round_id,
                split_answer.c.user_id,
            ],
            # When they came stays: nobody need see who has changed their mind.
            set_={"amount": new.excluded.amount, "most": new.excluded.most},
        )
    )
    await conn.execute(sa.delete(split_wish).where(*_of(split_wish, guild_id, round_id, user_id)))
    wishes = answer.wishes
    places = dict.fromkeys(wishes.rather_not, _RATHER_NOT) | dict.fromkeys(wishes.also, _ALSO)
    if wishes.first is not None:
        places[wishes.first] = _FIRST
    row = {"guild_id": guild_id, "round_id": round_id, "user_id": user_id}
    if places:
        rows = [{**row, "paper_id": paper_id, "place": place} for paper_id, place in places.items()]
        await conn.execute(sa.insert(split_wish), rows)


async def set_most(
    conn: AsyncConnection, guild_id: int, round_id: int, user_id: int, most: int
) -> None:
    """The member wants no more papers than that in this round."""
    await conn.execute(
        sa.update(split_answer)
        .where(*_of(split_answer, guild_id, round_id, user_id))
        .values(most=most)
    )


async def remove_answer(conn: AsyncConnection, guild_id: int, round_id: int, user_id: int) -> bool:
    """The member is not in any more; whether they were."""
    await conn.execute(sa.delete(split_wish).where(*_of(split_wish, guild_id, round_id, user_id)))
    gone = await conn.execute(
        sa.delete(split_answer).where(*_of(split_answer, guild_id, round_id, user_id))
    )
    return gone.rowcount == 1


async def answer_of(
    conn: AsyncConnection, guild_id: int, round_id: int, user_id: int
) -> Answer | None:
    """What the member has answered; None when they are not in."""
    return (await answers(conn, guild_id, round_id, user_id)).get(user_id)


async def answers(
    conn: AsyncConnection, guild_id: int, round_id: int, user_id: int | None = None
) -> dict[int, Answer]:
    """Every answer to a round by the member's id, in two statements; or one member's alone."""
    found = await conn.execute(
        sa.select(split_answer.c.user_id, split_answer.c.amount, split_answer.c.most).where(
            *_of(split_answer, guild_id, round_id, user_id)
        )
    )
    wishes = await _wishes(conn, guild_id, round_id, user_id)
    return {
        row.user_id: Answer(wishes.get(row.user_id, Wishes()), row.amount, row.most)
        for row in found
    }


async def _wishes(
    conn: AsyncConnection, guild_id: int, round_id: int, user_id: int | None
) -> dict[int, Wishes]:
    rows = await conn.execute(
        sa.select(split_wish.c.user_id, split_wish.c.paper_id, split_wish.c.place)
        .where(*_of(split_wish, guild_id, round_id, user_id))
        .order_by(split_wish.c.paper_id)
    )
    placed: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        placed[row.user_id].append((row.paper_id, row.place))
    return {
        member_id: Wishes(
            next((paper_id for paper_id, place in given if place == _FIRST), None),
            tuple(paper_id for paper_id, place in given if place == _ALSO),
            frozenset(paper_id for paper_id, place in given if place == _RATHER_NOT),
        )
        for member_id, given in placed.items()
    }


async def latest_wishes(conn: AsyncConnection, guild_id: int, user_id: int) -> Wishes:
    """What the member said at their last answer to any round of this server."""
    newest: int | None = await conn.scalar(
        sa.select(sa.func.max(split_answer.c.round_id)).where(
            split_answer.c.guild_id == guild_id, split_answer.c.user_id == user_id
        )
    )
    if newest is None:
        return Wishes()
    return (await _wishes(conn, guild_id, newest, user_id)).get(user_id, Wishes())


async def count(conn: AsyncConnection, guild_id: int, round_id: int) -> int:
    """How many are in."""
    found = sa.select(sa.func.count()).select_from(split_answer)
    rows = await conn.execute(found.where(*_of(split_answer, guild_id, round_id, None)))
    return rows.scalar_one()


async def names_in(conn: AsyncConnection, guild_id: int, round_id: int) -> tuple[str, ...]:
    """The display names of those who are in and have not left, in the order they answered."""
    rows = await conn.scalars(
        sa.select(member.c.display_name)
        .join(
            split_answer,
            sa.and_(
                member.c.guild_id == split_answer.c.guild_id,
                member.c.user_id == split_answer.c.user_id,
            ),
        )
        .where(
            split_answer.c.guild_id == guild_id,
            split_answer.c.round_id == round_id,
            member.c.departed_at.is_(None),
        )
        .order_by(split_answer.c.answered_at, split_answer.c.user_id)
    )
    return tuple(rows)


def _of(
    table: sa.Table, guild_id: int, round_id: int, user_id: int | None
) -> tuple[sa.ColumnElement[bool], ...]:
    rows = (table.c.guild_id == guild_id, table.c.round_id == round_id)
    return rows if user_id is None else (*rows, table.c.user_id == user_id)
