"""Whatever members and organisers do in whatever order: no seat stands free while one waits."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.catalogue import read_catalogue
from bot.domain.errors import ClubError
from bot.domain.members import Absence
from bot.domain.signups import CheckInAnswer, SignupState
from bot.services import signup_steps
from bot.storage import guilds, members, signups, standings
from bot.storage.engine import open_database
from tests.founding import DATA
from tests.installations import install
from tests.services.conftest import GUILD, Group, actor
from tests.storage.builders import NOW, url_of

users = st.integers(1, 5)
papers = st.integers(0, 2)


class SignupMachine(RuleBasedStateMachine):
    """Five members and three papers of one server on a real database."""

    catalogue = read_catalogue(DATA)

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.opened = AsyncExitStack()
        self.away: set[int] = set()

    @initialize()
    def begin(self) -> None:
        self.runner.run(self._begin())

    async def _begin(self) -> None:
        path = Path(self.folder.name) / "club.sqlite3"
        install(path, NOW)
        database = await self.opened.enter_async_context(open_database(url_of(path)))
        self.papers = [p.id for theory in self.catalogue for p in theory.primary_papers][:3]
        self.group = Group(database, self.catalogue)
        async with self.group.work.write() as unit:
            for user_id in range(1, 6):
                await unit.arrive(actor(user_id))
            for paper_id in self.papers:
                await standings.set_seats(unit.conn, GUILD, paper_id, 1)

    def teardown(self) -> None:
        self.runner.run(self.opened.aclose())
        self.runner.close()
        self.folder.cleanup()

    @rule(user=users, paper=papers)
    def sign_up_or_wait(self, user: int, paper: int) -> None:
        async def press() -> None:
            try:
                await self.group.signups.sign_up(actor(user), self.papers[paper])
            except ClubError:
                await self.group.signups.wait(actor(user), self.papers[paper])

        self._try(press())

    @rule(user=users, paper=papers)
    def give_back(self, user: int, paper: int) -> None:
        self._try(self.group.signups.withdraw(actor(user), self.papers[paper]))

    @rule(user=users, number=st.integers(1, 40), takes=st.booleans())
    def answer_an_offer(self, user: int, number: int, takes: bool) -> None:
        answer = self.group.signups.take_offer if takes else self.group.signups.leave_offer
        self._try(answer(actor(user), number))

    @rule(user=users, number=st.integers(1, 40), answer=st.sampled_from(CheckInAnswer))
    def answer_how_it_goes(self, user: int, number: int, answer: CheckInAnswer) -> None:
        self._try(self.group.signups.answer(actor(user), number, answer))

    @rule(days=st.sampled_from([0.5, 2, 9, 30]))
    def let_time_pass(self, days: float) -> None:
        self.runner.run(self.group.pass_time(days=days))

    @rule(paper=papers, seats=st.integers(1, 3))
    def set_the_seats(self, paper: int, seats: int) -> None:
        async def change() -> None:
            async with self.group.work.write() as unit:
                await standings.set_seats(unit.conn, GUILD, self.papers[paper], seats)
                await signup_steps.fill_seats(unit, GUILD, self.papers[paper])

        self.runner.run(change())

    @rule(user=users)
    def go_or_come_back(self, user: int) -> None:
        async def change() -> None:
            async with self.group.work.write() as unit:
                if user in self.away:
                    await members.set_absence(unit.conn, GUILD, user, None)
                    await signup_steps.resume(unit, GUILD, user)
                else:
                    absence = Absence(unit.now, unit.now + timedelta(days=1000))
                    await members.set_absence(unit.conn, GUILD, user, absence)
                    await signup_steps.pause(unit, GUILD, user)
            self.away ^= {user}

        self.runner.run(change())

    @rule(user=users, paper=papers)
    def read_it(self, user: int, paper: int) -> None:
        async def change() -> None:
            async with self.group.work.write() as unit:
                await signup_steps.close_as_read(unit, GUILD, user, self.papers[paper])

        self.runner.run(change())

    @invariant()
    def no_seat_is_free_while_somebody_waits_and_none_is_sold_twice(self) -> None:
        if hasattr(self, "group"):
            self.runner.run(self._check())

    async def _check(self) -> None:
        async with self.group.database.read() as conn:
            rules = await guilds.guild_rules(conn, GUILD)
            every = await signups.live_signups(conn, GUILD)
            standing = await standings.standings(conn, GUILD, self.papers, rules)
        for paper_id in self.papers:
            here = [found for found in every if found.paper_id == paper_id]
            assert len({found.user_id for found in here}) == len(here)
            waiting = [
                found
                for found in here
                if found.state is SignupState.WAITING and found.user_id not in self.away
            ]
            held = [found.seat for found in here if found.seat is not None]
            assert len(set(held)) == len(held) == standing[paper_id].taken
            assert not waiting or len(held) >= standing[paper_id].seats

    def _try(self, work: object) -> None:
        with contextlib.suppress(ClubError):
            self.runner.run(work)  # type: ignore[arg-type]  # a coroutine of any result


SignupMachine.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_signups_hold_together = SignupMachine.TestCase
