"""Single sessions are skipped, brought back and moved; pauses stop a club for a while."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import ClubError
from bot.domain.schedule import FARTHEST_MOVE, Pause, Timetable
from bot.domain.schedule.errors import (
    MovesIntoPast,
    MovesTooFar,
    SessionOver,
    SessionsCollide,
    SessionUnknown,
    TimeUnclear,
)
from bot.zone_database import pin_zones
from tests.domain.schedule.builders import THU, TUE, series, utc, wall

pin_zones()

NOW = utc(2026, 12, 2, 12)  # a Wednesday
LAST, NEXT, AFTER = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)
TABLE = Timetable((series(TUE),))


def originals(table: Timetable) -> list[int]:
    return [s.original.day for s in table.sessions(NOW, limit=3)]


def test_the_next_session_is_the_first_that_takes_place() -> None:
    session = TABLE.skip(NEXT, NOW).next_session(NOW)
    assert session is not None
    assert session.original == AFTER


def test_a_session_that_starts_now_is_still_the_next_one() -> None:
    session = TABLE.next_session(utc(2026, 12, 8, 17))
    assert session is not None
    assert session.original == NEXT


def test_a_skipped_session_can_be_brought_back() -> None:
    skipped = TABLE.skip(NEXT, NOW)
    assert skipped.session_on(NEXT).is_skipped
    assert not skipped.takes_place(skipped.session_on(NEXT))
    assert skipped.unskip(NEXT, NOW) == TABLE


def test_skipping_twice_is_as_skipping_once() -> None:
    assert TABLE.skip(NEXT, NOW).skip(NEXT, NOW) == TABLE.skip(NEXT, NOW)


def test_bringing_back_what_was_not_skipped_changes_nothing() -> None:
    moved = TABLE.move(NEXT, wall(2026, 12, 9, 18), NOW)
    assert moved.unskip(NEXT, NOW) == moved


def test_a_session_moved_back_to_its_own_time_is_not_moved_any_more() -> None:
    moved = TABLE.move(NEXT, wall(2026, 12, 9, 20), NOW)
    assert moved.session_on(NEXT).is_moved
    assert moved.move(NEXT, wall(2026, 12, 8, 18), NOW) == TABLE


def test_a_skipped_session_that_is_moved_takes_place() -> None:
    moved = TABLE.skip(NEXT, NOW).move(NEXT, wall(2026, 12, 9, 18), NOW)
    assert moved.takes_place(moved.session_on(NEXT))


def test_a_moved_session_that_is_skipped_and_brought_back_is_where_the_rule_has_it() -> None:
    moved = TABLE.move(NEXT, wall(2026, 12, 9, 18), NOW)
    assert moved.skip(NEXT, NOW).unskip(NEXT, NOW) == TABLE


def skip(table: Timetable, day: date, now: datetime) -> Timetable:
    return table.skip(day, now)


def unskip(table: Timetable, day: date, now: datetime) -> Timetable:
    return table.unskip(day, now)


def move(table: Timetable, day: date, now: datetime) -> Timetable:
    return table.move(day, wall(2026, 12, 20, 18), now)


@pytest.mark.parametrize("change", [skip, unskip, move])
@pytest.mark.parametrize(
    ("day", "error"),
    [
        (LAST, SessionOver), (date(2026, 12, 9), SessionUnknown), (date(2025, 12, 2), SessionUnknown),
        (date(9999, 12, 31), SessionUnknown), (date(1, 1, 1), SessionUnknown),
    ],
)  # fmt: skip
def test_only_a_session_that_is_still_to_come_can_be_changed(
    change: Callable[[Timetable, date, datetime], Timetable], day: date, error: type[ClubError]
) -> None:
    with pytest.raises(error):
        change(TABLE, day, NOW)


def test_a_session_that_has_just_begun_is_over_for_changes() -> None:
    begins = utc(2026, 12, 8, 17)
    assert TABLE.skip(NEXT, begins - timedelta(minutes=1)) != TABLE
    with pytest.raises(SessionOver):
        TABLE.skip(NEXT, begins)


@pytest.mark.parametrize(
    ("to", "error"),
    [
        (wall(2026, 12, 2, 13), MovesIntoPast), (wall(2026, 12, 1, 20), MovesIntoPast),
        (wall(2026, 9, 15, 20), MovesIntoPast), (wall(9999, 12, 31, 23, 59), MovesTooFar),
        (wall(1, 1, 1), MovesTooFar),
        (datetime.combine(NEXT + timedelta(FARTHEST_MOVE + 1), datetime.min.time()), MovesTooFar),
    ],
)  # fmt: skip
def test_a_session_is_not_moved_into_the_past_nor_far_away(
    to: datetime, error: type[ClubError]
) -> None:
    with pytest.raises(error):
        TABLE.move(NEXT, to, NOW)


@pytest.mark.parametrize(
    "to",
    [
        wall(2026, 12, 9, 18).replace(second=1),
        utc(2026, 12, 9, 18),
        wall(2026, 12, 9).replace(microsecond=1),
    ],
)
def test_a_session_is_moved_to_a_wall_clock_time_to_the_minute(to: datetime) -> None:
    with pytest.raises(TimeUnclear):
        TABLE.move(NEXT, to, NOW)


def test_a_session_may_be_moved_right_before_or_after_another_but_not_into_it() -> None:
    for to in (wall(2026, 12, 15, 17), wall(2026, 12, 15, 19)):
        assert TABLE.move(NEXT, to, NOW).session_on(NEXT).wall == to
    for to in (wall(2026, 12, 15, 17, 1), wall(2026, 12, 15, 18, 59)):
        with pytest.raises(SessionsCollide) as refused:
            TABLE.move(NEXT, to, NOW)
        assert refused.value.original == AFTER
        assert refused.value.starts == utc(2026, 12, 15, 17)


def test_two_moved_sessions_collide_as_well() -> None:
    moved = TABLE.move(NEXT, wall(2026, 12, 11, 18), NOW)
    with pytest.raises(SessionsCollide):
        moved.move(AFTER, wall(2026, 12, 11, 18), NOW)


def test_the_time_of_a_skipped_session_can_be_given_away_and_then_it_does_not_come_back() -> None:
    given = TABLE.skip(AFTER, NOW).move(NEXT, wall(2026, 12, 15, 18), NOW)
    with pytest.raises(SessionsCollide):
        given.unskip(AFTER, NOW)


def test_a_session_swapped_with_another_stands_in_its_place() -> None:
    away = TABLE.move(AFTER, wall(2026, 12, 8, 20), NOW)
    swapped = away.move(NEXT, wall(2026, 12, 15, 18), NOW)
    assert originals(swapped) == [15, 8, 22]


def test_in_a_pause_no_session_takes_place_and_after_it_they_go_on() -> None:
    paused = Timetable((series(TUE),), pauses=(Pause(NOW, utc(2026, 12, 15, 17)),))
    assert originals(paused) == [15, 22, 29]
    assert not paused.takes_place(paused.session_on(NEXT))
    assert paused.takes_place(paused.session_on(LAST))


def test_a_pause_counts_by_when_a_session_takes_place() -> None:
    paused = Timetable(
        (series(TUE),), TABLE.move(NEXT, wall(2026, 12, 16, 18), NOW).changes,
        (Pause(NOW, utc(2026, 12, 10)),),
    )  # fmt: skip
    assert originals(paused) == [15, 8, 22]


def test_a_club_paused_until_further_notice_has_no_next_session_but_is_not_over() -> None:
    paused = Timetable((series(TUE),), pauses=(Pause(utc(2026, 12, 9)),))
    assert originals(paused) == [8]
    assert paused.next_session(utc(2026, 12, 9)) is None
    assert not paused.is_over(utc(2026, 12, 9))


def test_sessions_in_a_pause_count_and_those_in_a_break_do_not() -> None:
    paused = Timetable((series(TUE, start=NEXT, count=2),), pauses=(Pause(NOW, utc(2026, 12, 9)),))
    assert originals(paused) == [15]


def test_a_club_is_over_when_nothing_takes_place_any_more() -> None:
    table = Timetable((series(TUE, until=AFTER),))
    assert not table.is_over(NOW)
    assert table.skip(NEXT, NOW).skip(AFTER, NOW).is_over(NOW)
    assert table.is_over(utc(2026, 12, 15, 18))


@given(st.data())
def test_whatever_is_changed_in_whatever_order_sessions_keep_their_days_and_never_overlap(
    data: st.DataObject,
) -> None:
    table, now = Timetable((series(TUE, THU),)), NOW
    days = [s.original for s in table.sessions(NOW, limit=8)]
    for _ in range(data.draw(st.integers(1, 12))):
        day = data.draw(st.sampled_from(days))
        hours = data.draw(st.integers(-24 * 10, 24 * 10))
        to = datetime.combine(day, datetime.min.time()) + timedelta(hours=hours)
        what = data.draw(st.sampled_from(["skip", "unskip", "move", "wait"]))
        try:
            if what == "wait":
                now += timedelta(hours=abs(hours))
            elif what == "move":
                table = table.move(day, to, now)
            else:
                table = table.skip(day, now) if what == "skip" else table.unskip(day, now)
        except (SessionOver, MovesIntoPast, SessionsCollide):
            continue
    found = table.sessions(NOW - timedelta(days=40), before=utc(2027, 6, 1))
    assert len({s.original for s in found}) == len(found)
    assert {s.original for s in found} >= set(days)
    held = [s.starts for s in found if not s.is_skipped]
    assert all(later - earlier >= table.length for earlier, later in pairwise(held))
