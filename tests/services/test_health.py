"""``/health`` by its figures: what the ledger tells of one server, and what was seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.boards import BoardScope
from bot.domain.errors import NotFound
from bot.domain.health import HealthReport
from bot.domain.living import Shown
from bot.domain.members import Actor, OrganisersOnly
from bot.domain.reminders import Answer, DeliveryState, Meaning, Reason, ReminderKind
from bot.domain.rounds import RoundOver, RoundUnit, Terms
from bot.services.health import Health
from bot.storage import audit, boards, deadlines, deliveries_plan, rounds
from bot.storage.backup import back_up
from bot.storage.health import database_state
from tests.services.reminding import ANN, CLUB, GUILD, ROOM, Club, club_at, lost_answer, planned
from tests.storage.builders import NOW

OLGA = Actor(GUILD, 9, "Olga", manages=True)
DAY, HOUR = ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE
AN_HOUR = timedelta(hours=1)


@pytest.fixture
async def club(tmp_path: Path) -> AsyncIterator[Club]:
    async with club_at(tmp_path / "club.sqlite3") as opened:
        yield opened


def health(club: Club, path: Path) -> Health:
    return Health(club.work, club.deliveries, lambda: database_state(path, NOW, is_backed_up=True))


async def report(club: Club, path: Path) -> HealthReport:
    return await health(club, path).report(OLGA)


async def test_the_ledger_is_told_for_this_server_and_its_channels(
    club: Club, tmp_path: Path
) -> None:
    path = tmp_path / "club.sqlite3"
    plans = [
        planned(DAY, key="sent"),
        planned(HOUR, NOW + AN_HOUR, key="next"),
        planned(HOUR, NOW + AN_HOUR / 2, key="private", reader=ANN),
        planned(DAY, NOW - 9 * AN_HOUR, AN_HOUR, key="late", dest=ROOM + 1),
        planned(DAY, NOW - AN_HOUR / 60, key="refused", dest=ROOM + 2),
    ]
    async with club.work.write() as unit:
        await deliveries_plan.plan(unit.conn, plans, NOW)
    club.source.plans = plans
    club.discord.faults = [
        lambda discord, message: (
            Answer(Meaning.MALFORMED, 50035)
            if message.lead.dest == ROOM + 2
            else discord.deliver(message)
        )
    ] * 2
    await club.pass_time(minutes=5)
    told = await report(club, path)
    assert told.ledger.last is not None
    assert told.ledger.next is not None
    assert (told.ledger.last.key, told.ledger.next.key) == ("sent", "next")
    assert told.ledger.last_at == NOW
    assert told.missed_for(Reason.LATE) == told.missed_for(Reason.MALFORMED) == 1
    assert told.ledger.unanswered == 0
    assert not told.is_out_of_step
    assert told.paused_until is None
    elsewhere = await health(club, path).report(Actor(GUILD + 1, 9, "Olga", manages=True))
    assert (elsewhere.ledger.last, elsewhere.ledger.missed) == (None, ())

    await health(club, path).seen(OLGA)
    assert (await report(club, path)).ledger.missed == ()


async def test_what_nobody_can_tell_is_told_until_it_was_seen(club: Club, tmp_path: Path) -> None:
    path = tmp_path / "club.sqlite3"
    async with club.work.write() as unit:
        await deliveries_plan.plan(unit.conn, [planned(DAY)], NOW)
    club.source.plans = [planned(DAY)]
    club.discord.faults = [lost_answer]
    await club.deliveries.meet_due()
    club.now += AN_HOUR
    assert (await report(club, path)).ledger.unanswered == 1
    club.discord.readable = False
    await club.pass_time(minutes=5)
    (missed,) = (await report(club, path)).ledger.missed
    assert (missed.club_id, missed.state) == (CLUB, DeliveryState.UNKNOWN)
    assert missed.reason is Reason.UNREADABLE
    await health(club, path).seen(OLGA)
    assert (await report(club, path)).ledger.missed == ()


async def test_the_database_is_told_with_its_newest_backup(club: Club, tmp_path: Path) -> None:
    path = tmp_path / "club.sqlite3"
    assert (await report(club, path)).database.backup_at is None
    back_up(path, "0001", NOW)
    state = (await report(club, path)).database
    assert state.backup_at == NOW
    assert state.size >= path.stat().st_size
    assert state.free > 0


async def test_nobody_else_looks_or_tries_again(club: Club, tmp_path: Path) -> None:
    doctor, ann = health(club, tmp_path / "club.sqlite3"), Actor(GUILD, ANN, "Ann")
    for refused in (
        doctor.report(ann), doctor.seen(ann), doctor.try_club(ann, 1), doctor.try_board(ann, 1),
        doctor.try_events(ann), doctor.try_split(ann, 1),
    ):  # fmt: skip
        with pytest.raises(OrganisersOnly):
            await refused
    for unknown in (doctor.try_club(OLGA, 99), doctor.try_board(OLGA, 99)):
        with pytest.raises(NotFound):
            await unknown
    with pytest.raises(RoundOver):
        await doctor.try_split(OLGA, 99)
    async with club.work.read() as conn:
        assert await audit.lines(conn, GUILD, None, 9) == ()


async def test_the_trail_tells_what_was_tried_again_and_what_was_seen(
    club: Club, tmp_path: Path
) -> None:
    doctor = health(club, tmp_path / "club.sqlite3")
    async with club.work.write() as unit:
        board = await boards.add_board(unit.conn, GUILD, ROOM, BoardScope.ALL, None, 9, NOW)
        terms, ends = Terms(RoundUnit.PAPERS, each=2), NOW + AN_HOUR
        split = await rounds.add_round(unit.conn, GUILD, terms, ["x"], ROOM, 9, NOW, ends)
        await rounds.settle_panel(unit.conn, GUILD, split, Shown(5, "as it was"), NOW)
    assert (await report(club, tmp_path / "club.sqlite3")).split is not None
    await doctor.try_board(OLGA, board)
    await doctor.try_split(OLGA, split)
    await doctor.try_events(OLGA)
    await doctor.seen(OLGA)
    async with club.work.read() as conn:
        trail = await audit.lines(conn, GUILD, None, 9)
        due = await deadlines.next_due(conn)
        again = await rounds.live_round(conn, GUILD)
    assert [(one.actor, one.action, one.subject) for one in trail] == [
        ("Olga", "health-seen", "server"),
        ("Olga", "events-retried", "server"),
        ("Olga", "split-retried", f"split:{split}"),
        ("Olga", "board-retried", f"board:{board}"),
    ]
    # The panel is edited even if what it shows is what it showed.
    assert due == NOW
    assert again is not None
    assert (again.message_id, again.shown) == (5, None)
