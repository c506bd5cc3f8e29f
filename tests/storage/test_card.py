"""What a card shows of sign-ups and explanations: one statement, one server, by its indexes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.signups import PaperStanding, SignupState
from bot.storage import card
from bot.storage.engine import Database
from bot.storage.members import record_member
from bot.storage.tables import explanation, guild, paper_setting, signup
from tests.storage.builders import NOW

HERE, ELSEWHERE = 1000, 2000
ANN, BOB, CAT = 1, 2, 3
DUE = NOW + timedelta(weeks=3)


async def sign_up(
    conn: AsyncConnection,
    user_id: int,
    state: SignupState,
    *,
    paper: str = "first",
    guild_id: int = HERE,
    due: datetime = DUE,
    number: int = 1,
) -> None:
    await record_member(conn, guild_id, user_id, "somebody", NOW)
    values: dict[str, Any] = {}
    if state is SignupState.OPEN:
        values = {"seat": number, "slot": number, "due_at": due}
    elif state is SignupState.OFFERED:
        values = {"seat": number}
    elif not state.is_live:
        values = {"closed_at": NOW}
    await conn.execute(
        sa.insert(signup).values(
            guild_id=guild_id,
            user_id=user_id,
            paper_id=paper,
            state=state,
            created_at=NOW,
            **values,
        )
    )


async def explain(
    conn: AsyncConnection,
    user_id: int,
    listener_id: int | None,
    step: str | None = None,
    *,
    paper: str = "first",
    guild_id: int = HERE,
) -> None:
    await record_member(conn, guild_id, user_id, "somebody", NOW)
    await conn.execute(
        sa.insert(explanation).values(
            guild_id=guild_id,
            user_id=user_id,
            listener_id=listener_id,
            paper_id=paper,
            heard_at=NOW,
            unclear_step=step,
        )
    )


async def test_a_server_without_anything_has_all_its_seats_free(database: Database) -> None:
    async with database.read() as conn:
        found = await card.card_standing(conn, HERE, ["first", "second"], ANN)
    assert found.papers == {paper: PaperStanding(paper, 3) for paper in ("first", "second")}
    assert found.taught == 0
    assert found.own is None


async def test_seats_held_or_kept_are_taken_and_who_waits_is_counted(database: Database) -> None:
    async with database.write() as conn:
        await sign_up(conn, ANN, SignupState.OPEN, number=1)
        await sign_up(conn, BOB, SignupState.OFFERED, number=2)
        await sign_up(conn, CAT, SignupState.WAITING)
        await sign_up(conn, 4, SignupState.WAITING)
        await sign_up(conn, 5, SignupState.GIVEN_BACK)
        found = await card.card_standing(conn, HERE, ["first"], 77)
    assert found.papers["first"] == PaperStanding("first", 3, taken=2, waiting=2)


async def test_the_servers_seats_hold_and_a_papers_own_before_them(database: Database) -> None:
    async with database.write() as conn:
        await record_member(conn, HERE, ANN, "somebody", NOW)
        await conn.execute(sa.update(guild).values(seats=5))
        for paper, seats in (("second", 7), ("third", None)):
            await conn.execute(
                sa.insert(paper_setting).values(guild_id=HERE, paper_id=paper, seats=seats)
            )
        found = await card.card_standing(conn, HERE, ["first", "second", "third"], ANN)
    assert [paper.seats for paper in found.papers.values()] == [5, 7, 5]


async def test_who_explained_it_counts_once_and_only_when_it_was_clear(database: Database) -> None:
    async with database.write() as conn:
        await explain(conn, ANN, BOB)
        await explain(conn, ANN, CAT)
        await explain(conn, ANN, None, paper="second")
        await explain(conn, BOB, ANN, "a step")
        await explain(conn, CAT, ANN, paper="elsewhere")
        found = await card.card_standing(conn, HERE, ["first", "second"], ANN)
    assert found.taught == 1


async def test_another_server_does_not_count(database: Database) -> None:
    async with database.write() as conn:
        await sign_up(conn, ANN, SignupState.OPEN, guild_id=ELSEWHERE)
        await sign_up(conn, BOB, SignupState.WAITING, guild_id=ELSEWHERE)
        await explain(conn, ANN, BOB, guild_id=ELSEWHERE)
        found = await card.card_standing(conn, HERE, ["first"], ANN)
    assert (found.papers["first"], found.taught, found.own) == (PaperStanding("first", 3), 0, None)


@pytest.mark.parametrize("state", [SignupState.OPEN, SignupState.OFFERED, SignupState.WAITING])
async def test_the_viewers_live_sign_up_is_found(database: Database, state: SignupState) -> None:
    async with database.write() as conn:
        await sign_up(conn, ANN, state)
        await sign_up(conn, BOB, SignupState.OPEN, number=2)
        found = await card.card_standing(conn, HERE, ["first"], ANN)
    assert found.own is not None
    due = DUE if state is SignupState.OPEN else None
    assert (found.own.paper_id, found.own.state, found.own.due_at) == ("first", state, due)


async def test_what_the_viewer_gave_back_is_not_their_sign_up(database: Database) -> None:
    async with database.write() as conn:
        await sign_up(conn, ANN, SignupState.GIVEN_BACK)
        assert (await card.card_standing(conn, HERE, ["first"], ANN)).own is None


async def test_of_several_sign_ups_the_one_due_first_is_shown(database: Database) -> None:
    async with database.write() as conn:
        await sign_up(conn, ANN, SignupState.WAITING, paper="third")
        await sign_up(conn, ANN, SignupState.OPEN, paper="second", number=2, due=DUE)
        await sign_up(conn, ANN, SignupState.OPEN, due=DUE - timedelta(days=1))
        found = await card.card_standing(conn, HERE, ["third", "second", "first"], ANN)
    assert found.own is not None
    assert found.own.paper_id == "first"


async def test_the_statement_is_served_by_indexes(database: Database) -> None:
    compiled = card._STANDING.params(guild_id=HERE, papers=["first"], user_id=ANN).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    async with database.read() as conn:
        plan = await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")
        steps = [row.detail for row in plan if row.detail.startswith(("SCAN", "SEARCH"))]
    assert len(steps) == 6
    assert not [step for step in steps if not step.startswith("SEARCH")]
    assert "ix_explanation_clear" in steps[-1]
