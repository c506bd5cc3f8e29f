"""Scheduled events in memory: what Discord does with them, and what it may answer instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.club_sessions import ClubSession
from bot.domain.deadlines import DeadlineKind
from bot.domain.event_answers import Answer, Listing, Outcome
from bot.domain.native_events import (
    MOST_EVENTS,
    Cancel,
    Create,
    Edit,
    End,
    EventStatus,
    ListedEvent,
    Step,
)
from bot.domain.wanted_events import WantedEvent, wanted_event
from bot.services.deadlines import Deadlines
from bot.services.native_events import NativeEvents
from tests.services.clubs import ClubGroup

_OPEN = (EventStatus.SCHEDULED, EventStatus.ACTIVE)


class EventsInMemory:
    """The events of one server. ``answers`` are given in turn instead of what is true.

    A step that is answered UNKNOWN is taken none the less when ``delivers`` says so.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.events: dict[int, ListedEvent] = {}
        self.interested: dict[int, int] = {}
        self.steps: list[Step] = []
        self.listings = 0
        self.answers: list[Outcome] = []
        self.silent = False
        self.delivers = True
        self.may_change = True
        self._now = now

    @property
    def open(self) -> list[ListedEvent]:
        """What is to come or goes on, by its beginning."""
        self._pass_on()
        found = (one for one in self.events.values() if one.status in _OPEN)
        return sorted(found, key=lambda one: (one.starts, one.id))

    @property
    def starts(self) -> list[datetime]:
        return [one.starts for one in self.open]

    def taken(self, kind: type[Step]) -> int:
        return sum(isinstance(step, kind) for step in self.steps)

    def add(self, event: WantedEvent) -> int:
        new = max(self.events, default=900) + 1
        self.events[new] = ListedEvent(
            new, event.name, event.description, event.place, event.starts, event.ends,
            EventStatus.SCHEDULED,
        )  # fmt: skip
        return new

    async def shaped(self, tag: str, session: ClubSession, presenter: str | None) -> WantedEvent:
        held = session.session
        papers = " ".join(one.paper_id for one in held.readings)
        text = f"{papers} with {presenter}"
        return wanted_event(
            tag, session.club.name, text, held.place or "#here", held.starts, held.ends
        )

    async def listed(self, guild_id: int) -> Listing | None:
        self.listings += 1
        if self.silent:
            return None
        return Listing(tuple(self.open), self.may_change, dict(self.interested))

    async def take(self, guild_id: int, step: Step) -> Answer:
        self.steps.append(step)
        outcome = self.answers.pop(0) if self.answers else Outcome.DONE
        if outcome is Outcome.DONE or (outcome is Outcome.UNKNOWN and self.delivers):
            done = self._done(step)
            return done if outcome is Outcome.DONE else Answer(outcome)
        return Answer(outcome)

    def _done(self, step: Step) -> Answer:
        match step:
            case Create(event=event):
                if len(self.open) >= MOST_EVENTS:
                    return Answer(Outcome.FULL)
                assert event.starts > self._now()
                return Answer(Outcome.DONE, self.add(event))
            case Edit(id=event_id, event=event, starts=starts):
                old = self.events[event_id]
                assert starts is None or old.status is EventStatus.SCHEDULED
                self.events[event_id] = replace(
                    old, name=event.name, description=event.description, place=event.place,
                    starts=starts or old.starts, ends=event.ends,
                )  # fmt: skip
            case Cancel(id=event_id):
                self._close(event_id, EventStatus.SCHEDULED, EventStatus.CANCELED)
            case End(id=event_id):
                self._close(event_id, EventStatus.ACTIVE, EventStatus.COMPLETED)
        return Answer(Outcome.DONE)

    def _close(self, event_id: int, before: EventStatus, after: EventStatus) -> None:
        assert self.events[event_id].status is before
        self.events[event_id] = replace(self.events[event_id], status=after)

    def _pass_on(self) -> None:
        """Discord begins and ends events by itself."""
        for one in list(self.events.values()):
            if one.status is EventStatus.SCHEDULED and one.starts <= self._now():
                self.events[one.id] = replace(one, status=EventStatus.ACTIVE)
            if one.status in _OPEN and one.ends and one.ends <= self._now():
                self.events[one.id] = replace(one, status=EventStatus.COMPLETED)


class Mirrored:
    """The clubs of a server with their events, and a clock that stops at every round."""

    def __init__(self, clubs: ClubGroup) -> None:
        self.clubs = clubs
        self.discord = EventsInMemory(lambda: clubs.now)
        self.native = NativeEvents(clubs.work, self.discord)
        self.deadlines = Deadlines(
            clubs.work, {}, {DeadlineKind.NATIVE_EVENTS: self.native.refresh}
        )

    def restart(self) -> None:
        """What was only remembered is forgotten."""
        self.native = NativeEvents(self.clubs.work, self.discord)
        self.deadlines = Deadlines(
            self.clubs.work, {}, {DeadlineKind.NATIVE_EVENTS: self.native.refresh}
        )

    async def after(self, **time: float) -> None:
        end = self.clubs.now + timedelta(**time)
        while (due := await self.deadlines.next_due()) is not None and due <= end:
            self.clubs.now = max(self.clubs.now, due)
            await self.deadlines.meet_due()
        self.clubs.now = end
