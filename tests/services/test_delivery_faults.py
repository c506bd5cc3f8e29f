"""Every call to the database fails once, in turn: readers see one message all the same."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.domain.reminders import DeliveryState
from bot.storage.engine import open_database
from tests.services.reminding import Club, Killed, club_at, planned
from tests.storage.builders import NOW, url_of


def locked() -> BaseException:
    return OperationalError("", None, sqlite3.OperationalError("database is locked"))


def full() -> BaseException:
    return OperationalError("", None, sqlite3.OperationalError("database or disk is full"))


@contextmanager
def failing(club: Club, number: int, error: Callable[[], BaseException]) -> Iterator[list[int]]:
    """The ``number``-th statement or commit from now on fails; yields how many there were."""
    calls = [0]
    engines = [club.database._writer.sync_engine, club.database._readers.sync_engine]

    def step(*_: object) -> None:
        calls[0] += 1
        if calls[0] == number:
            raise error()

    for engine in engines:
        event.listen(engine, "before_cursor_execute", step)
        event.listen(engine, "commit", step)
    try:
        yield calls
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", step)
            event.remove(engine, "commit", step)


@pytest.mark.parametrize("error", [locked, full, Killed])
async def test_one_message_whichever_call_to_the_database_fails(
    tmp_path: Path, error: Callable[[], BaseException]
) -> None:
    path = tmp_path / "club.sqlite3"
    async with club_at(path):
        pass
    for number in count(1):
        now = NOW + timedelta(minutes=10 * number)
        plans = [planned(due=now, key=f"{number}")]
        async with open_database(url_of(path)) as database:
            club = Club(database)
            club.now, club.source.plans = now, plans
            with (
                failing(club, number, error) as calls,
                # The alarm tries again, or the next start does.
                contextlib.suppress(OperationalError, Killed),
            ):
                await club.deliveries.meet_due()
            discord = club.discord
        async with open_database(url_of(path)) as database:
            club = Club(database)
            club.now, club.source.plans = now + timedelta(seconds=35), plans
            discord.clock = club.discord.clock
            club.discord = discord
            club.process("after")
            await club.pass_time(minutes=5)
            (message,) = discord.messages
            rows = await club.rows("key", "state", "message_id")
        assert rows[-1] == (f"{number}", DeliveryState.SENT, message.id)
        if calls[0] < number:
            break
    assert number > 15
