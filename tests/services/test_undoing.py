"""What an organiser did a moment ago is taken back, unless it is late or was changed since."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import SessionChange
from bot.domain.clubs import ClubEdit
from bot.domain.errors import StaleControl
from bot.domain.members import OrganisersOnly
from bot.domain.schedule import Change, Moved, Skipped
from bot.domain.schedule.errors import MovesIntoPast, SessionsCollide
from bot.domain.undo import UNDO_FOR, UndoneAlready, UndoOver, UndoOvertaken
from bot.services import session_steps
from bot.services.trail import Trail
from bot.services.undoing import Undoing
from tests.domain.schedule.builders import wall
from tests.services.clubs import AFTER, FRI, NEXT, ClubGroup, clubs_at, organiser, rule
from tests.services.conftest import BOB, OTHER_GUILD, actor

LATER = wall(2026, 12, 9, 20, 0)


class UndoGroup:
    """Clubs, with *Undo*."""

    def __init__(self, clubs: ClubGroup) -> None:
        self.clubs = clubs
        reversals = dict.fromkeys(("session-skipped", "session-moved"), session_steps.take_back)
        self.undoing = Undoing(clubs.work, reversals)
        self.trail = Trail(clubs.work)

    async def undo(self, line_id: int | None, guild_id: int = 1000) -> Mapping[date, Change]:
        assert line_id is not None
        undone = await self.undoing.undo(organiser(guild_id), line_id)
        assert isinstance(undone, SessionChange)
        return undone.after.club.timetable.changes

    async def skip(self, club_id: int) -> int:
        change = await self.clubs.session_organising.skip(organiser(), club_id, NEXT)
        assert change.line_id is not None
        return change.line_id

    async def move(self, club_id: int, to: datetime = LATER) -> int:
        change = await self.clubs.session_organising.move(organiser(), club_id, NEXT, to)
        assert change.line_id is not None
        return change.line_id


@pytest.fixture
async def group(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[UndoGroup]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        yield UndoGroup(opened)


async def test_a_skip_and_a_move_are_taken_back_to_what_was_before(group: UndoGroup) -> None:
    made = await group.clubs.club()
    assert await group.undo(await group.skip(made.id)) == {}
    moved = await group.move(made.id)
    skipped = await group.skip(made.id)
    assert await group.undo(skipped) == {NEXT: Moved(LATER)}
    await group.skip(made.id)
    again = await group.move(made.id, wall(2026, 12, 10, 20, 0))
    assert await group.undo(again) == {NEXT: Skipped()}
    with pytest.raises(UndoOvertaken):
        await group.undo(moved)


async def test_a_move_that_is_pressed_twice_can_be_undone_like_one(group: UndoGroup) -> None:
    made = await group.clubs.club()
    moved = await group.move(made.id)
    assert await group.move(made.id) == moved
    assert len(await group.clubs.actions()) == 2
    assert await group.undo(moved) == {}
    await group.move(made.id)
    await group.clubs.organising.edit(organiser(), made.id, ClubEdit(name="Others"))
    move = group.clubs.session_organising.move
    assert (await move(organiser(), made.id, NEXT, LATER)).line_id is None
    await group.move(made.id, wall(2026, 12, 10, 20, 0))
    group.clubs.now += UNDO_FOR
    again = await move(organiser(), made.id, NEXT, wall(2026, 12, 10, 20, 0))
    assert again.line_id is None


async def test_the_trail_offers_what_can_be_undone_and_says_who_did_it(group: UndoGroup) -> None:
    made = await group.clubs.club()
    line = await group.skip(made.id)
    assert (await group.trail.page(organiser())).undoable == {line}
    await group.undo(line)
    page = await group.trail.page(organiser())
    assert page.undoable == frozenset()
    assert [one.action for one in page.lines][:2] == ["session-unskipped", "session-skipped"]
    with pytest.raises(UndoneAlready):
        await group.undo(line)
    again = await group.skip(made.id)
    group.clubs.now += UNDO_FOR
    assert (await group.trail.page(organiser())).undoable == frozenset()
    with pytest.raises(UndoOver):
        await group.undo(again)


async def test_what_was_changed_since_is_named_and_stays(group: UndoGroup) -> None:
    made = await group.clubs.club()
    line = await group.skip(made.id)
    edit = ClubEdit(recurrence=rule(FRI))
    await group.clubs.organising.edit(organiser(), made.id, edit)
    with pytest.raises(UndoOvertaken) as refused:
        await group.undo(line)
    assert (refused.value.later.action, refused.value.later.actor) == ("club-edited", "Ann")
    # What is read there has nothing to do with when it is.
    moved = await group.clubs.session_organising.move(
        organiser(), made.id, AFTER + timedelta(days=3), wall(2026, 12, 19, 20, 0)
    )
    await group.clubs.session_organising.set_agenda(
        organiser(), made.id, AFTER + timedelta(days=3), "Cake"
    )
    undone = await group.undoing.undo(organiser(), moved.line_id or 0)
    assert isinstance(undone, SessionChange)
    assert not undone.after.occurrence.is_moved


async def test_a_time_that_was_given_away_is_not_gone_back_to(group: UndoGroup) -> None:
    made = await group.clubs.club()
    moved = await group.move(made.id, wall(2026, 12, 12, 20, 0))
    other = await group.clubs.session_organising.move(
        organiser(), made.id, AFTER, wall(2026, 12, 8, 18, 30)
    )
    with pytest.raises(SessionsCollide):
        await group.undo(moved)
    assert await group.undo(other.line_id) == {NEXT: Moved(wall(2026, 12, 12, 20, 0))}
    assert await group.undo(moved) == {}


async def test_a_session_is_not_put_back_into_the_past(group: UndoGroup) -> None:
    made = await group.clubs.club()
    group.clubs.now = group.clubs.now.replace(day=8, hour=16, minute=59)
    line = await group.move(made.id, wall(2026, 12, 13, 20, 0))
    group.clubs.now += timedelta(minutes=2)
    with pytest.raises(MovesIntoPast):
        await group.undo(line)


async def test_only_organisers_of_the_server_may(group: UndoGroup) -> None:
    made = await group.clubs.club()
    line = await group.skip(made.id)
    with pytest.raises(OrganisersOnly):
        await group.undoing.undo(actor(BOB), line)
    for guild_id, key in ((OTHER_GUILD, line), (1000, line + 1), (1000, line - 1)):
        with pytest.raises(StaleControl):
            await group.undo(key, guild_id)
    assert (await group.trail.page(organiser())).undoable == {line}
