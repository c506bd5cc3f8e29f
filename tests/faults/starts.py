"""Starts of a delivering process, each a fork of its own that can be killed at a named point."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.domain.reminders import Answer, Outgoing, Planned, Preferences
from bot.render.words import Words
from bot.services.delivery import Deliveries
from bot.services.work import Unit, Work
from bot.storage import deliveries_plan, guilds, members
from bot.storage.engine import open_database
from bot.storage.schema import prepare_database
from bot.ui import reminder_sender
from bot.ui.reminder_sender import Composed, DiscordSender
from tests.faults.discord_process import GUILD, ROOM
from tests.faults.discord_there import DiscordThere
from tests.faults.rivals import run_rival
from tests.loopback import TOKEN
from tests.services.reminding import ANN, Listed, planned
from tests.storage.builders import url_of

OURS = "ledger, nonce and look"
# The transactions of one start, in their order, and what else a start may be killed at.
STEPS = ("plan", "forget", "claim", "mark", "settle")
POINTS = (
    *(f"{step} {instant}" for step in STEPS for instant in ("begun", "unsaved", "done")),
    "answered",
)
# What happens to the message itself: the Discord of the test is told to do it.
IN_POST: dict[str, dict[str, Any]] = {
    "killed in POST, held back": {"kind": "hold", "kills": True},
    "killed in POST, delivered": {"kind": "kill", "kills": True},
    "answer dropped": {"kind": "drop"},
    "503 after delivery": {"kind": "status", "status": 503},
    "520 after delivery": {"kind": "status", "status": 520},
    "503, not delivered": {"kind": "refuse", "status": 503, "code": 0},
    "520, not delivered": {"kind": "refuse", "status": 520, "code": 0},
    "silence": {"kind": "silence", "seconds": 3},
    "lands after the retry": {"kind": "hold"},
}
_PATIENCE = 1.0


@dataclass(frozen=True)
class Start:
    """One start: of which design, when, with which fault, and how long a lease holds."""

    design: str
    folder: Path
    now: datetime
    fault: str | None = None
    lease: timedelta = timedelta(seconds=90)
    slow: float | None = None
    plans: list[Planned] = field(default_factory=lambda: [planned()])
    wanted: dict[int, Preferences] = field(default_factory=dict)
    # Before it delivers, the session is changed to this, and this is told of the change.
    edited: tuple[Planned, Planned] | None = None


def fork(there: DiscordThere, start: Start) -> int:
    """Begins a start in a process of its own and returns its id."""
    child = os.fork()
    if child:
        return child
    try:
        logging.disable(logging.CRITICAL)
        asyncio.run(_run(there, start))
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, the fork must not go on as its parent
        traceback.print_exc()
    finally:
        os._exit(1)


def ended(child: int) -> bool:
    """Waits for a start; whether it was killed. Fails when it ended in any other way."""
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    assert killed or os.waitstatus_to_exitcode(status) == 0, "a start failed"
    return killed


def die() -> None:
    """Ends this process as nothing can prevent."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


async def _run(there: DiscordThere, start: Start) -> None:
    Route.BASE = there.base
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(there.gateway)
    reminder_sender._PATIENCE = _PATIENCE
    order = IN_POST.get(start.fault or "")
    if order is not None:
        kills = {"pid": os.getpid()} if order.get("kills") else {}
        there.order(faults=[{**order, **kills}])
    if start.slow is not None:
        there.order(faults=[{"kind": "slow", "seconds": start.slow}])
    began = time.monotonic()

    def now() -> datetime:
        return start.now + timedelta(seconds=time.monotonic() - began)

    def point(name: str) -> None:
        if name == start.fault:
            die()

    async with _sender(point) as sender:
        if start.design == OURS:
            await _run_ours(start, sender, now, point)
        else:
            await run_rival(start.design, start.folder, sender, now, point)


async def _composed(message: Outgoing) -> Composed:
    return Composed("; ".join(str(told.said.subject) for told in message.told))


@asynccontextmanager
async def _sender(point: Callable[[str], None]) -> AsyncIterator[DiscordSender]:
    """A sender whose client is logged in and knows its server."""

    class Pointed(DiscordSender):
        async def send(self, message: Outgoing) -> Answer:
            answer = await super().send(message)
            point("answered")
            return answer

    options: dict[str, Any] = {"guild_ready_timeout": 0.02, "max_messages": None}
    client = discord.Client(intents=discord.Intents(guilds=True), **options)
    sender = Pointed(_composed, Words())
    sender.client = client
    async with client:
        running = asyncio.create_task(client.start(TOKEN))
        await client.wait_until_ready()
        yield sender
    running.cancel()


class PointedWork(Work):
    """Names the instants around each transaction of a start."""

    def __init__(
        self, point: Callable[[str], None], *args: Any, steps: tuple[str, ...] = STEPS
    ) -> None:
        super().__init__(*args)
        self._steps = steps
        self._point = point
        self._count = 0

    async def edit(self, to: Planned, change: Planned) -> None:
        """Changes a session in a transaction of its own."""
        async with super().write() as unit:
            self._point("edit begun")
            await deliveries_plan.replace(
                unit.conn, to.guild_id, to.club_id, [to.key], [to], unit.now, change
            )
            self._point("edit unsaved")
        self._point("edit done")

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Unit]:
        step = self._steps[self._count] if self._count < len(self._steps) else "later"
        self._count += 1
        self._point(f"{step} begun")
        async with super().write() as unit:
            yield unit
            self._point(f"{step} unsaved")
        self._point(f"{step} done")


async def _run_ours(
    start: Start, sender: DiscordSender, now: Callable[[], datetime], point: Callable[[str], None]
) -> None:
    url = url_of(start.folder / "club.sqlite3")
    async with open_database(url) as database:
        source = Listed(start.plans, wanted=start.wanted)
        work = PointedWork(point, database, now, lambda _at: None)
        deliveries = Deliveries(
            work, source, sender, owner=str(os.getpid()), unauthorised=die, lease=start.lease
        )
        if start.edited is not None:
            await work.edit(*start.edited)
        due = await deliveries.meet_due()
        while due is not None and due <= now() + timedelta(seconds=2):
            await asyncio.sleep(max(0.0, (due - now()).total_seconds()))
            due = await deliveries.meet_due()


def make_database(folder: Path, now: datetime) -> None:
    """The database of a cell, before anything is planned in it."""

    async def make() -> None:
        url = url_of(folder / "club.sqlite3")
        prepare_database(url, now)
        async with open_database(url) as database, database.write() as conn:
            await guilds.ensure_guild(conn, GUILD, now)
            await members.record_member(conn, GUILD, ANN, "Ann", now)

    asyncio.run(make())


assert planned().guild_id == GUILD
assert planned().dest == ROOM
