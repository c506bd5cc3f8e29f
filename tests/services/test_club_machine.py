"""Whatever organisers and members do in whatever order: one session a key, no answer lost."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections import defaultdict
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.catalogue import read_catalogue
from bot.domain.catalogue import Catalogue
from bot.domain.clubs import ClubEdit
from bot.domain.errors import ClubError
from bot.domain.schedule import Recurrence
from bot.domain.sessions import Answer
from bot.storage import tables
from tests.founding import DATA
from tests.services.clubs import START, clubs_at, organiser
from tests.services.conftest import GUILD, actor

ZONES = ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kolkata"]
users = st.integers(2, 4)
which = st.integers(0, 6)
recurrences = st.builds(
    lambda weekdays, hour, every, ordinals: Recurrence(
        tuple(sorted(weekdays)), time(hour), 1 if ordinals else every, ordinals
    ),
    st.sets(st.integers(0, 6), min_size=1, max_size=3),
    st.sampled_from([0, 2, 18, 23]),
    st.integers(1, 2),
    st.sampled_from([(), (), (1, 3), (-1,)]),
)


@cache
def catalogue() -> Catalogue:
    return read_catalogue(DATA)


class ClubMachine(RuleBasedStateMachine):
    """One club of one server on a real database, and what its members ever answered."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.opened = AsyncExitStack()
        # By the id of the session's row, for good.
        self.answers: dict[int, dict[int, Answer]] = defaultdict(dict)
        self.history: dict[date, datetime] = {}

    @initialize(recurrence=recurrences, zone=st.sampled_from(ZONES))
    def begin(self, recurrence: Recurrence, zone: str) -> None:
        self.runner.run(self._begin(recurrence, zone))

    async def _begin(self, recurrence: Recurrence, zone: str) -> None:
        path = Path(self.folder.name) / "club.sqlite3"
        self.group = await self.opened.enter_async_context(clubs_at(path, catalogue()))
        self.club_id = (await self.group.club(recurrence=recurrence, zone=zone)).id

    def teardown(self) -> None:
        self.runner.run(self.opened.aclose())
        self.runner.close()
        self.folder.cleanup()

    @rule(recurrence=recurrences, zone=st.sampled_from([None, *ZONES]), following=st.none() | which)
    def change_the_rule(
        self, recurrence: Recurrence, zone: str | None, following: int | None
    ) -> None:
        async def change() -> None:
            day = None if following is None else await self._day(following)
            edit = ClubEdit(recurrence=recurrence, zone=zone)
            await self.group.organising.edit(organiser(), self.club_id, edit, day)

        self._try(change())

    @rule(weeks=st.integers(2, 12))
    def let_it_end_one_day(self, weeks: int) -> None:
        edit = ClubEdit(until=self.group.now.date() + timedelta(weeks=weeks))
        self._try(self.group.organising.edit(organiser(), self.club_id, edit))

    @rule(number=which, back=st.booleans())
    def skip_or_bring_back(self, number: int, back: bool) -> None:
        async def change() -> None:
            use = self.group.session_organising
            day = await self._day(number)
            await (use.unskip if back else use.skip)(organiser(), self.club_id, day)

        self._try(change())

    @rule(number=which, hours=st.integers(-24 * 9, 24 * 9))
    def move(self, number: int, hours: int) -> None:
        async def change() -> None:
            day = await self._day(number)
            to = datetime.combine(day, time()) + timedelta(hours=hours)
            await self.group.session_organising.move(organiser(), self.club_id, day, to)

        self._try(change())

    @rule(days=st.sampled_from([None, 1, 15]))
    def pause(self, days: int | None) -> None:
        until = None if days is None else self.group.now + timedelta(days=days)
        self._try(self.group.organising.pause(organiser(), self.club_id, until))

    @rule()
    def resume(self) -> None:
        self._try(self.group.organising.resume(organiser(), self.club_id))

    @rule(user=users, number=which, answer=st.sampled_from(Answer))
    def answer(self, user: int, number: int, answer: Answer) -> None:
        async def change() -> None:
            day = await self._day(number)
            session = await self.group.sessions.answer(actor(user), self.club_id, day, answer)
            assert session.facts is not None
            self.answers[session.facts.id][user] = answer

        self._try(change())

    @rule(hours=st.sampled_from([1, 20, 24 * 8]))
    def let_time_pass(self, hours: int) -> None:
        self.group.now += timedelta(hours=hours)

    @invariant()
    def everything_holds_together(self) -> None:
        if hasattr(self, "club_id"):
            self.runner.run(self._check())

    async def _check(self) -> None:
        club = await self.group.clubs.club(GUILD, self.club_id)
        rows = await self.group.rows(tables.session)
        kept = {row["original"]: row for row in rows if row["original"] is not None}
        assert len(kept) == len([row for row in rows if row["status"].value != "gone"])
        for day, row in kept.items():
            assert club.session_on(day).starts == row["starts_at"]

        found = club.sessions(START - timedelta(days=1), self.group.now + timedelta(days=120))
        assert len({session.original for session in found}) == len(found)
        held = [session.starts for session in found if not session.is_skipped]
        assert all(later - earlier >= club.length for earlier, later in pairwise(held))

        been = {s.original: s.starts for s in found if s.starts <= self.group.now}
        assert self.history.items() <= been.items()
        self.history = been

        answered: dict[int, dict[int, Answer]] = defaultdict(dict)
        for row in await self.group.rows(tables.session_answer):
            answered[row["session_id"]][row["user_id"]] = row["answer"]
        assert answered == self.answers

    async def _day(self, number: int) -> date:
        """The original day of a session to come, a skipped one or not."""
        club = await self.group.clubs.club(GUILD, self.club_id)
        coming = club.timetable.sessions(self.group.now, limit=number + 1)
        return coming[-1].original if coming else date(2026, 12, 1)

    def _try(self, work: Awaitable[object]) -> None:
        with contextlib.suppress(ClubError):
            self.runner.run(work)  # type: ignore[arg-type]  # a coroutine of any result


ClubMachine.TestCase.settings = settings(
    max_examples=6,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_clubs_hold_together = ClubMachine.TestCase
