"""Who can explain it, asking them, and what is left of the erased: on a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.errors import NotFound, StaleControl
from bot.domain.notices import NoticeKind
from bot.domain.progress import Depth
from bot.domain.teaching import (
    AskedAlready,
)
from bot.storage import erasure
from bot.storage.tables import explanation, explanation_request, teach_offer
from tests.services.circle import (
    ANN,
    BOB,
    CAT,
    ELSEWHERE,
    HERE,
    OTHER_PAPER,
    PAPER,
    Circle,
    actor,
    circle_at,
    day,
)
from tests.storage.builders import NOW


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    async with circle_at(tmp_path / "club.sqlite3") as opened:
        yield opened


async def test_who_opted_in_and_understands_is_named(circle: Circle) -> None:
    for user_id in (BOB, ANN):
        await circle.read(user_id, Depth.ALMOST)
        await circle.set_member(user_id, explains=True)
    assert await circle.names(CAT) == ["Ann", "Bob"]


async def test_who_only_read_it_or_did_not_opt_in_is_not_named(circle: Circle) -> None:
    await circle.read(ANN, Depth.READ)
    await circle.set_member(ANN, explains=True)
    await circle.read(BOB)
    assert await circle.names(CAT) == []


async def test_understanding_elsewhere_does_not_count_here(circle: Circle) -> None:
    await circle.read(ANN, guild=ELSEWHERE)
    await circle.set_member(ANN, explains=True)
    assert await circle.names(CAT) == []


@pytest.mark.parametrize(
    ("begins", "ends", "named"),
    [(-1, 1, False), (-2, -1, True), (1, 2, True), (0, 1, False), (-1, 0, True)],
)
async def test_who_is_away_is_not_named(
    circle: Circle, begins: int, ends: int, named: bool
) -> None:
    await circle.read(ANN)
    away = {"away_from": day(begins), "away_until": day(ends)}
    await circle.set_member(ANN, explains=True, **away)
    assert (await circle.names(CAT) == ["Ann"]) is named


async def test_who_has_left_is_not_named_and_cannot_be_asked(circle: Circle) -> None:
    await circle.read(ANN)
    await circle.set_member(ANN, explains=True, departed_at=NOW)
    assert await circle.names(CAT) == []
    with pytest.raises(NotFound):
        await circle.teaching.ask(actor(CAT), PAPER, ANN)


async def test_a_theory_that_is_gone_is_an_old_button(circle: Circle) -> None:
    with pytest.raises(StaleControl):
        await circle.teaching.who_can_explain(actor(CAT), "no-such-theory")


async def test_letting_others_ask_is_ones_own_choice(circle: Circle) -> None:
    await circle.read(ANN)
    assert (await circle.teaching.who_can_explain(actor(ANN), "spline")).explains is False
    await circle.teaching.let_ask(actor(ANN), True)
    assert (await circle.teaching.who_can_explain(actor(ANN), "spline")).explains is True
    assert await circle.names(CAT) == ["Ann"]
    await circle.teaching.let_ask(actor(ANN), False)
    assert await circle.names(CAT) == []


async def test_who_is_asked_is_told_by_whom(circle: Circle) -> None:
    await circle.read(ANN)
    await circle.set_member(ANN, explains=True)
    assert (await circle.teaching.ask(actor(BOB), PAPER, ANN)).name == "Ann"
    (notice,) = await circle.told(ANN)
    assert (notice.kind, notice.other_id, notice.paper_id) == (
        NoticeKind.ASKED_TO_EXPLAIN,
        BOB,
        PAPER,
    )


async def test_one_asks_once_a_week(circle: Circle) -> None:
    await circle.read(ANN)
    await circle.set_member(ANN, explains=True)
    await circle.teaching.ask(actor(BOB), PAPER, ANN)
    circle.now += timedelta(days=7, seconds=-1)
    with pytest.raises(AskedAlready) as refused:
        await circle.teaching.ask(actor(BOB), PAPER, ANN)
    assert refused.value.again_at == NOW + timedelta(days=7)
    assert len(await circle.told(ANN)) == 1
    circle.now += timedelta(seconds=1)
    await circle.teaching.ask(actor(BOB), PAPER, ANN)
    assert len(await circle.told(ANN)) == 2


async def test_another_member_or_another_paper_is_another_question(circle: Circle) -> None:
    await circle.read(ANN)
    await circle.read(ANN, paper=OTHER_PAPER)
    await circle.set_member(ANN, explains=True)
    await circle.teaching.ask(actor(BOB), PAPER, ANN)
    await circle.teaching.ask(actor(BOB), OTHER_PAPER, ANN)
    await circle.teaching.ask(actor(CAT), PAPER, ANN)
    assert len(await circle.told(ANN)) == 3


@pytest.mark.parametrize("state", ["opted out", "away", "shallow", "oneself", "unknown"])
async def test_who_may_not_be_asked_cannot_be_asked_by_an_old_button(
    circle: Circle, state: str
) -> None:
    await circle.read(ANN, Depth.READ if state == "shallow" else Depth.UNDERSTOOD)
    away = {"away_from": day(-1), "away_until": day(1)} if state == "away" else {}
    await circle.set_member(ANN, explains=state != "opted out", **away)
    asker, asked = (ANN if state == "oneself" else BOB), (77 if state == "unknown" else ANN)
    with pytest.raises(NotFound):
        await circle.teaching.ask(actor(asker), PAPER, asked)
    assert not await circle.told(ANN)


async def test_members_of_another_server_cannot_be_asked_from_here(circle: Circle) -> None:
    await circle.read(ANN)
    await circle.set_member(ANN, explains=True)
    with pytest.raises(NotFound):
        await circle.teaching.ask(actor(BOB, ELSEWHERE), PAPER, ANN)


async def test_the_erased_leave_evidence_without_their_name_or_words(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.teaching.say_clear(actor(BOB), offer)
    await circle.teaching.say_unclear(actor(CAT), offer, "sentinel")
    async with circle.database.write() as conn:
        for user_id in (BOB, CAT):
            await erasure.erase_member(conn, HERE, user_id, keep_notes=False)
        rows = await conn.execute(sa.select(explanation.c.listener_id, explanation.c.unclear_step))
        assert {tuple(row) for row in rows} == {(None, None), (None, "")}
    assert await circle.taught() == 1


async def test_the_erased_leave_nothing_of_their_own_explaining_and_asking(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.set_member(ANN, explains=True)
    await circle.teaching.say_clear(actor(BOB), offer)
    await circle.teaching.ask(actor(BOB), PAPER, ANN)
    async with circle.database.write() as conn:
        await erasure.erase_member(conn, HERE, ANN, keep_notes=False)
        for table in (explanation, explanation_request, teach_offer):
            assert not (await conn.execute(sa.select(table))).all()
