"""Two members are introduced when both want it, and nobody learns anything before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.coverage import CannotBeIntroduced
from bot.domain.errors import NotFound
from bot.domain.notices import NoticeKind
from bot.services.introductions import Introductions
from bot.storage.tables import introduction, member
from tests.services.conftest import ANN, BOB, CAT, DAN, OTHER_GUILD, Group, actor
from tests.services.test_coverage import SPLINE, change, read


@pytest.fixture
def introductions(group: Group) -> Introductions:
    return Introductions(group.work)


async def willing(group: Group, *users: int) -> None:
    for user in users:
        await read(group, user, SPLINE)
        await change(group, user, visibility="server")


async def asked(group: Group, user: int) -> int:
    """The introduction the member is asked about."""
    (notice,) = [n for n in await group.told(user) if n.kind is NoticeKind.INTRODUCTION_ASKED]
    assert notice.other_id is None, "the name of who asks is not to be known"
    return int(notice.detail or 0)


async def test_both_are_told_each_others_name_after_a_yes(
    group: Group, introductions: Introductions
) -> None:
    await willing(group, BOB)
    assert await introductions.ask(actor(ANN), BOB) is None
    assert await group.told(ANN) == ()
    assert await introductions.answer(actor(BOB), await asked(group, BOB), agreed=True) == "Ann"
    (notice,) = await group.told(ANN)
    assert (notice.kind, notice.other_id) == (NoticeKind.INTRODUCED, BOB)


async def test_nobody_hears_of_a_no(group: Group, introductions: Introductions) -> None:
    await willing(group, BOB)
    await introductions.ask(actor(ANN), BOB)
    assert await introductions.answer(actor(BOB), await asked(group, BOB), agreed=False) is None
    assert await group.told(ANN) == ()
    before = await group.kinds_told(BOB)
    assert await introductions.ask(actor(ANN), BOB) is None
    assert await group.kinds_told(BOB) == before


async def test_asking_and_answering_twice_is_the_same_as_once(
    group: Group, introductions: Introductions
) -> None:
    await willing(group, BOB)
    for _ in range(2):
        await introductions.ask(actor(ANN), BOB)
    number = await asked(group, BOB)
    for agreed in (True, True, False):
        assert await introductions.answer(actor(BOB), number, agreed=agreed) == "Ann"
    assert await group.kinds_told(ANN) == [NoticeKind.INTRODUCED]
    assert await introductions.ask(actor(ANN), BOB) == "Bob"


async def test_two_who_ask_each_other_have_both_said_yes(
    group: Group, introductions: Introductions
) -> None:
    await willing(group, ANN, BOB)
    assert await introductions.ask(actor(ANN), BOB) is None
    assert await introductions.ask(actor(BOB), ANN) == "Ann"
    assert await group.kinds_told(ANN) == [NoticeKind.INTRODUCED]
    assert await introductions.ask(actor(BOB), ANN) == "Ann"
    assert await group.kinds_told(ANN) == [NoticeKind.INTRODUCED]


@pytest.mark.parametrize("other", [ANN, CAT, DAN, 987654])
async def test_only_somebody_else_who_agreed_to_be_named_can_be_asked(
    group: Group, introductions: Introductions, other: int
) -> None:
    await willing(group, ANN, DAN)
    await read(group, CAT, SPLINE)
    await change(group, DAN, departed_at=group.now)
    with pytest.raises(CannotBeIntroduced):
        await introductions.ask(actor(ANN), other)
    assert await group.told(other) == ()


async def test_members_of_another_server_cannot_be_asked(
    group: Group, introductions: Introductions
) -> None:
    await willing(group, BOB)
    with pytest.raises(CannotBeIntroduced):
        await introductions.ask(actor(ANN, OTHER_GUILD), BOB)


async def test_nobody_answers_for_another(group: Group, introductions: Introductions) -> None:
    await willing(group, BOB, CAT)
    await introductions.ask(actor(ANN), BOB)
    number = await asked(group, BOB)
    for who, about in (
        (actor(CAT), number), (actor(ANN), number), (actor(BOB, OTHER_GUILD), number), (actor(BOB), number + 1),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await introductions.answer(who, about, agreed=True)
    async with group.database.read() as conn:
        assert await conn.scalar(sa.select(introduction.c.agreed)) is None


async def test_there_is_no_introduction_to_who_left(
    group: Group, introductions: Introductions
) -> None:
    await willing(group, BOB)
    await introductions.ask(actor(ANN), BOB)
    number = await asked(group, BOB)
    await change(group, ANN, departed_at=group.now)
    with pytest.raises(NotFound):
        await introductions.answer(actor(BOB), number, agreed=True)


async def test_a_question_nobody_answers_is_forgotten(
    group: Group, introductions: Introductions
) -> None:
    await willing(group, BOB)
    await introductions.ask(actor(ANN), BOB)
    group.now += timedelta(weeks=2, seconds=1)
    assert await group.told(BOB) == ()


async def test_erasing_a_member_erases_their_introductions(
    group: Group, introductions: Introductions
) -> None:
    await willing(group, BOB)
    await introductions.ask(actor(ANN), BOB)
    async with group.database.write() as conn:
        await conn.execute(sa.delete(member).where(member.c.user_id == ANN))
        assert await conn.scalar(sa.select(sa.func.count()).select_from(introduction)) == 0
