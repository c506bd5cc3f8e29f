"""A club's coming sessions as Discord's own scheduled events, kept in step.

Discord takes no key by which a repeated request would be known again. So each event ends with a
tag, and what is to be done follows from what Discord lists: a request that failed, or whose
answer was lost, is made again only if its event is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from bot.domain.errors import ClubError
from bot.domain.wanted_events import WantedEvent, tag_in

# Discord's limit: a server's events that are to come or run (error 30038 beyond it).
MOST_EVENTS = 100
# Discord refuses an event that begins in the past; a request takes a moment.
_AHEAD = timedelta(seconds=30)
# Who starts an event by hand before its time, by so much at most, is left alone.
_EARLY = timedelta(hours=1)


class EventsFull(ClubError):
    """The server has as many scheduled events as Discord allows: ``most`` (error 30038)."""

    def __init__(self, most: int = MOST_EVENTS) -> None:
        super().__init__(most)
        self.most = most


class EventStatus(IntEnum):
    """Discord's numbers. Events that are over are not listed for long."""

    SCHEDULED = 1
    ACTIVE = 2
    COMPLETED = 3
    CANCELED = 4


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event as Discord lists it, anybody's. ``ends`` and ``place`` may be missing."""

    id: int
    name: str
    description: str
    place: str | None
    starts: datetime
    ends: datetime | None
    status: EventStatus


@dataclass(frozen=True, slots=True)
class Create:
    """Create the event."""

    event: WantedEvent


@dataclass(frozen=True, slots=True)
class Edit:
    """Make the event ``id`` as wanted; ``starts`` only when it changes (not once it runs)."""

    id: int
    event: WantedEvent
    starts: datetime | None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Set the status of the event ``id`` to cancelled."""

    id: int
    tag: str


@dataclass(frozen=True, slots=True)
class End:
    """Set the status of the event ``id`` to completed: it runs, and can only be ended."""

    id: int
    tag: str


Step = Create | Edit | Cancel | End


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The steps in the order to take them, and what has no room among MOST_EVENTS.

    ``kept`` are the ids of the events that stay, by tag: worth remembering, so that an event is
    known again after somebody edited its tag away.
    """

    steps: tuple[Step, ...]
    withheld: tuple[WantedEvent, ...] = ()
    kept: Mapping[str, int] = field(default_factory=dict)


def reconcile(
    wanted: Iterable[WantedEvent],
    listed: Iterable[ListedEvent],
    deployment: UUID,
    now: datetime,
    known: Mapping[str, int] | None = None,
) -> Reconciliation:
    """What to do so that a server has the ``wanted`` events, each once.

    ``listed`` are all events of the server; only those with a tag of this deployment are
    touched, or whose id is ``known`` for a tag. Of several with one tag the oldest stays. After
    a step that failed or was not answered, list again before anything else is done.
    """
    open_ = [one for one in listed if one.status in (EventStatus.SCHEDULED, EventStatus.ACTIVE)]
    missing = {one.tag: one for one in wanted if one.ends > now}
    stops: list[Step] = []
    edits: list[Step] = []
    kept: dict[str, int] = {}
    for tag, events in _ours(open_, deployment, known or {}).items():
        first, *others = sorted(events, key=lambda one: one.id)
        stops += [_stop(one, tag) for one in others]
        want = missing.get(tag)
        step = _stop(first, tag) if want is None else _step(want, first, now)
        if isinstance(step, Cancel | End):
            stops.append(step)
            continue
        kept[tag] = first.id
        missing.pop(tag, None)
        if step is not None:
            edits.append(step)
    late = now + _AHEAD
    create = [one for one in missing.values() if one.starts > late]
    create.sort(key=lambda one: (one.starts, one.tag))
    room = max(0, MOST_EVENTS - len(open_) + len(stops))
    creates = tuple(Create(one) for one in create[:room])
    return Reconciliation((*stops, *edits, *creates), tuple(create[room:]), kept)


def _ours(
    listed: Iterable[ListedEvent], deployment: UUID, known: Mapping[str, int]
) -> dict[str, list[ListedEvent]]:
    by_id = {event_id: tag for tag, event_id in known.items()}
    found: dict[str, list[ListedEvent]] = defaultdict(list)
    for one in listed:
        tag = tag_in(one.description, deployment)
        if tag is not None:
            found[tag].append(one)
        elif one.id in by_id:
            found[by_id[one.id]].append(one)
    return dict(sorted(found.items()))


def _stop(one: ListedEvent, tag: str) -> Cancel | End:
    return End(one.id, tag) if one.status is EventStatus.ACTIVE else Cancel(one.id, tag)


def _step(want: WantedEvent, one: ListedEvent, now: datetime) -> Edit | Cancel | End | None:
    """What turns an event into what is wanted; stopped where that is impossible."""
    starts = None if _second(one.starts) == want.starts else want.starts
    if starts is not None:
        if one.status is EventStatus.ACTIVE:
            # It began already: by hand before its time, or the session was moved away since.
            if starts - now > _EARLY:
                return End(one.id, want.tag)
            starts = None
        elif starts <= now + _AHEAD:
            return Cancel(one.id, want.tag)
    is_same = (
        starts is None
        and (one.ends is not None and _second(one.ends) == want.ends)
        and _words(one.name) == _words(want.name)
        and _words(one.place or "") == _words(want.place)
        and _words(one.description) == _words(want.description)
    )
    return None if is_same else Edit(one.id, want, starts)


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _words(text: str) -> list[str]:
    return text.split()
