"""Sign-ups: limits, the waiting list, offers, check-ins and what happens by itself."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.errors import NotFound
from bot.domain.members import Absence
from bot.domain.notices import NoticeKind
from bot.domain.progress import Depth
from bot.domain.signups import (
    AwayNow,
    CheckInAnswer,
    LinedUpEnough,
    OpenLimitReached,
    PaperFull,
    ReadAlready,
    SeatFree,
    SignedUpAlready,
    SignupState,
)
from bot.services import member_steps, signup_steps
from bot.storage import depths, members, readings, signups, standings
from bot.storage.guilds import guild_rules
from tests.services.conftest import ANN, BOB, CAT, DAN, GUILD, OTHER_GUILD, Group, actor, group_at
from tests.storage.builders import NOW, query

SPLINE, ZOOM = "spline-icml2018", "zoom-in-2020"


@pytest.fixture
def papers(founding_catalogue: Catalogue) -> list[str]:
    return [paper.id for theory in founding_catalogue for paper in theory.primary_papers]


async def seats(group: Group, paper_id: str, number: int) -> None:
    async with group.work.write() as unit:
        await unit.arrive(actor(DAN))
        await standings.set_seats(unit.conn, GUILD, paper_id, number)


async def state_of(group: Group, user_id: int, paper_id: str) -> SignupState | None:
    async with group.database.read() as conn:
        found = await signups.live_signup(conn, GUILD, user_id, paper_id)
    return None if found is None else found.state


async def depth_of(group: Group, user_id: int, paper_id: str) -> Depth | None:
    async with group.database.read() as conn:
        return await depths.depth_of(conn, GUILD, user_id, paper_id)


async def test_a_sign_up_takes_a_seat_for_three_weeks_and_counts_as_signed_up(group: Group) -> None:
    done = await group.signups.sign_up(actor(ANN), SPLINE)
    assert (done.signup.seat, done.signup.due_at) == (1, NOW + timedelta(weeks=3))
    assert done.asks_dm
    assert await depth_of(group, ANN, SPLINE) is Depth.SIGNED_UP


async def test_signing_up_twice_says_so(group: Group) -> None:
    first = await group.signups.sign_up(actor(ANN), SPLINE)
    with pytest.raises(SignedUpAlready) as told:
        await group.signups.sign_up(actor(ANN), SPLINE)
    assert told.value.signup == first.signup


async def test_a_member_has_two_sign_ups_open_at_most(group: Group, papers: list[str]) -> None:
    for paper_id in papers[:2]:
        await group.signups.sign_up(actor(ANN), paper_id)
    with pytest.raises(OpenLimitReached) as told:
        await group.signups.sign_up(actor(ANN), papers[2])
    assert [found.paper_id for found in told.value.open_signups] == papers[:2]
    assert told.value.limit == 2


async def test_who_has_read_it_is_not_signed_up(group: Group) -> None:
    async with group.work.write() as unit:
        await readings.record_depth(unit.conn, GUILD, ANN, "Ann", SPLINE, Depth.READ, unit.now)
    with pytest.raises(ReadAlready):
        await group.signups.sign_up(actor(ANN), SPLINE)


async def test_a_full_paper_names_two_others_with_a_free_seat(group: Group) -> None:
    await seats(group, SPLINE, 1)
    await group.signups.sign_up(actor(ANN), SPLINE)
    with pytest.raises(PaperFull) as told:
        await group.signups.sign_up(actor(BOB), SPLINE)
    assert (told.value.standing.taken, told.value.standing.seats) == (1, 1)
    others = await group.signups.alternatives(actor(BOB))
    assert len(others) == 2
    assert SPLINE not in others


async def test_nobody_waits_while_a_seat_is_free(group: Group) -> None:
    with pytest.raises(SeatFree):
        await group.signups.wait(actor(BOB), SPLINE)


async def test_a_freed_seat_is_offered_to_the_first_who_waits_for_a_day_then_to_the_next(
    group: Group,
) -> None:
    await seats(group, SPLINE, 1)
    await group.signups.sign_up(actor(ANN), SPLINE)
    assert (await group.signups.wait(actor(BOB), SPLINE)).before == 0
    assert (await group.signups.wait(actor(CAT), SPLINE)).before == 1
    await group.signups.withdraw(actor(ANN), SPLINE)
    assert await group.kinds_told(BOB) == [NoticeKind.SEAT_OFFERED]
    await group.pass_time(hours=23)
    assert await state_of(group, BOB, SPLINE) is SignupState.OFFERED
    await group.pass_time(hours=2)
    assert await state_of(group, BOB, SPLINE) is None
    assert await group.kinds_told(BOB) == [NoticeKind.OFFER_EXPIRED]
    (offer,) = await group.told(CAT)
    assert offer.signup_id is not None
    done = await group.signups.take_offer(actor(CAT), offer.signup_id)
    assert done.signup.due_at == group.now + timedelta(weeks=3)
    assert (await group.signups.take_offer(actor(CAT), offer.signup_id)).signup.is_open


async def test_an_offered_seat_is_nobody_elses(group: Group) -> None:
    await seats(group, SPLINE, 1)
    await group.signups.sign_up(actor(ANN), SPLINE)
    await group.signups.wait(actor(BOB), SPLINE)
    await group.signups.withdraw(actor(ANN), SPLINE)
    with pytest.raises(PaperFull):
        await group.signups.sign_up(actor(DAN), SPLINE)
    (offer,) = await group.told(BOB)
    assert offer.signup_id is not None
    for stranger in (actor(DAN), actor(BOB, OTHER_GUILD)):
        with pytest.raises(NotFound):
            await group.signups.take_offer(stranger, offer.signup_id)
        with pytest.raises(NotFound):
            await group.signups.leave_offer(stranger, offer.signup_id)
    await group.signups.leave_offer(actor(BOB), offer.signup_id)
    assert (await group.signups.sign_up(actor(DAN), SPLINE)).signup.seat == 1


async def test_an_offer_stands_while_its_member_makes_room(group: Group, papers: list[str]) -> None:
    await seats(group, SPLINE, 1)
    others = [paper_id for paper_id in papers if paper_id != SPLINE]
    await group.signups.sign_up(actor(ANN), SPLINE)
    await group.signups.wait(actor(BOB), SPLINE)
    for paper_id in others[:2]:
        await group.signups.sign_up(actor(BOB), paper_id)
    await group.signups.withdraw(actor(ANN), SPLINE)
    with pytest.raises(OpenLimitReached):
        await group.signups.sign_up(actor(BOB), SPLINE)
    await group.signups.withdraw(actor(BOB), others[0])
    assert (await group.signups.sign_up(actor(BOB), SPLINE)).signup.is_open


async def test_giving_back_what_was_not_begun_leaves_no_trace_of_it(group: Group) -> None:
    await group.signups.sign_up(actor(ANN), SPLINE)
    await group.signups.withdraw(actor(ANN), SPLINE)
    assert await depth_of(group, ANN, SPLINE) is None
    with pytest.raises(NotFound):
        await group.signups.withdraw(actor(ANN), SPLINE)


async def test_a_silent_reader_is_asked_twice_then_shares_then_gives_back(group: Group) -> None:
    await group.signups.sign_up(actor(ANN), SPLINE)
    seen: list[tuple[float, NoticeKind]] = []
    for day in range(30):
        before = {notice.id for notice in await group.told(ANN)}
        await group.pass_time(days=1)
        seen += [(day + 1, n.kind) for n in await group.told(ANN) if n.id not in before]
    assert seen == [
        (11, NoticeKind.CHECK_IN),
        (19, NoticeKind.CHECK_IN),
        (21, NoticeKind.SEAT_SHARED),
        (28, NoticeKind.SIGNUP_EXPIRED),
    ]
    assert await state_of(group, ANN, SPLINE) is None


async def test_who_logs_is_never_asked_and_nothing_is_taken_away_from_who_is_at_it(
    group: Group,
) -> None:
    await group.signups.sign_up(actor(ANN), SPLINE)
    for _ in range(30):
        await group.pass_time(days=1)
        async with group.work.write() as unit:
            await signup_steps.touched(unit, GUILD, ANN, SPLINE)
    assert await group.kinds_told(ANN) == []
    assert await state_of(group, ANN, SPLINE) is SignupState.OPEN


async def test_three_more_days_move_the_due_date_and_all_that_hangs_on_it(group: Group) -> None:
    done = await group.signups.sign_up(actor(ANN), SPLINE)
    await group.pass_time(days=11)
    answered = await group.signups.answer(actor(ANN), done.signup.id, CheckInAnswer.EXTEND)
    assert answered.due_at == NOW + timedelta(weeks=3, days=3)
    assert await group.kinds_told(ANN) == []
    await group.pass_time(days=10.5)
    assert await group.kinds_told(ANN) == []
    await group.pass_time(days=1)
    assert await group.kinds_told(ANN) == [NoticeKind.CHECK_IN]


async def test_sharing_opens_the_seat_and_both_are_told(group: Group) -> None:
    await seats(group, SPLINE, 1)
    done = await group.signups.sign_up(actor(ANN), SPLINE)
    await group.signups.wait(actor(BOB), SPLINE)
    await group.signups.answer(actor(ANN), done.signup.id, CheckInAnswer.SHARE)
    (offer,) = await group.told(BOB)
    assert offer.signup_id is not None
    both = await group.signups.take_offer(actor(BOB), offer.signup_id)
    assert both.co_readers == ("Ann",)
    (told,) = await group.told(ANN)
    assert (told.kind, told.other_id) == (NoticeKind.CO_READER, BOB)
    assert await state_of(group, ANN, SPLINE) is SignupState.OPEN


async def test_reading_it_frees_the_seat_for_who_waits(group: Group) -> None:
    await seats(group, SPLINE, 1)
    await group.signups.sign_up(actor(ANN), SPLINE)
    await group.signups.wait(actor(BOB), SPLINE)
    async with group.work.write() as unit:
        await signup_steps.close_as_read(unit, GUILD, ANN, SPLINE)
    assert await state_of(group, BOB, SPLINE) is SignupState.OFFERED
    assert await depth_of(group, ANN, SPLINE) is Depth.SIGNED_UP


async def test_a_break_gives_the_seat_on_and_keeps_the_time_that_is_left(group: Group) -> None:
    await group.signups.sign_up(actor(ANN), SPLINE)
    await group.pass_time(days=5)
    async with group.work.write() as unit:
        await signup_steps.pause(unit, GUILD, ANN)
    await group.pass_time(days=100)
    assert await group.kinds_told(ANN) == []
    async with group.work.write() as unit:
        await signup_steps.resume(unit, GUILD, ANN)
    async with group.database.read() as conn:
        found = await signups.live_signup(conn, GUILD, ANN, SPLINE)
    assert found is not None
    assert found.due_at == group.now + timedelta(days=16)
    assert found.seat == 1


async def test_what_is_due_is_met_once_across_a_restart(
    tmp_path: Path, founding_catalogue: Catalogue
) -> None:
    path = tmp_path / "club.sqlite3"
    async with group_at(path, founding_catalogue) as before:
        await before.signups.sign_up(actor(ANN), SPLINE)
    async with group_at(path, founding_catalogue) as after:
        await after.pass_time(days=12)
        assert await after.kinds_told(ANN) == [NoticeKind.CHECK_IN]
    async with group_at(path, founding_catalogue) as later:
        later.now = NOW + timedelta(days=13)
        await later.deadlines.meet_due()
        assert await later.kinds_told(ANN) == [NoticeKind.CHECK_IN]


async def test_other_servers_have_seats_of_their_own(group: Group) -> None:
    await seats(group, SPLINE, 1)
    await group.signups.sign_up(actor(ANN), SPLINE)
    assert (await group.signups.sign_up(actor(BOB, OTHER_GUILD), SPLINE)).signup.seat == 1
    with pytest.raises(NotFound):
        await group.signups.withdraw(actor(ANN, OTHER_GUILD), SPLINE)


async def test_five_hundred_presses_on_twelve_seats(group: Group, tmp_path: Path) -> None:
    """Each of 250 members presses twice at once: twelve read, all others wait, nobody twice."""
    await seats(group, SPLINE, 12)
    answers: Counter[str] = Counter()

    async def press(user_id: int) -> None:
        try:
            await group.signups.sign_up(actor(user_id), SPLINE)
            answers["in"] += 1
        except PaperFull:
            try:
                await group.signups.wait(actor(user_id), SPLINE)
                answers["waiting"] += 1
            except SignedUpAlready:
                answers["already"] += 1
        except SignedUpAlready:
            answers["already"] += 1

    await asyncio.gather(*(press(1 + n % 250) for n in range(500)))
    assert answers.total() == 500
    rows = query(
        tmp_path / "club.sqlite3",
        "SELECT state, count(*), count(DISTINCT user_id), count(DISTINCT seat) FROM signup"
        " GROUP BY state ORDER BY state",
    )
    assert rows == [("open", 12, 12, 12), ("waiting", 238, 238, 0)]


async def test_raising_the_seats_offers_them_at_once(group: Group) -> None:
    await seats(group, SPLINE, 1)
    await group.signups.sign_up(actor(ANN), SPLINE)
    await group.signups.wait(actor(BOB), SPLINE)
    async with group.work.write() as unit:
        await standings.set_seats(unit.conn, GUILD, SPLINE, 2)
        await signup_steps.fill_seats(unit, GUILD, SPLINE)
        assert (await guild_rules(unit.conn, GUILD)).seats == 3
    assert await state_of(group, BOB, SPLINE) is SignupState.OFFERED


async def test_who_is_away_signs_up_when_back(group: Group, papers: list[str]) -> None:
    """Else going away would free a slot to fill, again and again."""
    await group.signups.sign_up(actor(ANN), SPLINE)
    absence = Absence(group.now, group.now + timedelta(days=9))
    async with group.work.write() as unit:
        await members.set_absence(unit.conn, GUILD, ANN, absence)
        await signup_steps.pause(unit, GUILD, ANN)
    for wants in (group.signups.sign_up, group.signups.wait):
        with pytest.raises(AwayNow):
            await wants(actor(ANN), papers[2])


async def test_one_waits_for_no_more_papers_than_one_may_read(
    group: Group, papers: list[str]
) -> None:
    for paper_id in papers[:3]:
        await seats(group, paper_id, 1)
    for number, paper_id in enumerate(papers[:3]):
        await group.signups.sign_up(actor(100 + number), paper_id)
    for paper_id in papers[:2]:
        await group.signups.wait(actor(ANN), paper_id)
    with pytest.raises(LinedUpEnough):
        await group.signups.wait(actor(ANN), papers[2])


async def test_who_has_left_does_nothing_from_a_direct_message(group: Group) -> None:
    done = await group.signups.sign_up(actor(ANN), SPLINE)
    async with group.work.write() as unit:
        await member_steps.departed(unit, GUILD, ANN)
    outside = replace(actor(ANN), display_name=None)
    with pytest.raises(NotFound):
        await group.signups.sign_up(outside, ZOOM)
    with pytest.raises(NotFound):
        await group.signups.answer(outside, done.signup.id, CheckInAnswer.ON_TRACK)
    stranger = replace(actor(DAN), display_name=None)
    with pytest.raises(NotFound):
        await group.signups.sign_up(stranger, SPLINE)


async def test_who_comes_back_goes_on_with_what_they_had(group: Group, papers: list[str]) -> None:
    for paper_id in papers[:2]:
        await group.signups.sign_up(actor(ANN), paper_id)
    async with group.work.write() as unit:
        await member_steps.departed(unit, GUILD, ANN)
    with pytest.raises(OpenLimitReached):
        await group.signups.sign_up(actor(ANN), papers[2])
    assert await state_of(group, ANN, papers[0]) is SignupState.OPEN


async def test_however_often_one_asks_for_more_time_it_is_three_weeks_from_now(
    group: Group,
) -> None:
    done = await group.signups.sign_up(actor(ANN), SPLINE)
    await group.pass_time(days=11)
    for _ in range(40):
        answered = await group.signups.answer(actor(ANN), done.signup.id, CheckInAnswer.EXTEND)
    assert answered.due_at == group.now + timedelta(weeks=3)


async def test_saying_on_track_alone_keeps_a_seat_for_a_week_past_its_grace(group: Group) -> None:
    done = await group.signups.sign_up(actor(ANN), SPLINE)
    for _ in range(12):
        await group.pass_time(days=5)
        if await state_of(group, ANN, SPLINE) is SignupState.OPEN:
            await group.signups.answer(actor(ANN), done.signup.id, CheckInAnswer.ON_TRACK)
    assert await state_of(group, ANN, SPLINE) is None
