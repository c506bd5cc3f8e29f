"""Cards of sessions follow what changes elsewhere, seldom and for as long as they are of use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club, ClubEdit
from bot.domain.deadlines import DeadlineKind
from bot.domain.living import EDIT_EVERY, LivingMessage, MessageTrouble, Shown
from bot.domain.members import SettingsChange
from bot.domain.sessions import ATTENDANCE_OPEN, Answer, Phase
from bot.services import event_steps
from bot.services.curating import Curating
from bot.services.deadlines import Deadlines
from bot.services.newcomers import Newcomers
from bot.services.session_cards import SessionCards
from bot.services.suggesting import Suggesting
from bot.storage import erasure, tables
from tests.domain.own_entries import own_paper
from tests.services.clubs import NEXT, ZONES, ClubGroup, clubs_at, erase, organiser, rule
from tests.services.conftest import BOB, CAT, GUILD, actor
from tests.services.rounds import Bulletin

SOON = timedelta(seconds=10)


class Wall(Bulletin):
    """Cards by message, as they stand; and how often each was edited."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[int, ClubSession] = {}
        self.phases: dict[int, Phase] = {}
        self.edits: list[int] = []
        self.fates: dict[int, Shown] = {}
        self.taken_down: list[int | None] = []

    async def show_card(self, found: ClubSession, message: LivingMessage, now: datetime) -> Shown:
        assert message.message_id is not None
        if message.message_id in self.fates:
            return self.fates[message.message_id]
        mark = repr((found.guests, found.session, found.attended, found.session.phase(now)))
        if mark != message.shown:
            self.edits.append(message.message_id)
            self.cards[message.message_id] = found
            self.phases[message.message_id] = found.session.phase(now)
        return Shown(message.message_id, mark)

    async def take_down(self, message: LivingMessage) -> None:
        self.taken_down.append(message.message_id)


class Readers:
    """A group of which cards stand, and their wall."""

    def __init__(self, group: ClubGroup) -> None:
        self.group = group
        self.wall = Wall()
        self.cards = SessionCards(group.work, self.wall)
        effects = {DeadlineKind.SESSION_CARDS: self.cards.refresh}
        self.deadlines = Deadlines(group.work, {}, effects)

    async def post(self, club: Club, message_id: int) -> None:
        await self.cards.stands(GUILD, club.id, NEXT, 55, message_id, "as posted")

    async def later(self, after: timedelta = SOON) -> None:
        """The alarm rings at every moment at which something is due until then."""
        end = self.group.now + after
        while (due := await self.deadlines.next_due()) is not None and due <= end:
            self.group.now = max(self.group.now, due)
            await self.deadlines.meet_due()
        self.group.now = end

    async def kept(self) -> list[int]:
        return [row["message_id"] for row in await self.group.rows(tables.session_card)]


@pytest.fixture
async def here(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Readers]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        yield Readers(opened)


async def test_cards_follow_answers_presenters_papers_and_moves(here: Readers) -> None:
    group = here.group
    club = await group.club()
    for message_id in (1, 2):
        await here.post(club, message_id)
    await group.sessions.answer(actor(BOB), club.id, NEXT, Answer.GOING)
    await here.later()
    assert [here.wall.cards[n].guests.going for n in (1, 2)] == [(BOB,), (BOB,)]
    await group.session_organising.set_paper(organiser(), club.id, NEXT, "spline-icml2018")
    await here.later()
    await group.session_organising.set_presenter(organiser(), club.id, NEXT, CAT, "Cat")
    await group.clubs.join(actor(CAT), club.id)
    await here.later()
    shown = here.wall.cards[2]
    assert shown.session.readings[0].paper_id == "spline-icml2018"
    assert (shown.session.presenter_id, shown.names[CAT]) == (CAT, "Cat")
    assert shown.guests.going == (BOB, CAT)
    await group.session_organising.skip(organiser(), club.id, NEXT)
    await here.later()
    assert here.wall.phases == {1: Phase.SKIPPED, 2: Phase.SKIPPED}
    edits = len(here.wall.edits)
    await here.later()
    assert len(here.wall.edits) == edits


async def test_cards_are_looked_at_when_the_servers_catalogue_changes(here: Readers) -> None:
    await here.post(await here.group.club(), 1)
    await here.later(timedelta(minutes=5))
    due = await here.deadlines.next_due()
    assert due is None or due > here.group.now + SOON
    curating = Curating(here.group.work, here.group.catalogues)
    await curating.add(organiser(), own_paper(title="A work"))
    due = await here.deadlines.next_due()
    assert due is not None
    assert due <= here.group.now + SOON


async def test_a_newcomer_who_joins_at_the_panel_comes_onto_the_cards(here: Readers) -> None:
    group = here.group
    club = await group.club()
    await here.post(club, 1)
    await here.later()
    suggesting = Suggesting(group.work, group.catalogues)
    newcomers = Newcomers(group.work, group.catalogues, suggesting, ZONES)
    await newcomers.introduce(actor(BOB), SettingsChange(hours_a_week=1), [club.id])
    await here.later()
    assert here.wall.cards[1].guests.going == (BOB,)


async def test_who_is_erased_leaves_the_card_of_a_club_that_has_ended_too(here: Readers) -> None:
    group = here.group
    club = await group.club()
    await group.session_organising.set_presenter(organiser(), club.id, NEXT, CAT, "Cat")
    await here.post(club, 1)
    await here.later(club.session_on(NEXT).starts + club.length - group.now)
    await group.organising.end(organiser(), club.id)
    await here.later()
    assert here.wall.cards[1].session.presenter_id == CAT
    async with group.work.write() as unit:
        await erasure.erase_traces(unit.conn, GUILD, CAT, unit.now)
        await event_steps.names_changed(unit, GUILD)
    await here.later()
    assert here.wall.cards[1].session.presenter_id is None


async def test_many_answers_at_once_are_few_edits(here: Readers) -> None:
    club = await here.group.club()
    await here.post(club, 1)
    for user_id in range(10, 20):
        await here.group.sessions.answer(actor(user_id), club.id, NEXT, Answer.GOING)
        await here.later(timedelta(seconds=1))
    await here.later()
    assert len(here.wall.cards[1].guests.going) == 10
    assert len(here.wall.edits) <= 2 + timedelta(seconds=20) // EDIT_EVERY


async def test_a_card_turns_by_itself_and_is_let_go_when_it_is_of_no_more_use(
    here: Readers,
) -> None:
    club = await here.group.club()
    await here.post(club, 1)
    starts = club.session_on(NEXT).starts
    await here.later(starts - here.group.now)
    turned = [here.wall.phases[1]]
    await here.later(club.length)
    assert [*turned, here.wall.phases[1]] == [Phase.RUNNING, Phase.OVER]
    await here.group.sessions.attend(actor(BOB), club.id, NEXT)
    await here.later()
    assert here.wall.cards[1].attended == 1
    edits = len(here.wall.edits)
    await here.later(ATTENDANCE_OPEN + timedelta(days=1))
    await here.group.clubs.join(actor(CAT), club.id)
    assert await here.deadlines.next_due() is None
    assert len(here.wall.edits) == edits


async def test_a_card_that_is_deleted_or_out_of_reach_is_forgotten(here: Readers) -> None:
    club = await here.group.club()
    for message_id in (1, 2, 3):
        await here.post(club, message_id)
    here.wall.fates = {
        1: Shown(None, None),
        2: Shown(2, None, MessageTrouble.FORBIDDEN),
        3: Shown(3, None, uncertain=True),
    }
    await here.later()
    assert await here.kept() == [3]
    here.wall.fates.clear()
    await here.later(3 * SOON)
    assert here.wall.edits == [3]


async def test_the_newest_cards_of_a_session_and_the_first_are_kept_up_to_date(
    here: Readers,
) -> None:
    club = await here.group.club()
    for message_id in (1, 2, 3, 4, 5, 6, 7, 7):
        await here.post(club, message_id)
    await here.later()
    assert sorted(here.wall.edits) == [1, 4, 5, 6, 7]
    for message_id in range(8, 28):
        await here.post(club, message_id)
    assert here.wall.taken_down == [2, 3]
    assert await here.kept() == [1, *range(4, 28)]
    await here.later(club.session_on(NEXT).starts + club.length - here.group.now)
    assert here.wall.phases == dict.fromkeys(await here.kept(), Phase.OVER)


async def test_a_name_goes_from_cards_that_are_followed_no_longer(
    here: Readers, tmp_path: Path
) -> None:
    group, path = here.group, tmp_path / "club.sqlite3"
    club = await group.club()
    await group.clubs.join(actor(BOB), club.id)
    await group.session_organising.set_presenter(organiser(), club.id, NEXT, CAT, "Cat")
    for message_id in range(1, 8):
        await here.post(club, message_id)
    await erase(group, BOB, path)
    await here.later()
    assert {n: card.guests.going for n, card in here.wall.cards.items()} == dict.fromkeys(
        range(1, 8), ()
    )
    await here.later(ATTENDANCE_OPEN + timedelta(days=30))
    assert here.wall.cards[2].session.presenter_id == CAT
    await erase(group, CAT, path)
    await here.later()
    assert {n: card.session.presenter_id for n, card in here.wall.cards.items()} == dict.fromkeys(
        range(1, 8)
    )


async def test_the_card_of_a_session_whose_rule_is_gone_is_taken_down(here: Readers) -> None:
    club = await here.group.club()
    await here.group.session_organising.set_agenda(organiser(), club.id, NEXT, "Splines")
    await here.post(club, 1)
    await here.group.organising.edit(
        organiser(), club.id, ClubEdit(recurrence=rule(at="19:00"), until=NEXT)
    )
    await here.later()
    assert here.wall.phases == {1: Phase.COMING}
    row = (await here.group.rows(tables.session_card))[0]["session_id"]
    async with here.group.database.write() as conn:
        await conn.execute(
            tables.session.update()
            .where(tables.session.c.id == row)
            .values(original=None, status="gone", starts_at=None)
        )
    await here.group.clubs.join(actor(BOB), club.id)
    await here.later()
    assert here.wall.taken_down == [1]
    assert await here.kept() == []


async def test_another_server_sees_nothing_of_it(here: Readers) -> None:
    club = await here.group.club()
    await here.post(club, 1)
    await here.later()
    other = await here.group.club(2000)
    await here.group.clubs.join(actor(BOB, 2000), other.id)
    due = await here.group.rows(tables.deadline, guild_id=GUILD, kind=DeadlineKind.SESSION_CARDS)
    assert {row["due_at"] for row in due} == {club.session_on(NEXT).starts}
