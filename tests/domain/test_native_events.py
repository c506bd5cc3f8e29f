"""Scheduled events follow the sessions, each once, whatever became of earlier requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.native_events import (
    MOST_EVENTS,
    Cancel,
    Create,
    Edit,
    End,
    EventStatus,
    ListedEvent,
    Step,
    reconcile,
)
from bot.domain.wanted_events import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_PLACE,
    MIRRORED,
    WantedEvent,
    mirrored,
    tag_of,
    wanted_event,
)

OURS, THEIRS = UUID(int=1), UUID(int=2)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAYS = [date(2026, 3, 3) + timedelta(weeks=n) for n in range(6)]
TAGS = [tag_of(OURS, number) for number in range(1, 7)]


@dataclass
class Server:
    """What Discord does with scheduled events: ids grow, and what it refuses is an error."""

    events: dict[int, ListedEvent] = field(default_factory=dict)
    now: datetime = NOW

    def take(self, step: Step) -> None:
        match step:
            case Create(event=event):
                self.create(event)
            case Edit(id=event_id, event=event, starts=starts):
                old = self.events[event_id]
                assert starts is None or (starts > self.now and old.status is EventStatus.SCHEDULED)
                self.events[event_id] = replace(
                    old,
                    name=event.name, description=event.description, place=event.place,
                    starts=starts or old.starts, ends=event.ends,
                )  # fmt: skip
            case Cancel(id=event_id):
                assert self.events[event_id].status is EventStatus.SCHEDULED
                del self.events[event_id]
            case End(id=event_id):
                assert self.events[event_id].status is EventStatus.ACTIVE
                del self.events[event_id]

    def create(self, event: WantedEvent) -> int:
        assert len(self.open) < MOST_EVENTS
        assert event.starts > self.now
        assert event.ends > event.starts
        assert 0 < len(event.name) <= LONGEST_NAME
        assert 0 < len(event.place) <= LONGEST_PLACE
        assert len(event.description) <= LONGEST_DESCRIPTION
        new = max(self.events, default=1000) + 1
        self.events[new] = ListedEvent(
            new, event.name, event.description, event.place, event.starts, event.ends,
            EventStatus.SCHEDULED,
        )  # fmt: skip
        return new

    @property
    def open(self) -> list[ListedEvent]:
        return [
            e
            for e in self.events.values()
            if e.status in (EventStatus.SCHEDULED, EventStatus.ACTIVE)
        ]


def want(number: int = 0, **given: Any) -> WantedEvent:
    values: dict[str, Any] = {
        "tag": TAGS[number],
        "name": "Theories",
        "text": "Sections 1 to 3",
        "place": "Reading room",
        "starts": NOW + timedelta(days=1 + 7 * number),
        "ends": NOW + timedelta(days=1 + 7 * number) + HOUR,
    }
    return wanted_event(**{**values, **given})


def listed(event: WantedEvent, event_id: int = 1, /, **given: Any) -> ListedEvent:
    made = ListedEvent(
        event_id, event.name, event.description, event.place, event.starts, event.ends,
        EventStatus.SCHEDULED,
    )  # fmt: skip
    return replace(made, **given)


def steps(
    wanted: Iterable[WantedEvent], events: Iterable[ListedEvent], **given: Any
) -> tuple[Step, ...]:
    return reconcile(wanted, events, OURS, NOW, **given).steps


@st.composite
def wanted_events(draw: st.DrawFn) -> list[WantedEvent]:
    places = draw(st.lists(st.integers(0, 5), max_size=4, unique=True))
    shift = st.integers(-3, 60).map(lambda minutes: timedelta(minutes=minutes * 20))
    made = []
    for place in places:
        starts = NOW + draw(shift)
        made.append(
            want(
                place,
                name=draw(st.sampled_from(["Theories", "Theories  of   ML", " x "])),
                text=draw(st.sampled_from(["", "One", "One\n\n two ", "é" * 2000])),
                starts=starts,
                ends=starts + draw(st.sampled_from([HOUR, HOUR / 2])),
            )
        )
    return made


@st.composite
def server_events(draw: st.DrawFn) -> dict[int, ListedEvent]:
    """Ours of any age and state, doubled ones, other installations', and people's own."""
    made = {}
    for event_id in range(draw(st.integers(0, 12))):
        tag = draw(
            st.sampled_from(["", *TAGS, tag_of(THEIRS, 1), f"{TAGS[0]} edited", f"x{TAGS[1]}"])
        )
        starts = NOW + timedelta(minutes=20 * draw(st.integers(-3, 60)))
        status = draw(
            st.sampled_from([EventStatus.SCHEDULED, EventStatus.ACTIVE, EventStatus.CANCELED])
        )
        made[event_id] = ListedEvent(
            event_id,
            draw(st.sampled_from(["Theories", "Party"])),
            draw(st.sampled_from(["", "One\n\n", "text "])) + tag,
            draw(st.sampled_from(["Reading room", None])),
            starts,
            draw(st.sampled_from([starts + HOUR, None])),
            status,
        )
    return made


def is_ours(event: ListedEvent) -> bool:
    return event.description.split()[-1:] != [] and event.description.split()[-1] in TAGS


@given(wanted_events(), server_events())
def test_after_the_steps_a_server_has_what_is_wanted_and_a_second_look_finds_nothing_to_do(
    wanted: list[WantedEvent], events: dict[int, ListedEvent]
) -> None:
    server = Server(dict(events))
    for step in reconcile(wanted, server.events.values(), OURS, NOW).steps:
        server.take(step)
    assert reconcile(wanted, server.events.values(), OURS, NOW).steps == ()
    ours = [one for one in server.open if is_ours(one)]
    assert len({one.description.split()[-1] for one in ours}) == len(ours)
    by_tag = {one.tag: one for one in wanted}
    for one in ours:
        meant = by_tag[one.description.split()[-1]]
        assert one.name.split() == meant.name.split()
        assert one.description.split() == meant.description.split()
        assert (one.place, one.ends) == (meant.place, meant.ends)
        if one.status is EventStatus.SCHEDULED:
            assert one.starts == meant.starts
    found = {one.description.split()[-1] for one in ours}
    assert found >= {one.tag for one in wanted if one.starts > NOW + timedelta(minutes=1)}


@given(wanted_events(), server_events())
def test_nothing_without_our_tag_is_ever_touched(
    wanted: list[WantedEvent], events: dict[int, ListedEvent]
) -> None:
    for step in reconcile(wanted, events.values(), OURS, NOW).steps:
        if not isinstance(step, Create):
            assert is_ours(events[step.id])


@given(wanted_events(), st.lists(st.sampled_from(["done", "lost", "failed"]), max_size=20))
def test_a_request_that_failed_or_whose_answer_was_lost_makes_no_second_event(
    wanted: list[WantedEvent], answers: list[str]
) -> None:
    server = Server()
    for answer in [*answers, *["done"] * 4]:
        # One step, then a new look: what an unanswered request did is seen there alone.
        for step in reconcile(wanted, server.events.values(), OURS, NOW).steps[:1]:
            if answer != "failed":
                server.take(step)
    tags = [event.description.split()[-1] for event in server.events.values()]
    assert sorted(tags) == sorted({one.tag for one in wanted if one.starts > NOW})


def test_what_is_in_step_is_left_alone() -> None:
    assert steps([want()], [listed(want())]) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Renamed"}, {"description": f"Other\n\n{TAGS[0]}"}, {"place": "Elsewhere"},
        {"place": None}, {"ends": NOW + timedelta(days=2)}, {"ends": None},
    ],
)  # fmt: skip
def test_whatever_differs_is_edited_and_the_start_left_out(changed: dict[str, Any]) -> None:
    assert steps([want()], [listed(want(), **changed)]) == (Edit(1, want(), None),)


def test_a_moved_session_moves_its_event() -> None:
    later = want(starts=NOW + timedelta(days=3), ends=NOW + timedelta(days=3) + HOUR)
    assert steps([later], [listed(want())]) == (Edit(1, later, later.starts),)


def test_white_space_that_discord_takes_away_is_no_change() -> None:
    event = want(text="One \n\n\n two", name="Theories  of ML")
    back = listed(event, description=event.description.replace("One \n\n\n two", "One\n\ntwo"))
    assert steps([event], [back]) == ()


def test_what_is_no_longer_wanted_is_cancelled_or_ended() -> None:
    running = listed(want(1), 2, status=EventStatus.ACTIVE)
    found = steps([], [listed(want()), running])
    assert set(found) == {Cancel(1, TAGS[0]), End(2, TAGS[1])}


def test_of_a_doubled_event_the_oldest_stays() -> None:
    found = steps([want()], [listed(want(), 12), listed(want(), 5), listed(want(), 30)])
    assert set(found) == {Cancel(12, TAGS[0]), Cancel(30, TAGS[0])}


def test_a_session_that_began_unmirrored_is_not_created() -> None:
    begun = want(starts=NOW - HOUR / 2, ends=NOW + HOUR / 2)
    assert steps([begun], []) == ()
    assert steps([begun], [listed(begun, status=EventStatus.ACTIVE)]) == ()


def test_the_event_of_a_session_that_is_over_is_ended() -> None:
    over = want(starts=NOW - HOUR, ends=NOW)
    assert steps([over], [listed(over, status=EventStatus.ACTIVE)]) == (End(1, TAGS[0]),)


def test_an_event_that_someone_started_early_is_left_running() -> None:
    soon = want(starts=NOW + HOUR / 2, ends=NOW + 2 * HOUR)
    early = listed(soon, status=EventStatus.ACTIVE, starts=NOW - timedelta(minutes=1))
    assert steps([soon], [early]) == ()


def test_a_session_moved_away_after_its_event_began_gets_a_new_event() -> None:
    far = want(starts=NOW + timedelta(days=1), ends=NOW + timedelta(days=1) + HOUR)
    begun = listed(far, status=EventStatus.ACTIVE, starts=NOW - timedelta(minutes=5))
    assert steps([far], [begun]) == (End(1, TAGS[0]), Create(far))


def test_an_event_whose_session_began_elsewhen_is_cancelled() -> None:
    begun = want(starts=NOW - HOUR / 2, ends=NOW + HOUR / 2)
    assert steps([begun], [listed(begun, starts=NOW + HOUR)]) == (Cancel(1, TAGS[0]),)


def test_an_event_whose_tag_was_edited_away_is_known_by_its_id() -> None:
    edited = listed(want(), 44, description="Now with cake")
    assert steps([want()], [edited]) == (Create(want()),)
    assert steps([want()], [edited], known={TAGS[0]: 44}) == (Edit(44, want(), None),)


def test_the_ids_of_the_events_that_stay_are_handed_back() -> None:
    found = reconcile([want(), want(1)], [listed(want(), 9)], OURS, NOW)
    assert found.kept == {TAGS[0]: 9}


@pytest.mark.parametrize(("others", "created"), [(97, 3), (98, 2), (100, 0)])
def test_a_full_server_gets_the_earliest_and_the_rest_is_said(others: int, created: int) -> None:
    wanted = [want(place) for place in (2, 0, 1)]
    people = [listed(want(), 100 + n, description="Party") for n in range(others)]
    found = reconcile(wanted, people, OURS, NOW)
    ordered = [want(0), want(1), want(2)]
    assert found.steps == tuple(Create(one) for one in ordered[:created])
    assert found.withheld == tuple(ordered[created:])


def test_a_cancelled_event_makes_room() -> None:
    people = [listed(want(), 100 + n, description="Party") for n in range(99)]
    found = reconcile([want()], [*people, listed(want(1), 1)], OURS, NOW)
    assert found.steps == (Cancel(1, TAGS[1]), Create(want()))


def test_events_that_are_over_are_not_counted_or_touched() -> None:
    over = [listed(want(), n, status=EventStatus.COMPLETED) for n in range(MOST_EVENTS)]
    assert steps([want()], over) == (Create(want()),)


def test_a_tag_tells_installations_and_sessions_apart() -> None:
    tags = {tag_of(deployment, number) for deployment in (OURS, THEIRS) for number in range(12)}
    assert len(tags) == 24
    # Events of last week's version must be known again.
    assert TAGS[0] == "tc-pla3rvyb-4vthoby4qx7gu"


@given(st.text(max_size=3000), st.text(max_size=3000), st.text(max_size=3000))
def test_any_text_fits_and_the_tag_stays_at_the_end(name: str, text: str, place: str) -> None:
    event = want(name=name, text=text, place=place)

    def units(given: str) -> int:
        return len(given.encode("utf-16-le", "surrogatepass")) // 2

    assert units(event.name) <= LONGEST_NAME
    assert units(event.place) <= LONGEST_PLACE
    assert units(event.description) <= LONGEST_DESCRIPTION
    assert event.description.endswith(TAGS[0])
    assert event.description == event.description.strip()
    assert steps([event], [listed(event)]) == ()


def test_the_running_session_and_the_next_are_mirrored_four_in_all() -> None:
    def on_day(day: int) -> WantedEvent:
        starts = NOW + timedelta(days=day) - HOUR / 2
        return want(starts=starts, ends=starts + HOUR)

    found = mirrored([on_day(day) for day in (9, -1, 0, 3, 1, 8)], NOW)
    assert found == tuple(on_day(day) for day in (0, 1, 3, 8))
    assert len(found) == MIRRORED


def test_a_session_is_no_longer_mirrored_from_its_end_on() -> None:
    over = want(starts=NOW - HOUR, ends=NOW)
    assert mirrored([over], NOW) == ()
    assert mirrored([over], NOW - timedelta(seconds=1)) == (over,)
