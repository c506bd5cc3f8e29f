"""Offering to explain and saying how it went: the rules on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.errors import NotFound
from bot.domain.notices import NoticeKind
from bot.domain.progress import Depth
from bot.domain.teaching import (
    HeardAlready,
    NotReadYet,
    OfferClosed,
    OffererOnly,
    OfferStands,
    OwnExplanation,
    StepMissing,
)
from bot.storage import teaching
from bot.storage.tables import audit, teach_offer
from tests.services.circle import (
    ANN,
    BOB,
    CAT,
    ELSEWHERE,
    HERE,
    PAPER,
    Circle,
    actor,
    circle_at,
)


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    async with circle_at(tmp_path / "club.sqlite3") as opened:
        yield opened


@pytest.mark.parametrize("depth", [None, Depth.SIGNED_UP, Depth.READING])
async def test_only_what_one_has_read_can_be_offered(circle: Circle, depth: Depth | None) -> None:
    if depth is not None:
        await circle.read(ANN, depth)
    with pytest.raises(NotReadYet):
        await circle.teaching.offer(actor(ANN), PAPER)


async def test_a_reading_in_another_server_is_no_reason_to_offer_here(circle: Circle) -> None:
    await circle.read(ANN, guild=ELSEWHERE)
    with pytest.raises(NotReadYet):
        await circle.teaching.offer(actor(ANN), PAPER)


async def test_what_is_read_can_be_offered(circle: Circle) -> None:
    await circle.read(ANN, Depth.READ)
    made = await circle.teaching.offer(actor(ANN), PAPER)
    assert (made.name, made.paper.id, made.offer.user_id) == ("Ann", PAPER, ANN)


async def test_a_paper_that_is_not_in_the_list_cannot_be_offered(circle: Circle) -> None:
    with pytest.raises(NotFound):
        await circle.teaching.offer(actor(ANN), "no-such-paper")


async def test_one_offer_a_member_and_paper_is_open_at_a_time(circle: Circle) -> None:
    first = await circle.offer()
    with pytest.raises(OfferStands) as refused:
        await circle.teaching.offer(actor(ANN), PAPER)
    assert refused.value.offer.id == first


async def test_two_presses_in_the_same_instant_make_one_offer(circle: Circle) -> None:
    await circle.read(ANN)
    pressed = await asyncio.gather(
        *(circle.teaching.offer(actor(ANN), PAPER) for _ in range(5)), return_exceptions=True
    )
    assert sum(not isinstance(result, OfferStands) for result in pressed) == 1


async def test_an_offer_that_ran_out_gives_way_to_a_new_one(circle: Circle) -> None:
    first = await circle.offer()
    circle.now += timedelta(days=14)
    assert (await circle.teaching.offer(actor(ANN), PAPER)).offer.id != first


async def test_a_confirmation_counts_as_taught_and_the_explainer_is_told(circle: Circle) -> None:
    await circle.teaching.say_clear(actor(BOB), await circle.offer())
    assert await circle.taught() == 1
    (notice,) = await circle.told(ANN)
    assert (notice.kind, notice.other_id, notice.paper_id, notice.detail) == (
        NoticeKind.EXPLANATION_HEARD,
        BOB,
        PAPER,
        None,
    )


async def test_an_unclear_step_is_passed_on_and_is_not_taught(circle: Circle) -> None:
    await circle.teaching.say_unclear(actor(BOB), await circle.offer(), "why  max\naffine?")
    assert await circle.taught() == 0
    (notice,) = await circle.told(ANN)
    assert (notice.other_id, notice.detail) == (BOB, "why max affine?")


async def test_nobody_confirms_their_own_explanation(circle: Circle) -> None:
    offer = await circle.offer()
    for said in (
        circle.teaching.say_clear(actor(ANN), offer),
        circle.teaching.say_unclear(actor(ANN), offer, "all of it"),
    ):
        with pytest.raises(OwnExplanation):
            await said
    assert await circle.taught() == 0


async def test_a_second_confirmation_changes_nothing(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.teaching.say_clear(actor(BOB), offer)
    with pytest.raises(HeardAlready) as refused:
        await circle.teaching.say_clear(actor(BOB), offer)
    assert refused.value.clear
    assert len(await circle.told(ANN)) == 1


async def test_a_pair_and_paper_counts_once_over_all_offers(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.teaching.say_clear(actor(BOB), offer)
    await circle.teaching.close(actor(ANN), offer)
    again = (await circle.teaching.offer(actor(ANN), PAPER)).offer.id
    with pytest.raises(HeardAlready):
        await circle.teaching.say_clear(actor(BOB), again)


async def test_unclear_may_become_clear(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.teaching.say_unclear(actor(BOB), offer, "the last step")
    await circle.teaching.say_clear(actor(BOB), offer)
    assert await circle.taught() == 1
    assert [notice.detail for notice in await circle.told(ANN)] == ["the last step", None]


async def test_clear_never_becomes_unclear(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.teaching.say_clear(actor(BOB), offer)
    for said in (
        circle.teaching.say_unclear(actor(BOB), offer, "after all"),
        circle.teaching.listen(actor(BOB), offer),
    ):
        with pytest.raises(HeardAlready):
            await said
    assert await circle.taught() == 1


async def test_a_second_unclear_step_is_answered_and_not_recorded(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.teaching.say_unclear(actor(BOB), offer, "one")
    with pytest.raises(HeardAlready) as refused:
        await circle.teaching.say_unclear(actor(BOB), offer, "two")
    assert not refused.value.clear
    assert len(await circle.told(ANN)) == 1


@pytest.mark.parametrize("step", ["", " \n\t", "\u3000"])
async def test_a_step_without_words_is_refused(circle: Circle, step: str) -> None:
    with pytest.raises(StepMissing):
        await circle.teaching.say_unclear(actor(BOB), await circle.offer(), step)


async def test_two_listeners_make_one_explainer_who_taught(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.teaching.say_clear(actor(BOB), offer)
    await circle.teaching.say_clear(actor(CAT), offer)
    assert await circle.taught() == 1
    async with circle.database.read() as conn:
        assert await teaching.taught_of(conn, HERE, ANN) == {PAPER: 2}
        assert await teaching.taught_of(conn, HERE, BOB) == {}


async def test_an_offer_nobody_answered_is_closed_after_fourteen_days(circle: Circle) -> None:
    offer = await circle.offer()
    circle.now += timedelta(days=14)
    for said in (
        circle.teaching.say_clear(actor(BOB), offer),
        circle.teaching.listen(actor(BOB), offer),
    ):
        with pytest.raises(OfferClosed):
            await said


async def test_a_word_keeps_an_offer_open_for_another_fourteen_days(circle: Circle) -> None:
    offer = await circle.offer()
    circle.now += timedelta(days=13)
    await circle.teaching.say_clear(actor(BOB), offer)
    circle.now += timedelta(days=13)
    await circle.teaching.say_clear(actor(CAT), offer)


async def test_nothing_is_recorded_to_a_closed_offer(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.teaching.close(actor(ANN), offer)
    await circle.teaching.close(actor(ANN), offer)
    with pytest.raises(OfferClosed):
        await circle.teaching.say_clear(actor(BOB), offer)
    assert await circle.taught() == 0


async def test_only_its_maker_and_organisers_close_an_offer(circle: Circle) -> None:
    offer = await circle.offer()
    with pytest.raises(OffererOnly):
        await circle.teaching.close(actor(BOB), offer)
    await circle.teaching.say_clear(actor(BOB), offer)
    await circle.teaching.close(actor(CAT, manages=True), offer)
    await circle.teaching.close(actor(CAT, manages=True), offer)
    async with circle.database.read() as conn:
        rows = await conn.execute(sa.select(audit.c.actor_id, audit.c.member_id))
        assert list(rows) == [(CAT, ANN)]


async def test_another_servers_offer_does_not_exist_here(circle: Circle) -> None:
    offer = await circle.offer()
    stranger = actor(BOB, ELSEWHERE, manages=True)
    for said in (
        circle.teaching.say_clear(stranger, offer),
        circle.teaching.say_unclear(stranger, offer, "a step"),
        circle.teaching.listen(stranger, offer),
        circle.teaching.close(stranger, offer),
    ):
        with pytest.raises(NotFound):
            await said
    assert await circle.taught() == await circle.taught(ELSEWHERE) == 0
    async with circle.database.read() as conn:
        assert await conn.scalar(sa.select(teach_offer.c.closed_at)) is None
