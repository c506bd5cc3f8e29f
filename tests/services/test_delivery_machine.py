"""Whatever happens in whatever order: the ledger says what the channel shows, and each but once."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import (
    OPEN_STATES,
    DeliveryState,
    Meaning,
    Meeting,
    Planned,
    Reason,
    Said,
    plan_session,
)
from bot.storage import deliveries_plan
from tests.services.reminding import (
    CLUB,
    GUILD,
    ROOM,
    Club,
    Killed,
    Listed,
    answers,
    club_at,
    kill_after,
    kill_before,
    lost_answer,
)
from tests.storage.builders import NOW

KEYS = ("a", "b", "c")
FAULTS = (lost_answer, kill_before, kill_after, answers(Meaning.UNCERTAIN), answers(Meaning.LATER))


class Sessions(Listed):
    """A source of three sessions, some of which are off."""

    def __init__(self) -> None:
        super().__init__()
        self.meetings = {
            key: Meeting(GUILD, CLUB, key, NOW + timedelta(days=2, hours=30 * n), ROOM)
            for n, key in enumerate(KEYS)
        }
        self.off: set[str] = set()

    async def planned(
        self, _conn: AsyncConnection, now: datetime, until: datetime
    ) -> list[Planned]:
        on = [meeting for key, meeting in self.meetings.items() if key not in self.off]
        return [p for meeting in on for p in plan_session(meeting, [], now, until - now)]

    async def says(
        self, _conn: AsyncConnection, planned: Planned, _now: datetime, *, is_out: bool
    ) -> Said | None:
        if planned.key in self.off:
            return Said("it is off") if is_out else None
        return Said(f"{planned.key} {planned.kind}")


class DeliveryMachine(RuleBasedStateMachine):
    """Three sessions of one club on a real database, and a Discord that forgets in minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "club.sqlite3"
        self.opened = AsyncExitStack()
        self.backup: tuple[Path, datetime, dict[str, Meeting], set[str]] | None = None
        self.is_settled = False
        self.count = 0

    @initialize()
    def begin(self) -> None:
        self.runner.run(self._open())
        self.club.source = Sessions()
        self.club.process()

    async def _open(self) -> None:
        before = getattr(self, "club", None)
        self.club: Club = await self.opened.enter_async_context(club_at(self.path))
        if before is not None:
            self.club.now, self.club.source = before.now, before.source
            before.discord.clock = self.club.discord.clock
            self.club.discord = before.discord
        self.club.process(f"process {self.count}")
        self.count += 1

    @property
    def source(self) -> Sessions:
        source = self.club.source
        assert isinstance(source, Sessions)
        return source

    def teardown(self) -> None:
        self.runner.run(self.opened.aclose())
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(hours=st.floats(0.01, 30))
    def run(self, hours: float) -> None:
        self._run(self.club.pass_time(hours=hours))

    @rule(hours=st.floats(0.01, 70))
    def be_down(self, hours: float) -> None:
        self.club.now += timedelta(hours=hours)
        self.club.process(f"process {self.count}")
        self.count += 1
        self.is_settled = False

    @rule(fault=st.sampled_from(FAULTS))
    def suffer(self, fault: object) -> None:
        self.club.discord.faults.append(fault)  # type: ignore[arg-type]  # one of FAULTS

    @rule(key=st.sampled_from(KEYS), hours=st.integers(-30, 60))
    def move(self, key: str, hours: int) -> None:
        old = self.source.meetings[key]
        starts = max(old.starts + timedelta(hours=hours), self.club.now + timedelta(minutes=30))
        self.source.meetings[key] = replace(old, starts=starts, version=old.version + 1)
        self._replace(key)

    @rule(key=st.sampled_from(KEYS))
    def skip_or_not(self, key: str) -> None:
        self.source.off ^= {key}
        self._replace(key)

    @precondition(lambda self: self.is_settled)
    @rule()
    def back_up(self) -> None:
        async def copy() -> Path:
            await self.opened.aclose()
            kept = self.folder / f"backup {self.count}"
            kept.mkdir()
            for file in self.folder.glob("club.sqlite3*"):
                shutil.copy(file, kept)
            await self._open()
            return kept

        kept = self.runner.run(copy())
        self.backup = (kept, self.club.now, dict(self.source.meetings), set(self.source.off))

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore(self) -> None:
        assert self.backup is not None
        kept, at, meetings, off = self.backup

        async def put_back() -> None:
            await self.opened.aclose()
            for file in kept.glob("club.sqlite3*"):
                shutil.copy(file, self.folder)
            await self._open()
            async with self.club.work.write() as unit:
                await deliveries_plan.restored(unit.conn, at, unit.now)

        self.runner.run(put_back())
        self.source.meetings, self.source.off = dict(meetings), set(off)
        self.is_settled = False

    def _replace(self, key: str) -> None:
        async def replaced() -> None:
            meeting = self.source.meetings[key]
            plans = () if key in self.source.off else plan_session(meeting, [], self.club.now)
            async with self.club.work.write() as unit:
                await deliveries_plan.replace(unit.conn, GUILD, CLUB, [key], plans, unit.now)

        self.runner.run(replaced())
        self.is_settled = False

    def _run(self, work: object) -> None:
        try:
            self.runner.run(work)  # type: ignore[arg-type]  # a coroutine of any result
        except Killed:
            self.club.process(f"process {self.count}")
            self.count += 1
            self.is_settled = False
        else:
            self.is_settled = True

    @invariant()
    def nobody_sees_anything_twice(self) -> None:
        seen = Counter(message.mark for message in self.club.discord.messages)
        assert max(seen.values(), default=1) == 1

    @invariant()
    def the_ledger_says_what_the_channel_shows(self) -> None:
        if not self.is_settled:
            return
        rows = self.runner.run(self.club.rows("state", "reason", "message_id", "next_at"))
        shown = {message.id for message in self.club.discord.messages}
        sent = {message_id for state, _, message_id, _ in rows if state is DeliveryState.SENT}
        # What was answered last by silence is not known yet; what a backup did not know, and was
        # over when it was restored, nobody looked for.
        pending = sum(state is DeliveryState.SENDING for state, *_ in rows)
        assert sent <= shown
        assert len(shown - sent) <= pending or self.backup is not None
        for state, reason, _, next_at in rows:
            assert reason in {None, Reason.LATE, Reason.COALESCED, Reason.NOT_NEEDED,
                              Reason.RESTORED, Reason.ATTEMPTS}  # fmt: skip
            assert state not in OPEN_STATES or next_at > self.club.now


DeliveryMachine.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_deliveries_hold_together = DeliveryMachine.TestCase
