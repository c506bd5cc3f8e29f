"""One use case's unit of work: its transaction, its moment, and what becomes due through it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deadlines import DeadlineKind
from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.domain.undo import UNDO_FOR
from bot.services.clock import Clock
from bot.storage import audit, deadlines, members, notices, undo
from bot.storage.engine import Database

Wake = Callable[[datetime], None]
Step = Callable[[], Awaitable[None]]


class Unit:
    """What a use case works with: ``conn`` is its transaction and ``now`` its one moment.

    What is set due or told here is stored with everything else, or not at all.
    """

    def __init__(self, conn: AsyncConnection, now: datetime) -> None:
        self.conn = conn
        self.now = now
        self.earliest: datetime | None = None
        self.steps_after: list[Step] = []

    async def set_deadline(
        self, guild_id: int, kind: DeadlineKind, subject_id: int, due_at: datetime
    ) -> None:
        """Something happens by itself at ``due_at``, in place of what was set before."""
        await deadlines.set_deadline(self.conn, guild_id, kind, subject_id, due_at)
        self.wake_at(due_at)

    def wake_at(self, due_at: datetime) -> None:
        """Something that is no deadline is due then: the alarm is woken once this is stored."""
        self.earliest = due_at if self.earliest is None else min(self.earliest, due_at)

    async def set_deadlines(
        self, guild_id: int, due: Sequence[tuple[DeadlineKind, int, datetime]]
    ) -> None:
        """As ``set_deadline`` for many at once: kind, subject and when."""
        await deadlines.set_deadlines(self.conn, guild_id, due)
        for _, _, due_at in due:
            self.earliest = due_at if self.earliest is None else min(self.earliest, due_at)

    async def clear_deadlines(self, guild_id: int, subject_id: int, *kinds: DeadlineKind) -> None:
        """It does not happen any more."""
        await deadlines.clear_deadlines(self.conn, guild_id, subject_id, kinds)

    async def tell(
        self,
        guild_id: int,
        user_id: int,
        kind: NoticeKind,
        *,
        paper_id: str | None = None,
        signup_id: int | None = None,
        other_id: int | None = None,
        detail: str | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """Let a member know privately, after the commit; of no use from ``expires_at`` on."""
        added = await notices.add_notice(
            self.conn,
            guild_id,
            user_id,
            kind,
            self.now,
            paper_id=paper_id,
            signup_id=signup_id,
            other_id=other_id,
            detail=detail,
            expires_at=expires_at,
        )
        await self.set_deadline(guild_id, DeadlineKind.NOTICE, added, self.now)

    async def withdraw_notices(self, guild_id: int, signup_id: int, *kinds: NoticeKind) -> None:
        """What was still to be said of a sign-up (of these kinds, or of any) is not said."""
        await notices.withdraw_notices(self.conn, guild_id, signup_id, *kinds)

    async def arrive(self, actor: Actor) -> None:
        """The member is here: their row is made, or their name brought up to date.

        Sign-ups of one who was taken to have left go on. Raises NotFound for somebody unknown who
        writes from a direct message.
        """
        if actor.display_name is None:
            if not await members.note_activity(self.conn, actor.guild_id, actor.user_id, self.now):
                raise NotFound
            return
        departed_at = await members.record_member(
            self.conn, actor.guild_id, actor.user_id, actor.display_name, self.now, acts=True
        )
        if departed_at is not None:
            from bot.services import member_steps  # noqa: PLC0415 - its steps are made of units

            await member_steps.returned(self, actor.guild_id, actor.user_id)

    def after_commit(self, step: Step) -> None:
        """Do this once everything is stored, outside the transaction. ``step`` must not raise."""
        self.steps_after.append(step)

    async def audit(
        self,
        actor: Actor,
        action: str,
        subject: str,
        *,
        member_id: int | None = None,
        before: str | None = None,
    ) -> int:
        """Record what an organiser did; the id of the line.

        With ``before``, which is what taking it back needs, it can be undone for a while by the
        reversal that ``Undoing`` has for the action.
        """
        guild_id = actor.guild_id
        line_id = await audit.record(
            self.conn, guild_id, actor.user_id, action, subject, self.now, member_id=member_id
        )
        if before is not None:
            await undo.forget_steps(self.conn, guild_id, self.now - timedelta(days=1))
            await undo.keep_step(self.conn, guild_id, line_id, before, self.now + UNDO_FOR)
        return line_id


class Work:
    """Begins units of work, and wakes the alarm when one has set something due."""

    def __init__(self, database: Database, clock: Clock, wake: Wake) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        return self._clock()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Unit]:
        """A transaction: committed when the block is left normally, rolled back when it raises."""
        async with self._database.write() as conn:
            unit = Unit(conn, self._clock())
            yield unit
        if unit.earliest is not None:
            self._wake(unit.earliest)
        for step in unit.steps_after:
            await step()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A unit that only reads."""
        async with self._database.read() as conn:
            yield conn
