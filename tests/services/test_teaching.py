"""Offering to explain, saying how it went, and asking: the rules on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.catalogue import read_catalogue
from bot.domain.errors import NotFound, StaleControl
from bot.domain.members import Actor
from bot.domain.notices import Notice, NoticeKind
from bot.domain.progress import Depth
from bot.domain.teaching import (
    AskedAlready,
    HeardAlready,
    NotReadYet,
    OfferClosed,
    OffererOnly,
    OfferStands,
    OwnExplanation,
    StepMissing,
)
from bot.services.teaching import Teaching
from bot.services.work import Work
from bot.storage import notices, readings, teaching
from bot.storage.engine import Database, open_database
from bot.storage.members import record_member
from bot.storage.schema import prepare_database
from bot.storage.tables import audit, member, teach_offer
from tests.domain.theories import DATA
from tests.storage.builders import NOW, url_of

HERE, ELSEWHERE = 1000, 2000
ANN, BOB, CAT = 1, 2, 3
NAMES = {ANN: "Ann", BOB: "Bob", CAT: "Cat"}
PAPER, OTHER_PAPER = "spline-icml2018", "geometry-neurips2019"


def actor(user_id: int, guild_id: int = HERE, *, manages: bool = False) -> Actor:
    return Actor(guild_id, user_id, NAMES[user_id], manages=manages)


class Circle:
    """The use cases over one database, and their clock."""

    def __init__(self, database: Database) -> None:
        self.now = NOW
        self.database = database
        self.teaching = Teaching(
            Work(database, lambda: self.now, lambda _: None), read_catalogue(DATA)
        )

    async def read(
        self, user_id: int, depth: Depth = Depth.UNDERSTOOD, paper: str = PAPER, guild: int = HERE
    ) -> None:
        async with self.database.write() as conn:
            await readings.record_depth(
                conn, guild, user_id, NAMES[user_id], paper, depth, self.now
            )

    async def set_member(self, user_id: int, **values: object) -> None:
        async with self.database.write() as conn:
            await record_member(conn, HERE, user_id, NAMES[user_id], self.now)
            await conn.execute(
                sa.update(member)
                .where(member.c.guild_id == HERE, member.c.user_id == user_id)
                .values(**values)
            )

    async def offer(self, user_id: int = ANN) -> int:
        await self.read(user_id)
        return (await self.teaching.offer(actor(user_id), PAPER)).offer.id

    async def told(self, user_id: int) -> tuple[Notice, ...]:
        async with self.database.read() as conn:
            return await notices.waiting_notices(conn, HERE, user_id, self.now)

    async def taught(self, guild_id: int = HERE) -> int:
        async with self.database.read() as conn:
            return (await teaching.taught(conn, guild_id, [PAPER]))[PAPER]

    async def names(self, user_id: int) -> list[str]:
        found = await self.teaching.who_can_explain(actor(user_id), "spline")
        return [one.name for one in found.people]


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    path = tmp_path / "club.sqlite3"
    prepare_database(url_of(path), NOW)
    async with open_database(url_of(path)) as database:
        yield Circle(database)


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


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


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
    for user_id in (BOB, CAT):
        async with circle.database.write() as conn:
            await teaching.erase_teaching(conn, HERE, user_id)
            record = await teaching.teaching_of(conn, HERE, user_id)
        assert not any((record.offers, record.explained, record.heard, record.asked))
    assert await circle.taught() == 1


async def test_the_erased_leave_nothing_of_their_own_explaining_and_asking(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.set_member(ANN, explains=True)
    await circle.teaching.say_clear(actor(BOB), offer)
    await circle.teaching.ask(actor(BOB), PAPER, ANN)
    async with circle.database.write() as conn:
        await teaching.erase_teaching(conn, HERE, ANN)
        record = await teaching.teaching_of(conn, HERE, ANN)
        other = await teaching.teaching_of(conn, HERE, BOB)
    assert not any((record.offers, record.explained, record.was_asked))
    assert not any((other.heard, other.asked))
    assert await circle.taught() == 0


async def test_erasing_here_leaves_another_server_alone(circle: Circle) -> None:
    await circle.read(ANN, guild=ELSEWHERE)
    offer = (await circle.teaching.offer(actor(ANN, ELSEWHERE), PAPER)).offer.id
    await circle.teaching.say_clear(actor(BOB, ELSEWHERE), offer)
    async with circle.database.write() as conn:
        await teaching.erase_teaching(conn, HERE, ANN)
        await teaching.erase_teaching(conn, HERE, BOB)
        assert (await teaching.teaching_of(conn, ELSEWHERE, BOB)).heard
    assert await circle.taught(ELSEWHERE) == 1


async def test_a_member_sees_everything_stored_of_their_teaching(circle: Circle) -> None:
    offer = await circle.offer()
    await circle.set_member(ANN, explains=True)
    await circle.teaching.ask(actor(BOB), PAPER, ANN)
    await circle.teaching.say_unclear(actor(BOB), offer, "the end")
    async with circle.database.read() as conn:
        of_ann = await teaching.teaching_of(conn, HERE, ANN)
        of_bob = await teaching.teaching_of(conn, HERE, BOB)
    assert of_ann.offers == ((PAPER, NOW, None),)
    assert of_ann.explained == ((PAPER, NOW, False),)
    assert of_ann.was_asked == of_bob.asked == ((PAPER, NOW),)
    assert of_bob.heard == ((PAPER, NOW, "the end"),)
