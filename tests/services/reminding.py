"""A Discord in memory that remembers nonces for a while, and a source of a test's own reminders."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import (
    CHANNEL,
    Answer,
    Look,
    Meaning,
    Outgoing,
    Place,
    Planned,
    Preferences,
    ReminderKind,
    Said,
    Seen,
    posted_at,
)
from bot.services.delivery import Deliveries
from bot.services.work import Unit, Work
from bot.storage import guilds, members
from bot.storage.engine import Database, open_database
from bot.storage.tables import delivery
from tests.installations import install
from tests.storage.builders import NOW, url_of

GUILD, CLUB, ROOM = 1000, 7, 5000
ANN, BOB = 1, 2
_DISCORD_BEGAN = datetime(2015, 1, 1, tzinfo=UTC)


def snowflake(at: datetime, count: int = 0) -> int:
    """An id that Discord makes at that moment."""
    return (int((at - _DISCORD_BEGAN).total_seconds() * 1000) << 22) + count


def planned(
    kind: ReminderKind = ReminderKind.DAY_BEFORE,
    due: datetime = NOW,
    useful: timedelta = timedelta(hours=22),
    reader: int = CHANNEL,
    **others: Any,
) -> Planned:
    """A delivery to the club's room or to a member; ``useful`` is how long."""
    values = {
        "guild_id": GUILD, "club_id": CLUB, "key": "2026-01-06", "part": 0,
        "dest": reader or ROOM, **others,
    }  # fmt: skip
    return Planned(kind=kind, reader=reader, due=due, deadline=due + useful, **values)


@dataclass(frozen=True, slots=True)
class Message:
    """What Discord shows in one place."""

    id: int
    dest: int
    mark: str
    at: datetime
    kinds: tuple[ReminderKind, ...]
    mentions: tuple[int, ...]
    text: str


# What happens to one call: it may deliver, and answers.
Fault = Callable[["Discord", Outgoing], Answer]


class Discord:
    """A Sender. ``faults`` are taken one a call, in order; then everything goes well."""

    def __init__(self, clock: Callable[[], datetime], remembers: timedelta) -> None:
        self.clock = clock
        self.remembers = remembers
        self.messages: list[Message] = []
        self._newest: dict[str, Message] = {}
        self.edits: list[tuple[int, str]] = []
        self._edited: int | None = None
        self.faults: list[Fault] = []
        self.requests: Counter[str] = Counter()
        self.sent_at: list[datetime] = []
        self.order: list[ReminderKind] = []
        self.readable = True
        self.reachable = True
        self.ahead = timedelta()
        self.plain: list[bool] = []

    @property
    def now(self) -> datetime:
        return self.clock() - self.ahead

    def deliver(self, message: Outgoing) -> Answer:
        """Shows the message, unless it is one Discord remembers; an edit changes the one there is."""
        if self._edited is not None:
            self.edits.append((self._edited, str(message.told[0].said.subject)))
            return Answer(Meaning.SENT, 0, self._edited)
        dest = message.lead.dest
        # Discord remembers a nonce of an author, in whatever channel it came.
        old = self._newest.get(message.mark)
        if old is not None and self.now - old.at <= self.remembers:
            return Answer(Meaning.SENT, 0, old.id)
        made = snowflake(self.now, len(self.messages))
        kinds = tuple(told.planned.kind for told in message.told)
        text = "; ".join(str(told.said.subject) for told in message.told)
        late = any(told.late_by is not None for told in message.told)
        shown = Message(
            made, dest, message.mark, self.now, kinds, message.mentions, text + " (late)" * late
        )
        self.messages.append(shown)
        self._newest[message.mark] = shown
        return Answer(Meaning.SENT, 0, made)

    async def send(self, message: Outgoing) -> Answer:
        self.requests["send"] += 1
        self.sent_at.append(self.clock())
        self.order.append(message.lead.kind)
        self.plain.append(message.plain)
        if self.faults:
            return self.faults.pop(0)(self, message)
        return self.deliver(message)

    async def edit(self, message: Outgoing, message_id: int) -> Answer:
        self.requests["edit"] += 1
        self._edited = message_id
        try:
            return self.faults.pop(0)(self, message) if self.faults else self.deliver(message)
        finally:
            self._edited = None

    async def look(self, place: Place) -> Look:
        self.requests["look"] += 1
        if not self.reachable:
            return Look(Seen.UNCERTAIN)
        if not self.readable:
            return Look(Seen.UNREADABLE)
        for message in self.messages:
            here = (message.dest, message.mark) == (place.planned.dest, place.mark)
            if here and posted_at(message.id) >= place.since:
                return Look(Seen.FOUND, message.id)
        return Look(Seen.ABSENT)

    async def discord_time(self) -> datetime | None:
        self.requests["time"] += 1
        return self.now if self.reachable else None


def answers(meaning: Meaning, code: int = 0) -> Fault:
    """Discord refuses it, or nobody hears from it."""
    return lambda _discord, _message: Answer(meaning, code)


def lost_answer(discord: Discord, message: Outgoing) -> Answer:
    """It arrives, and the answer does not."""
    discord.deliver(message)
    return Answer(Meaning.UNCERTAIN)


class Killed(BaseException):
    """The process ends here."""


def kill_before(_discord: Discord, _message: Outgoing) -> Answer:
    raise Killed


def kill_after(discord: Discord, message: Outgoing) -> Answer:
    discord.deliver(message)
    raise Killed


@dataclass
class Listed:
    """A source that says what the test has listed."""

    plans: list[Planned] = field(default_factory=list)
    texts: dict[ReminderKind, str | None] = field(default_factory=dict)
    going: tuple[int, ...] = ()
    wanted: dict[int, Preferences] = field(default_factory=dict)
    refusals: list[tuple[int, Meaning]] = field(default_factory=list)
    arrivals: list[int] = field(default_factory=list)
    told_by_dm: list[Planned] = field(default_factory=list)
    failing: set[ReminderKind] = field(default_factory=set)

    async def meets(self, _conn: AsyncConnection) -> bool:
        return True

    async def planned(
        self, _conn: AsyncConnection, now: datetime, until: datetime
    ) -> Sequence[Planned]:
        return [p for p in self.plans if p.due <= until and p.deadline > now]

    async def says(
        self, _conn: AsyncConnection, planned: Planned, _now: datetime, *, is_out: bool
    ) -> Said | None:
        if planned.kind in self.failing:
            raise RuntimeError("a fault of this program")
        text = self.texts.get(planned.kind, f"{planned.kind} v{planned.version}")
        if text is None:
            return Said("it is off") if is_out else None
        return Said(text, self.going)

    async def preferences(
        self, _conn: AsyncConnection, _guild_id: int, user_id: int
    ) -> Preferences:
        return self.wanted.get(user_id, Preferences(takes_dms=True))

    async def told(self, _unit: Unit, planned: Sequence[Planned]) -> None:
        self.told_by_dm += planned

    async def refused(self, _unit: Unit, planned: Planned, meaning: Meaning) -> None:
        self.refusals.append((planned.dest, meaning))

    async def arrived(self, _unit: Unit, told: Sequence[Planned]) -> None:
        self.arrivals += [one.dest for one in told]


class Club:
    """Deliveries over one database file, with a clock the test moves."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOW
        self.source = Listed()
        self.discord = Discord(lambda: self.now, timedelta(minutes=3))
        self.woken: list[datetime] = []
        self.work = Work(database, lambda: self.now, self.woken.append)
        self.unauthorised = 0
        self.deliveries = self.process()

    def process(self, owner: str = "one", **options: Any) -> Deliveries:
        """A process of its own, as after a restart."""

        def unauthorised() -> None:
            self.unauthorised += 1

        self.deliveries = Deliveries(
            self.work, self.source, self.discord, owner=owner, unauthorised=unauthorised, **options
        )
        return self.deliveries

    async def pass_time(self, deliveries: Deliveries | None = None, **time: float) -> None:
        """Move the clock, stopping wherever something is due."""
        deliveries = deliveries or self.deliveries
        end = self.now + timedelta(**time)
        due = await deliveries.meet_due()
        while due is not None and due <= end:
            self.now = max(self.now, due)
            due = await deliveries.meet_due()
        self.now = end

    async def rows(self, *columns: str) -> list[Any]:
        """The ledger, in order."""
        async with self.database.read() as conn:
            chosen = [delivery.c[name] for name in columns]
            found = await conn.execute(sa.select(*chosen).order_by(delivery.c.id))
            return [row[0] if len(columns) == 1 else tuple(row) for row in found]


@asynccontextmanager
async def club_at(path: Path) -> AsyncIterator[Club]:
    """A club whose database is at ``path``, made if there is none."""
    install(path, NOW)
    async with open_database(url_of(path)) as database:
        async with database.write() as conn:
            await guilds.ensure_guild(conn, GUILD, NOW)
            for user_id, name in ((ANN, "Ann"), (BOB, "Bob")):
                await members.record_member(conn, GUILD, user_id, name, NOW)
        yield Club(database)
