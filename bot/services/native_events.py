"""The sessions of a server's clubs as scheduled events of Discord, kept in step.

A round compares what is wanted with what Discord lists and takes a few steps. It is due after a
change, after somebody changed an event by hand, when a session is over, every hour, and at the
start. Nothing is lost with a round: the next one finds out by itself what is left to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club
from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.event_answers import EventTrouble, Listing, Outcome
from bot.domain.native_events import Cancel, Create, End, Reconciliation, Step, reconcile
from bot.domain.notices import NoticeKind
from bot.domain.wanted_events import MIRRORED, WantedEvent, tag_of
from bot.services import clubs_steps
from bot.services.card_steps import cards_changed
from bot.services.scheduled_events import ScheduledEvents
from bot.services.work import Unit, Work
from bot.storage import clubs, deployment, guilds, members, sessions_events

EVERY = timedelta(hours=1)
# Who changes an event by hand has so long until it is put right.
BY_HAND = timedelta(minutes=1)
# A request of which nobody knows whether it was done may still be done for a while.
_LOOK_AGAIN = timedelta(seconds=15)
# So many steps in a round; whatever else is due has its turn before the next.
_AT_A_TIME = 5
_SOON = timedelta(seconds=1)
# At a start the servers come one after the other.
_APART = timedelta(milliseconds=200)
# What is refused for good holds up nothing else; so often in a round it is tried without it.
_LISTINGS = 5
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a server shall have: its events, whose sessions they are, and what is known of them."""

    deployment: UUID
    clubs: tuple[Club, ...]
    events: tuple[WantedEvent, ...]
    sessions: Mapping[str, ClubSession]

    @property
    def organisers(self) -> tuple[int, ...]:
        """Who made the clubs, each once."""
        return tuple(sorted({club.created_by for club in self.clubs if club.created_by}))

    def over_next(self, now: datetime, every: timedelta) -> datetime | None:
        """When to look again if all is well: as a session is over, or after ``every``."""
        if not self.clubs:
            return None
        return min([now + every, *(one.ends for one in self.events if one.ends > now)])


class NativeEvents:
    """One round a server at a time, each a deadline of kind NATIVE_EVENTS; ``every`` so often."""

    def __init__(self, work: Work, events: ScheduledEvents, every: timedelta = EVERY) -> None:
        self._work = work
        self._events = events
        self._every = every
        # How often in a row Discord did not answer, and which events are ours, by server.
        self._unanswered: Counter[int] = Counter()
        self._not_before: dict[int, datetime] = {}
        self._ours: dict[int, frozenset[int]] = {}

    async def trouble(self, guild_id: int) -> EventTrouble | None:
        """What keeps the server's sessions from being scheduled events; None: nothing does."""
        async with self._work.read() as conn:
            return await sessions_events.events_trouble(conn, guild_id)

    async def look_at_all(self) -> None:
        """Every server is looked at soon: at a start, or when the connection was lost."""
        async with self._work.write() as unit:
            guild_ids = await sessions_events.guilds_with_events(unit.conn)
            for place, guild_id in enumerate(guild_ids):
                await self._set(unit, guild_id, unit.now + place * _APART)

    async def look_at(self, guild_id: int) -> None:
        """The server is looked at soon: it invited the bot again, or lets it do more or less."""
        async with self._work.write() as unit:
            if await sessions_events.guilds_with_events(unit.conn, guild_id):
                await self._set(unit, guild_id, unit.now)

    async def changed_by_hand(self, guild_id: int, event_id: int) -> None:
        """Discord says that an event was changed or deleted, by whomever: ours is put right.

        Not at once, so that nobody has to fight about it.
        """
        if event_id in self._ours.get(guild_id, frozenset()):
            async with self._work.write() as unit:
                await self._set(unit, guild_id, unit.now + BY_HAND)

    async def refresh(self, deadline: Deadline) -> datetime | None:
        """Meets a deadline of kind NATIVE_EVENTS; when to look again, or None."""
        guild_id = deadline.guild_id
        if (until := self._not_before.pop(guild_id, self._work.now())) > self._work.now():
            # What was sent may still be done: whatever has changed meanwhile, not before.
            self._not_before[guild_id] = until
            return until
        wish = await self._wish(guild_id)
        if wish is None:
            return None
        refused: list[Step] = []
        for _ in range(_LISTINGS):
            listing = await self._events.listed(guild_id)
            if listing is None:
                return self._later(guild_id)
            if not listing.may_change:
                return await self._settled(guild_id, wish, EventTrouble.FORBIDDEN)
            found = await self._compared(guild_id, wish, listing)
            steps = [step for step in found.steps if step not in refused]
            outcome, last = await self._take(guild_id, wish, found, steps[:_AT_A_TIME])
            match outcome:
                case Outcome.DONE if len(steps) > _AT_A_TIME:
                    return self._work.now() + _SOON
                case Outcome.DONE:
                    full = EventTrouble.FULL if found.withheld else None
                    return await self._settled(guild_id, wish, full)
                case Outcome.FULL | Outcome.FORBIDDEN:
                    return await self._settled(guild_id, wish, _TROUBLES[outcome])
                case Outcome.REFUSED if last is not None:
                    refused.append(last)
                case _:
                    return self._later(guild_id)
        return self._work.now() + self._every

    async def _wish(self, guild_id: int) -> _Wish | None:
        """What the server shall have now; None when the bot is not there any more.

        Every session that is to be an event has a row afterwards: its key makes the tag.
        """
        async with self._work.write() as unit:
            if not await guilds.is_present(unit.conn, guild_id):
                return None
            here = UUID(await deployment.installation(unit.conn))
            live = await clubs.live_clubs(unit.conn, guild_id)
            sessions: dict[str, ClubSession] = {}
            for club in live:
                since = unit.now - club.length + _MOMENT
                coming = club.held.taking_place(since, MIRRORED)
                ids = [await clubs_steps.session_row(unit, club, one) for one in coming]
                views = await clubs_steps.view(unit.conn, club, coming)
                sessions |= {tag_of(here, row): one for row, one in zip(ids, views, strict=True)}
            presenting = {one.session.presenter_id for one in sessions.values()} - {None}
            names = await members.display_names(unit.conn, guild_id, [p for p in presenting if p])
        events = [
            await self._events.shaped(tag, one, names.get(one.session.presenter_id or 0))
            for tag, one in sessions.items()
        ]
        return _Wish(here, live, tuple(events), sessions)

    async def _compared(self, guild_id: int, wish: _Wish, listing: Listing) -> Reconciliation:
        """What is left to do; what stands and what is gone is known afterwards."""
        listed = {event.id for event in listing.events}
        async with self._work.write() as unit:
            known = await sessions_events.known_events(unit.conn, guild_id)
            found = reconcile(wish.events, listing.events, wish.deployment, unit.now, known)
            for tag, event_id in known.items():
                if event_id not in listed and tag not in found.kept:
                    await sessions_events.forget_event(unit.conn, guild_id, tag)
            for tag, event_id in found.kept.items():
                if known.get(tag) != event_id:
                    await _record(unit, guild_id, wish, tag, event_id)
            counted = await sessions_events.interest(unit.conn, guild_id)
            for tag, event_id in found.kept.items():
                count = listing.interested.get(event_id)
                if count is not None and counted.get(tag) != count:
                    await sessions_events.set_interest(unit.conn, guild_id, tag, count)
                    await cards_changed(unit, guild_id)
            await sessions_events.forget_gone(unit.conn, guild_id)
        self._ours[guild_id] = frozenset(found.kept.values())
        return found

    async def _take(
        self, guild_id: int, wish: _Wish, found: Reconciliation, steps: list[Step]
    ) -> tuple[Outcome, Step | None]:
        """Takes the steps up to the first that is not done; what became of the last."""
        for step in steps:
            answer = await self._events.take(guild_id, step)
            if answer.outcome is not Outcome.DONE:
                return answer.outcome, step
            async with self._work.write() as unit:
                if isinstance(step, Create) and answer.event_id is not None:
                    await _record(unit, guild_id, wish, step.event.tag, answer.event_id)
                    self._ours[guild_id] |= {answer.event_id}
                elif isinstance(step, Cancel | End) and step.tag not in found.kept:
                    await sessions_events.forget_event(unit.conn, guild_id, step.tag)
                    await sessions_events.forget_gone(unit.conn, guild_id)
        return Outcome.DONE, None

    async def _settled(
        self, guild_id: int, wish: _Wish, trouble: EventTrouble | None
    ) -> datetime | None:
        """The round is over; who made the clubs is told once what is in the way."""
        self._unanswered.pop(guild_id, None)
        async with self._work.write() as unit:
            is_news = await sessions_events.set_events_trouble(unit.conn, guild_id, trouble)
            if is_news and trouble is not None:
                for user_id in wish.organisers:
                    await unit.tell(
                        guild_id, user_id, NoticeKind.EVENTS_TROUBLE, detail=trouble.value
                    )
        return wish.over_next(self._work.now(), self._every)

    def _later(self, guild_id: int) -> datetime:
        """Discord did not say: again soon, and ever later while it goes on so."""
        wait: timedelta = _LOOK_AGAIN * 2 ** min(self._unanswered[guild_id], 8)
        self._unanswered[guild_id] += 1
        self._not_before[guild_id] = until = self._work.now() + min(wait, EVERY)
        return until

    async def _set(self, unit: Unit, guild_id: int, at: datetime) -> None:
        await unit.set_deadline(guild_id, DeadlineKind.NATIVE_EVENTS, guild_id, at)


_TROUBLES = {Outcome.FULL: EventTrouble.FULL, Outcome.FORBIDDEN: EventTrouble.FORBIDDEN}


async def _record(unit: Unit, guild_id: int, wish: _Wish, tag: str, event_id: int) -> None:
    facts = wish.sessions[tag].facts
    assert facts is not None  # it was given a row
    await sessions_events.record_event(unit.conn, guild_id, facts.id, tag, event_id)
