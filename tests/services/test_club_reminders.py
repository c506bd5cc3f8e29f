"""Reminders of clubs through the ledger: what goes out, what does not, and who learns of trouble."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.club_reminders import NothingToRemind, SessionOff, SessionReminder
from bot.domain.clubs import ClubEdit, ClubEnded, ClubTrouble
from bot.domain.errors import NotFound
from bot.domain.members import OrganisersOnly
from bot.domain.notices import NoticeKind
from bot.domain.reminders import DeliveryState, Meaning, Planned, ReminderKind
from bot.domain.sessions import Answer
from bot.services.club_reminders import ClubReminders
from bot.services.delivery import Deliveries
from bot.services.due import met_together
from bot.services.guilds import Guilds
from bot.storage import clubs, tables
from bot.storage.remains import Remains
from tests.services.clubs import NEXT, START, SUN, ClubGroup, clubs_at, organiser, rule
from tests.services.conftest import ANN, BOB, GUILD, actor
from tests.services.reminding import Discord, answers

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = datetime(2026, 12, 8, 17, tzinfo=UTC)
SECOND = FIRST + 7 * DAY
MONDAY = FIRST - 33 * HOUR  # at nine in Berlin
ROOM = 55


class Reminded:
    """A group of clubs whose reminders go to a Discord in memory."""

    def __init__(self, group: ClubGroup) -> None:
        self.group = group
        self.discord = Discord(lambda: group.now, timedelta(minutes=3))
        self.reminders = ClubReminders(group.work, group.catalogues)
        self.deliveries = self.process()

    def process(self) -> Deliveries:
        self.deliveries = Deliveries(
            self.group.work, self.reminders, self.discord, owner="one", unauthorised=lambda: None
        )
        return self.deliveries

    async def pass_until(self, end: datetime) -> None:
        due = await self.deliveries.meet_due()
        while due is not None and due <= end:
            self.group.now = max(self.group.now, due)
            due = await self.deliveries.meet_due()
        self.group.now = end

    def told(self) -> list[tuple[ReminderKind, datetime]]:
        return [(message.kinds[0], message.at) for message in self.discord.messages]


@pytest.fixture
async def club(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Reminded]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as group:
        yield Reminded(group)


EACH = [
    (ReminderKind.DIGEST, MONDAY), (ReminderKind.DAY_BEFORE, FIRST - DAY),
    (ReminderKind.HOUR_BEFORE, FIRST - HOUR),
]  # fmt: skip
THEN = [(kind, at + 7 * DAY) for kind, at in EACH]


async def test_every_week_has_its_digest_and_every_session_is_told_of_twice(club: Reminded) -> None:
    await club.group.club()
    await club.pass_until(SECOND)
    assert club.told() == EACH + THEN


async def test_a_new_process_goes_on_where_the_old_one_was(club: Reminded) -> None:
    await club.group.club()
    await club.pass_until(FIRST - 2 * HOUR)
    club.process()
    await club.pass_until(SECOND)
    assert club.told() == EACH + THEN


async def test_without_a_club_nothing_is_planned_nor_due(club: Reminded) -> None:
    assert await club.deliveries.meet_due() is None
    made = await club.group.club()
    assert await club.deliveries.meet_due() is not None
    await club.group.organising.end(organiser(), made.id)
    club.process()
    assert await club.deliveries.meet_due() is None


async def test_a_change_of_any_kind_keeps_what_holds_still(club: Reminded) -> None:
    made = await club.group.club()
    await club.group.organising.edit(organiser(), made.id, ClubEdit(name="Others"))
    await club.pass_until(FIRST - HOUR - timedelta(minutes=1))
    await club.group.organising.edit(organiser(), made.id, ClubEdit(length=2 * HOUR))
    await club.pass_until(FIRST)
    assert club.told() == EACH


async def test_another_channel_is_reminded_from_then_on(club: Reminded) -> None:
    made = await club.group.club()
    await club.pass_until(FIRST - 2 * HOUR)
    await club.group.organising.edit(organiser(), made.id, ClubEdit(channel_id=66))
    await club.pass_until(FIRST)
    assert [message.dest for message in club.discord.messages] == [ROOM, ROOM, 66]


async def test_a_skip_while_a_reminder_is_on_its_way_is_told_in_it(club: Reminded) -> None:
    made = await club.group.club()
    await club.pass_until(FIRST - DAY - HOUR)
    club.discord.faults = [answers(Meaning.UNCERTAIN)]
    club.group.now = FIRST - DAY
    await club.deliveries.meet_due()
    await club.group.session_organising.skip(organiser(), made.id, NEXT)
    await club.pass_until(FIRST)
    assert [kind for kind, _ in club.told()] == [ReminderKind.DIGEST]
    planned = one_planned(made.id)
    async with club.group.work.read() as conn:
        said = await club.reminders.says(conn, planned, club.group.now, is_out=True)
        assert said is not None
        assert isinstance(said.subject, SessionOff)
        assert said.subject.starts == FIRST
        gone = await club.reminders.says(conn, planned, club.group.now, is_out=False)
        assert gone is None


def one_planned(club_id: int, key: date = NEXT, starts: datetime = FIRST) -> Planned:
    return Planned(
        GUILD, club_id, key.isoformat(), ReminderKind.DAY_BEFORE, 0, 0, ROOM, starts - DAY,
        starts - 2 * HOUR,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "starts"),
    [(date(2026, 12, 9), FIRST), (NEXT, FIRST + HOUR), (NEXT, FIRST - HOUR)],
    ids=["no such session", "planned too late", "planned too early"],
)
async def test_what_does_not_hold_is_not_said(club: Reminded, key: date, starts: datetime) -> None:
    made = await club.group.club()
    planned = one_planned(made.id, key, starts)
    async with club.group.work.read() as conn:
        assert await club.reminders.says(conn, planned, START, is_out=False) is None
        unknown = one_planned(made.id + 1)
        assert await club.reminders.says(conn, unknown, START, is_out=True) is None


async def test_what_is_said_is_the_session_as_it_is_then(club: Reminded) -> None:
    made = await club.group.club()
    sessions = club.group.session_organising
    await sessions.set_presenter(organiser(), made.id, NEXT, BOB, "Bob")
    await club.group.sessions.answer(actor(BOB), made.id, NEXT, Answer.GOING)
    await club.group.clubs.join(actor(ANN), made.id)
    planned = one_planned(made.id)
    async with club.group.work.read() as conn:
        said = await club.reminders.says(conn, planned, START, is_out=False)
        begun = await club.reminders.says(conn, planned, FIRST, is_out=False)
    assert begun is None
    assert said is not None
    assert isinstance(said.subject, SessionReminder)
    assert said.subject.names == {BOB: "Bob"}
    assert said.going == (BOB,)


async def test_a_closed_channel_is_told_once_and_tried_again_when_it_works(
    club: Reminded,
) -> None:
    made = await club.group.club()
    club.discord.faults = [answers(Meaning.FORBIDDEN, 50013)] * 2
    await club.pass_until(FIRST - 3 * HOUR)
    assert club.told() == []
    (found,) = await club.group.clubs.clubs(GUILD)
    assert found.trouble is ClubTrouble.FORBIDDEN
    notices = await club.group.rows(tables.notice)
    assert [(row["user_id"], row["kind"], row["detail"]) for row in notices] == [
        (ANN, NoticeKind.CLUB_TROUBLE, "forbidden:55:Readers")
    ]
    async with club.group.work.write() as unit:
        planned = one_planned(made.id)
        await club.reminders.refused(unit, planned, Meaning.GONE)
    assert len(await club.group.rows(tables.notice)) == 1
    club.discord.faults = []
    await club.group.clubs.report_trouble(GUILD, made.id, None)
    await club.pass_until(FIRST)
    assert [kind for kind, _ in club.told()] == [
        ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE,
    ]  # fmt: skip


async def test_every_club_of_a_closed_channel_comes_again_after_its_next_change(
    club: Reminded,
) -> None:
    made = await club.group.club()
    await club.group.club(name="Others")
    club.discord.faults = [answers(Meaning.FORBIDDEN, 50013)] * 2
    await club.pass_until(FIRST - 3 * HOUR)
    found = await club.group.clubs.clubs(GUILD)
    assert {one.trouble for one in found} == {ClubTrouble.FORBIDDEN}
    assert len(await club.group.rows(tables.notice)) == 2
    club.discord.faults = []
    await club.group.organising.edit(organiser(), made.id, ClubEdit(name="Readers again"))
    await club.pass_until(FIRST)
    assert (ReminderKind.HOUR_BEFORE, FIRST - HOUR) in club.told()


async def test_a_lost_channel_is_no_trouble_of_a_club_that_has_another(club: Reminded) -> None:
    made = await club.group.club()
    planned = one_planned(made.id)
    await club.group.organising.edit(organiser(), made.id, ClubEdit(channel_id=66))
    async with club.group.work.write() as unit:
        await club.reminders.refused(unit, planned, Meaning.GONE)
    (found,) = await club.group.clubs.clubs(GUILD)
    assert found.trouble is None


async def test_what_was_refused_goes_to_the_new_channel(club: Reminded) -> None:
    made = await club.group.club()
    club.discord.faults = [answers(Meaning.GONE, 10003)]
    await club.pass_until(FIRST - 3 * HOUR)
    await club.group.organising.edit(organiser(), made.id, ClubEdit(channel_id=66))
    await club.pass_until(FIRST)
    assert [(m.dest, m.kinds[0]) for m in club.discord.messages] == [(66, ReminderKind.HOUR_BEFORE)]


async def test_a_server_without_the_bot_is_not_reminded(club: Reminded, tmp_path: Path) -> None:
    await club.group.club()
    guilds = Guilds(
        club.group.work, Remains(club.group.database, tmp_path / "club.sqlite3"), lambda _: None
    )
    await club.deliveries.meet_due()
    await guilds.left(GUILD)
    states = {row["state"] for row in await club.group.rows(tables.delivery)}
    assert states == {DeliveryState.CANCELLED}
    await club.pass_until(FIRST - 2 * HOUR)
    club.process()
    await club.pass_until(FIRST - HOUR - timedelta(minutes=30))
    await guilds.joined(GUILD)
    rows = await club.group.rows(tables.delivery, state=DeliveryState.PENDING)
    assert ReminderKind.HOUR_BEFORE in {row["kind"] for row in rows}, "planned at once"
    await club.pass_until(FIRST)
    assert [kind for kind, _ in club.told()] == [ReminderKind.HOUR_BEFORE]


async def test_the_next_reminders_are_those_of_the_club_of_a_message(club: Reminded) -> None:
    made = await club.group.club()
    await club.group.club(name="Others")
    await club.pass_until(FIRST - DAY + HOUR)
    *_, mine, _ = club.discord.messages
    coming = await club.reminders.coming(GUILD, ROOM, mine.id)
    assert coming.club.id == made.id
    assert {one.club_id for one in coming.planned} == {made.id}
    first = coming.planned[0]
    assert (first.key, first.kind) == (NEXT.isoformat(), ReminderKind.HOUR_BEFORE)
    assert [one.due for one in coming.planned] == sorted(one.due for one in coming.planned)
    for place in ((GUILD + 1, ROOM, mine.id), (GUILD, ROOM + 1, mine.id), (GUILD, ROOM, 1)):
        with pytest.raises(NotFound):
            await club.reminders.coming(*place)


async def test_what_will_be_sent_is_foreseen_and_the_next_can_be_rehearsed(
    club: Reminded,
) -> None:
    made = await club.group.club(recurrence=rule(every=2))  # on 15 and 29 December
    second = FIRST + 7 * DAY
    each = [(kind, at + 7 * DAY) for kind, at in EACH]
    both = [*each, *((kind, at + 14 * DAY) for kind, at in each)]
    for now in (START, MONDAY + 7 * DAY + HOUR):
        await club.pass_until(now)
        coming = await club.reminders.scheduled(GUILD, made.id)
        foreseen = [(kind, at) for kind, at in both if at > now]
        listed = [(one.kind, one.due) for one in coming.planned]
        assert listed[: len(foreseen)] == foreseen, "and no digest of a week without a session"
        message = await club.reminders.rehearse(organiser(), made.id)
        assert message.lead == coming.planned[0]
        assert club.discord.messages == [] or now != START
    subject = message.told[0].said.subject
    assert isinstance(subject, SessionReminder)
    assert subject.session.session.starts == second
    with pytest.raises(OrganisersOnly):
        await club.reminders.rehearse(actor(BOB), made.id)
    with pytest.raises(NotFound):
        await club.reminders.rehearse(organiser(GUILD + 1), made.id)
    await club.group.organising.pause(organiser(), made.id, None)
    with pytest.raises(NothingToRemind):
        await club.reminders.rehearse(organiser(), made.id)
    await club.group.organising.end(organiser(), made.id)
    with pytest.raises(ClubEnded):
        await club.reminders.rehearse(organiser(), made.id)


async def test_a_reminder_that_arrives_says_that_the_channel_works(club: Reminded) -> None:
    made = await club.group.club()
    await club.group.club(name="Elsewhere", recurrence=rule(SUN))
    club.discord.faults = [answers(Meaning.FORBIDDEN, 50013)]
    await club.pass_until(MONDAY + HOUR)
    async with club.group.work.write() as unit:
        await clubs.set_trouble(unit.conn, GUILD, made.id, ClubTrouble.FORBIDDEN, unit.now)
        await club.reminders.arrived(unit, [replace(one_planned(made.id), dest=66)])
    assert {one.trouble for one in await club.group.clubs.clubs(GUILD)} != {None}
    async with club.group.work.write() as unit:
        await club.reminders.arrived(unit, [one_planned(made.id)])
    assert {one.trouble for one in await club.group.clubs.clubs(GUILD)} == {None}
    await club.pass_until(FIRST)
    late = [message for message in club.discord.messages if message.kinds == (ReminderKind.DIGEST,)]
    assert late[0].at == MONDAY + HOUR, "what failed meanwhile comes after all"


async def test_one_kind_of_work_that_fails_holds_up_no_other() -> None:
    met: list[int] = []

    async def fail() -> datetime | None:
        raise LookupError("first")

    async def work() -> datetime | None:
        met.append(1)
        return FIRST

    async def idle() -> datetime | None:
        return None

    assert await met_together(idle, work)() == FIRST
    assert await met_together(idle, idle)() is None
    with pytest.raises(LookupError, match="first"):
        await met_together(fail, work)()
    assert met == [1, 1]


async def test_a_newer_time_zone_database_plans_anew(club: Reminded) -> None:
    await club.group.club()
    async with club.group.database.write() as conn:
        await conn.execute(tables.club.update().values(zones="2025b"))
        await conn.execute(tables.delivery.delete())
    await club.group.zones.replan()
    assert len(await club.group.rows(tables.delivery, state=DeliveryState.PENDING)) >= len(EACH)
