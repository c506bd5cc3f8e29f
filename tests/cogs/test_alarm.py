"""The alarm and the deadlines it rings for, on the simulated clock."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import simcord
import sqlalchemy as sa

from bot.app import open_bot
from bot.client import ClubBot
from bot.demo.simcord_internals import start_patiently
from bot.domain.deadlines import Deadline, DeadlineKind
from bot.services.deadlines import Handler
from bot.services.work import Unit
from bot.settings import Settings
from bot.storage.guilds import ensure_guild
from tests.cogs.conftest import PATIENCE, Club

KIND = DeadlineKind.OFFER_EXPIRES


class Log:
    """A handler that remembers what it met, and when."""

    def __init__(self) -> None:
        self.met: list[tuple[int, datetime]] = []

    async def meet(self, unit: Unit, deadline: Deadline) -> None:
        self.met.append((deadline.subject_id, unit.now))


def handle(bot: ClubBot, handler: Handler) -> None:
    bot.services.deadlines._handlers = {KIND: handler}


async def set_due(club: Club, subject: int, after: timedelta) -> datetime:
    with club.env.time_context():
        async with club.bot.services.signups._work.write() as unit:
            due = unit.now + after
            await ensure_guild(unit.conn, club.guild.id, unit.now)
            await unit.set_deadline(club.guild.id, KIND, subject, due)
    return due


@contextmanager
def statements(bot: ClubBot) -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile."""
    seen: list[str] = []
    database = bot.services.lookup._database
    engines = [database._writer.sync_engine, database._readers.sync_engine]

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        sa.event.remove(engine, "before_cursor_execute", note)


async def test_what_is_due_happens_once_at_its_time(club: Club) -> None:
    log = Log()
    handle(club.bot, log.meet)
    late = await set_due(club, 2, timedelta(days=3))
    early = await set_due(club, 1, timedelta(hours=5))
    assert club.bot.next_due() == early
    await club.env.advance_time(timedelta(days=4).total_seconds())
    assert [subject for subject, _ in log.met] == [1, 2]
    for (_, at), due in zip(log.met, (early, late), strict=True):
        assert timedelta(0) <= at - due < timedelta(seconds=1)
    assert club.bot.next_due() is None


async def test_what_came_due_while_the_bot_was_away_happens_once(settings: Settings) -> None:
    log = Log()
    async with open_bot(settings) as first, open_bot(settings) as second:
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, first)
        await set_due(club, 1, timedelta(hours=1))
        await set_due(club, 2, timedelta(hours=30))
        await first._alarm.stop()
        await env.advance_time(timedelta(hours=2).total_seconds())
        handle(second, log.meet)
        await env.restart_bot(second)
        await env.settle()
        assert [subject for subject, _ in log.met] == [1]
        await env.advance_time(timedelta(days=2).total_seconds())
        assert [subject for subject, _ in log.met] == [1, 2]
        await env.shutdown()


async def test_an_idle_day_never_touches_the_database(settings: Settings) -> None:
    async with open_bot(settings.model_copy(update={"nap": 30})) as bot:
        env = simcord.Env(bot, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, bot)
        await set_due(club, 1, timedelta(days=2))
        await env.settle()
        with statements(bot) as seen:
            await env.advance_time(timedelta(days=1).total_seconds())
        assert not seen
        await env.shutdown()


async def test_a_clock_that_was_set_forward_is_noticed_after_a_nap(settings: Settings) -> None:
    log = Log()
    async with open_bot(settings.model_copy(update={"nap": 30})) as bot:
        env = simcord.Env(bot, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, bot)
        handle(bot, log.meet)
        await set_due(club, 1, timedelta(hours=5))
        await env.settle()
        ticks = bot._alarm._clock
        bot._alarm._clock = lambda: ticks() + timedelta(hours=6)
        bot.services.deadlines._work._clock = bot._alarm._clock
        await env.advance_time(31)
        assert [subject for subject, _ in log.met] == [1]
        await env.shutdown()


async def test_a_deadline_that_cannot_be_met_comes_again_and_stops_nothing(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    log = Log()
    broken = True

    async def meet(unit: Unit, deadline: Deadline) -> None:
        await log.meet(unit, deadline)
        if broken and deadline.subject_id == 1:
            await unit.set_deadline(club.guild.id, DeadlineKind.ERASURE, 1, unit.now)
            raise RuntimeError("no")

    handle(club.bot, meet)
    await set_due(club, 1, timedelta(hours=1))
    await set_due(club, 2, timedelta(hours=1))
    await club.env.advance_time(3601)
    assert [subject for subject, _ in log.met] == [1, 2]
    assert any(f"({KIND})" in record.getMessage() for record in caplog.records)
    broken = False
    await club.env.advance_time(301)
    assert [subject for subject, _ in log.met] == [1, 2, 1]
    assert club.bot.next_due() is None, "what the broken unit had set due was rolled back"


@pytest.mark.parametrize("fault", [ValueError, TimeoutError, asyncio.CancelledError, OSError])
async def test_no_fault_of_the_work_ends_the_alarm(
    club: Club, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    calls: list[datetime] = []

    async def fail() -> datetime | None:
        calls.append(club.bot.services.signups._work.now())
        if len(calls) < 4:
            raise fault
        return None

    monkeypatch.setattr(club.bot._alarm, "_work", fail)
    await set_due(club, 1, timedelta(hours=1))
    await club.env.advance_time(7200)
    waits = [(b - a).total_seconds() for a, b in pairwise(calls)]
    assert waits == pytest.approx([5, 10, 20], abs=0.01)
    assert club.bot.next_due() is None


async def test_what_is_set_while_the_alarm_rings_is_not_forgotten(club: Club) -> None:
    log = Log()

    async def meet(unit: Unit, deadline: Deadline) -> None:
        await log.meet(unit, deadline)
        if deadline.subject_id == 1:
            await unit.set_deadline(club.guild.id, KIND, 3, unit.now + timedelta(minutes=1))

    handle(club.bot, meet)
    await set_due(club, 1, timedelta(hours=1))
    await set_due(club, 2, timedelta(hours=2))
    await club.env.advance_time(3 * 3600)
    assert [subject for subject, _ in log.met] == [1, 3, 2]


async def test_a_deadline_that_was_moved_meanwhile_waits_for_its_new_time(club: Club) -> None:
    log = Log()
    handle(club.bot, log.meet)
    await set_due(club, 1, timedelta(hours=1))
    await club.env.advance_time(1800)
    await set_due(club, 1, timedelta(hours=5))
    await club.env.advance_time(2 * 3600)
    assert not log.met
    await club.env.advance_time(4 * 3600)
    assert len(log.met) == 1


async def test_what_is_due_now_happens_without_a_clock_moving(club: Club) -> None:
    log = Log()
    handle(club.bot, log.meet)
    await set_due(club, 1, timedelta(0))
    await club.env.settle()
    assert len(log.met) == 1
