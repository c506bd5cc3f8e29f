"""What comes to a member directly: whose, when, how often, and once each whatever happens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import DeadlineKind
from bot.domain.errors import NotFound
from bot.domain.members import DmConsent, SettingsChange
from bot.domain.notices import NoticeKind
from bot.domain.personal_reminders import ReadBy, ReadingState, SplitEnding
from bot.domain.progress import Depth
from bot.domain.reminders import BudgetImpossible, Meaning, QuietHoursTooLong, ReminderKind
from bot.domain.sessions import Answer
from bot.services.club_reminders import ClubReminders
from bot.services.deadlines import Deadlines
from bot.services.delivery import Deliveries
from bot.services.due import met_together
from bot.services.members import Members
from bot.services.notices import Notices
from bot.services.own_reminders import OwnReminding
from bot.services.rounds import Rounds
from bot.storage import readings, tables
from bot.storage.erasure import erase_member
from tests.services.clubs import NEXT, ZONES, ClubGroup, clubs_at, organiser
from tests.services.conftest import BOB, CAT, GUILD, OTHER_GUILD, actor
from tests.services.reminding import Discord, Fault, Killed, answers, kill_after, kill_before
from tests.services.rounds import Bulletin

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = datetime(2026, 12, 8, 17, tzinfo=UTC)  # a Tuesday, 18:00 in Berlin
PAPER, OTHER_PAPER = "spline-icml2018", "zoom-in-2020"
READ_BY, DAY_BEFORE, HOUR_BEFORE = (
    ReminderKind.READ_BY, ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE,
)  # fmt: skip


class Mailed:
    """A group whose members are written to through a Discord in memory."""

    def __init__(self, group: ClubGroup, catalogue: Catalogue) -> None:
        self.group = group
        self.catalogues = group.catalogues
        self.discord = Discord(lambda: group.now, timedelta(minutes=3))
        self.own = OwnReminding(group.work, ZONES)
        self.members = Members(group.work, catalogue, ZONES)
        self.rounds = Rounds(group.work, group.catalogues, Bulletin())
        self.restart()

    def restart(self) -> None:
        """A new process on the same database."""
        self.notices = Notices(self.group.work, Bulletin())
        deadlines = Deadlines(
            self.group.work,
            {DeadlineKind.SPLIT_DEADLINE: self.rounds.on_deadline},
            {DeadlineKind.NOTICE: self.notices.deliver},
        )
        deliveries = Deliveries(
            self.group.work, ClubReminders(self.group.work, self.catalogues), self.discord, owner="one",
            unauthorised=lambda: None,
        )  # fmt: skip
        self.meet = met_together(deadlines.meet_due, deliveries.meet_due)

    async def pass_until(self, end: datetime) -> None:
        due = await self.meet()
        while due is not None and due <= end:
            self.group.now = max(self.group.now, due)
            due = await self.meet()
        self.group.now = end

    async def tell(self, kind: NoticeKind = NoticeKind.CHECK_IN, paper: str = PAPER) -> None:
        async with self.group.work.write() as unit:
            await unit.tell(GUILD, BOB, kind, paper_id=paper, signup_id=1)

    async def waiting(self) -> list[NoticeKind]:
        return [one.notice.kind for one in await self.notices.waiting(GUILD, BOB)]

    def direct(self, user_id: int = BOB) -> list[tuple[ReminderKind, ...]]:
        return [message.kinds for message in self.discord.messages if message.dest == user_id]


@pytest.fixture
async def mail(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Mailed]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as group:
        mailed = Mailed(group, founding_catalogue)
        await mailed.members.change(actor(BOB), SettingsChange(dm=DmConsent.YES))
        yield mailed


async def club_of_bob(mail: Mailed, name: str = "Readers") -> int:
    made = await mail.group.club(name=name)
    await mail.group.clubs.join(actor(BOB), made.id)
    return made.id


async def test_sessions_come_directly_to_whom_they_concern_and_who_chose_so(mail: Mailed) -> None:
    club_id = await club_of_bob(mail)
    await mail.own.choose(actor(BOB), by_dm=True, hour_before=False)
    for one, answer in ((CAT, Answer.CANT), (4, Answer.MAYBE)):
        await mail.own.choose(actor(one), by_dm=True)
        await mail.group.sessions.answer(actor(one), club_id, NEXT, answer)
    await mail.own.allow_dms(actor(5), DmConsent.NO)
    await mail.group.clubs.join(actor(5), club_id)
    await mail.pass_until(FIRST)
    assert mail.direct() == [(DAY_BEFORE,)]
    assert mail.direct(4) == [(DAY_BEFORE,), (HOUR_BEFORE,)]
    assert (mail.direct(CAT), mail.direct(5)) == ([], [])
    of_sessions = [kinds for kinds in mail.direct(55) if ReminderKind.DIGEST not in kinds]
    assert of_sessions == [(DAY_BEFORE,), (HOUR_BEFORE,)], "the channel is reminded as ever"


async def test_a_muted_club_a_late_change_of_mind_and_one_who_comes_late(mail: Mailed) -> None:
    club_id, other = await club_of_bob(mail), await club_of_bob(mail, "Others")
    await mail.own.choose(actor(BOB), by_dm=True)
    assert await mail.own.mute(actor(BOB), club_id, muted=True) == "Readers"
    with pytest.raises(NotFound):
        await mail.own.mute(actor(BOB, OTHER_GUILD), club_id, muted=True)
    await mail.pass_until(FIRST - DAY + 5 * HOUR)
    assert mail.direct() == [(DAY_BEFORE,)]
    await mail.own.choose(actor(BOB), by_dm=False)
    await mail.own.choose(actor(CAT), by_dm=True)
    await mail.group.sessions.answer(actor(CAT), other, NEXT, Answer.GOING)
    mail.restart()
    await mail.pass_until(FIRST)
    assert mail.direct() == [(DAY_BEFORE,)]
    assert mail.direct(CAT) == [(HOUR_BEFORE,)], "what was due before is not told late"


async def test_only_who_allows_it_is_mentioned(mail: Mailed) -> None:
    club_id = await club_of_bob(mail)
    for one in (BOB, CAT, 4):
        await mail.group.sessions.answer(actor(one), club_id, NEXT, Answer.GOING)
    await mail.own.choose(actor(CAT), mentioned=False)
    await mail.own.mute(actor(4), club_id, muted=True)
    await mail.pass_until(FIRST)
    assert mail.discord.messages[-1].mentions == (BOB,)


async def test_what_is_left_to_read_is_told_by_how_far_one_is(mail: Mailed) -> None:
    club_id = await club_of_bob(mail)
    await mail.group.session_organising.set_paper(organiser(), club_id, NEXT, PAPER)
    for one in (BOB, CAT, 4, 5):
        await mail.own.choose(actor(one), reads_by=True)
        await mail.group.clubs.join(actor(one), club_id)
    async with mail.group.database.write() as conn:
        for one, depth in ((CAT, Depth.READING), (4, Depth.READ)):
            await readings.record_depth(conn, GUILD, one, "x", PAPER, depth, mail.group.now)
    presenter = (organiser(), club_id, NEXT, 5, "member 5")
    await mail.group.session_organising.set_presenter(*presenter)
    await mail.pass_until(FIRST - 3 * DAY - HOUR)
    assert mail.discord.messages == []
    seen: dict[int, ReadBy] = {}

    def keep(discord: Discord, message: object) -> object:
        told = message.told[0]  # type: ignore[attr-defined]  # an Outgoing
        assert isinstance(told.said.subject, ReadBy)
        seen[told.planned.reader] = told.said.subject
        return discord.deliver(message)  # type: ignore[arg-type]  # an Outgoing

    mail.discord.faults = [keep] * 3  # type: ignore[list-item]  # a Fault
    await mail.pass_until(FIRST - 2 * DAY)
    assert {one: said.state for one, said in seen.items()} == {
        BOB: ReadingState.NOT_STARTED, CAT: ReadingState.BEHIND, 5: ReadingState.PRESENTING,
    }  # fmt: skip
    assert [one.paper_id for one in seen[BOB].left] == [PAPER]


async def test_quiet_hours_hold_and_merge_what_comes_and_drop_what_would_be_too_late(
    mail: Mailed,
) -> None:
    await club_of_bob(mail)
    await club_of_bob(mail, "Others")
    await mail.own.choose(actor(BOB), by_dm=True)
    await mail.own.set_quiet(actor(BOB), (time(17), time(20)), "Europe/Berlin", 2)
    await mail.pass_until(FIRST - DAY + HOUR)
    await mail.tell()
    mail.restart()  # which plans anew, while something is held
    await mail.pass_until(FIRST - DAY + 2 * HOUR - timedelta(minutes=1))
    assert mail.direct() == []
    await mail.pass_until(FIRST)
    (kinds,) = mail.direct()
    assert sorted(kinds) == sorted((DAY_BEFORE, DAY_BEFORE, ReminderKind.CHECK_IN))
    assert "late" not in mail.discord.messages[-1].text
    assert await mail.waiting() == []
    with pytest.raises(QuietHoursTooLong):
        await mail.own.set_quiet(actor(BOB), (time(17), time(16)), None, 2)
    with pytest.raises(BudgetImpossible):
        await mail.own.set_quiet(actor(BOB), None, None, 15)


@pytest.mark.parametrize("fault", [kill_before, kill_after])
@pytest.mark.parametrize("minutes", [0.5, 10])
async def test_a_kill_while_a_notice_is_sent_neither_loses_nor_doubles_it(
    mail: Mailed, fault: Fault, minutes: float
) -> None:
    await mail.tell(NoticeKind.SEAT_OFFERED)
    mail.discord.faults = [fault]
    with pytest.raises(Killed):
        await mail.meet()
    mail.restart()
    await mail.notices.load()
    assert await mail.waiting() == [], "it may be out there: that is found out first"
    mail.group.now += timedelta(minutes=minutes)
    await mail.pass_until(mail.group.now + timedelta(minutes=5))
    assert mail.direct() == [(ReminderKind.OFFER,)]
    assert await mail.waiting() == []
    assert await mail.group.rows(tables.notice) == []


async def test_what_is_told_in_passing_does_not_come_directly_as_well(mail: Mailed) -> None:
    await mail.own.set_quiet(actor(BOB), (time(0), time(20)), None, 2)
    await mail.tell()
    await mail.meet()
    (told,) = await mail.notices.waiting(GUILD, BOB)
    await mail.notices.told(GUILD, BOB, [told.notice.id])
    await mail.pass_until(mail.group.now + DAY)
    assert mail.direct() == []


async def test_over_the_budget_it_comes_along_or_waits_and_after_silence_nothing_does(
    mail: Mailed,
) -> None:
    await club_of_bob(mail)
    await mail.own.choose(actor(BOB), by_dm=True, budget=1)
    for paper in (PAPER, OTHER_PAPER):
        await mail.tell(paper=paper)
        await mail.pass_until(mail.group.now + HOUR)
    assert mail.direct() == [(ReminderKind.CHECK_IN,)]
    await mail.pass_until(FIRST - 2 * HOUR)
    assert mail.direct()[1:] == [(DAY_BEFORE, ReminderKind.CHECK_IN)]
    await mail.own.choose(actor(BOB), budget=14)
    mail.group.now += timedelta(minutes=1)
    for count in (1, 2, 2):
        await mail.tell()
        await mail.pass_until(mail.group.now + timedelta(minutes=5))
        assert mail.direct().count((ReminderKind.CHECK_IN,)) == 1 + count
    assert await mail.waiting() == [NoticeKind.CHECK_IN]
    async with mail.group.work.write() as unit:
        await unit.arrive(actor(BOB))
    await mail.tell()
    await mail.meet()
    assert mail.direct().count((ReminderKind.CHECK_IN,)) == 4


async def test_closed_messages_are_noted_and_said_once_and_private_things_wait(
    mail: Mailed,
) -> None:
    mail.discord.faults = [answers(Meaning.CLOSED, 50007)]
    await mail.tell()
    await mail.pass_until(mail.group.now + HOUR)
    await mail.tell(paper=OTHER_PAPER)
    await mail.pass_until(mail.group.now + HOUR)
    assert mail.discord.messages == []
    assert mail.notices.has_waiting(GUILD, BOB)
    kinds = [NoticeKind.CHECK_IN, NoticeKind.DM_CLOSED, NoticeKind.CHECK_IN]
    assert await mail.waiting() == kinds
    own = await mail.own.own(actor(BOB))
    assert own.dm_closed_at is not None
    assert (await mail.own.allow_dms(actor(BOB), DmConsent.YES)).dm_closed_at is None
    await mail.meet()
    assert mail.direct() == [(ReminderKind.CHECK_IN,)], "what failed and is of use still"
    assert NoticeKind.DM_CLOSED in await mail.waiting()


async def test_a_round_calls_once_more_a_day_before_its_time_to_answer_ends(mail: Mailed) -> None:
    begun = await mail.rounds.start(organiser(), 66)
    mail.restart()
    await mail.pass_until(begun.deadline_at - DAY - HOUR)
    assert mail.direct(66) == []
    subjects: list[object] = []

    def keep(discord: Discord, message: object) -> object:
        subjects.append(message.told[0].said.subject)  # type: ignore[attr-defined]  # an Outgoing
        return discord.deliver(message)  # type: ignore[arg-type]  # an Outgoing

    mail.discord.faults = [keep]  # type: ignore[list-item]  # a Fault
    await mail.pass_until(begun.deadline_at + HOUR)
    assert mail.direct(66) == [(ReminderKind.SPLIT_ENDS,)]
    assert [(one.round.id, one.count) for one in subjects if isinstance(one, SplitEnding)] == [
        (begun.id, 0)
    ]
    told = await mail.group.rows(tables.notice)
    assert [row["kind"] for row in told] == [NoticeKind.SPLIT_DEADLINE]


async def test_a_round_that_is_called_off_calls_nobody(mail: Mailed) -> None:
    begun = await mail.rounds.start(organiser(), 66)
    await mail.rounds.cancel(organiser(), begun.id)
    await mail.pass_until(begun.deadline_at)
    assert mail.direct(66) == []


async def test_what_one_chose_is_ones_own_in_each_server_and_goes_with_the_member(
    mail: Mailed,
) -> None:
    club_id = await club_of_bob(mail)
    await mail.own.choose(actor(BOB), mentioned=False)
    await mail.own.mute_only(actor(BOB), {club_id})
    with pytest.raises(NotFound):
        await mail.own.mute_only(actor(CAT), {club_id + 1})
    assert (await mail.own.own(actor(BOB))).muted == {club_id}
    assert (await mail.own.own(actor(BOB, OTHER_GUILD))).choices.mentioned
    assert (await mail.own.mute_only(actor(BOB), ())).muted == frozenset()
    await mail.own.mute(actor(BOB), club_id, muted=True)
    async with mail.group.database.write() as conn:
        await erase_member(conn, GUILD, BOB, keep_notes=False)
    for table in (tables.reminder_choice, tables.club_mute):
        assert await mail.group.rows(table, user_id=BOB) == []
