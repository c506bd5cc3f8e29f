"""A process that does nothing any more ends itself; one that works is left alone."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.alarm import Alarm
from bot.watchdog import patience, watched

STILL = 0.2


async def started(work: Callable[[], Awaitable[datetime | None]]) -> Alarm:
    """An alarm whose work is due at once."""
    alarm = Alarm(lambda: datetime.now(UTC), timedelta(seconds=STILL))
    alarm.start(work, lambda: True)
    await asyncio.sleep(0)
    alarm.wake(datetime.now(UTC))
    return alarm


async def nothing() -> datetime | None:
    return None


async def for_ever() -> datetime | None:
    await asyncio.sleep(3600)
    return None


async def block() -> datetime | None:
    time.sleep(4 * STILL)  # noqa: ASYNC251 - a blocked loop is what it is about
    return None


@pytest.mark.parametrize(("work", "ends"), [(nothing, False), (for_ever, True), (block, True)])
async def test_what_stands_still_is_ended_and_what_works_is_not(
    work: Callable[[], Awaitable[datetime | None]], ends: bool
) -> None:
    ended = threading.Event()
    alarm = await started(work)
    with watched(alarm, STILL, longest_work=STILL, end=ended.set):
        await asyncio.sleep(4 * STILL)
    assert ended.is_set() is ends
    await alarm.stop()


async def test_an_alarm_that_looks_no_more_is_noticed() -> None:
    ended = threading.Event()
    alarm = await started(nothing)
    alarm._loop.cancel()
    with watched(alarm, STILL, end=ended.set):
        await asyncio.sleep(4 * STILL)
    assert ended.is_set()
    await alarm.stop()


def test_long_naps_are_no_standstill() -> None:
    assert patience(30) == 120
    assert patience(3600) == 4 * 3600
