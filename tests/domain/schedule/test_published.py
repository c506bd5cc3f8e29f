"""What calendars outside are given: skipped sessions for pauses, an end for a club that stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import Pause, Timetable, published
from bot.zone_database import pin_zones
from tests.domain.schedule.builders import THU, TUE, series, utc, wall

pin_zones()

NOW = utc(2026, 12, 2, 12)
FIRST, NEXT, AFTER = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)
YEAR = date(2027, 12, 1)
RULE = series(TUE, start=FIRST)
TABLE = Timetable((RULE,))


def test_a_plain_timetable_is_published_as_it_is() -> None:
    (one,) = published(TABLE, date(2026, 12, 16))
    assert (one.number, one.series) == (0, RULE)
    assert [s.original for s in one.sessions] == [FIRST, NEXT, AFTER]
    assert not any(s.is_skipped for s in one.sessions)


def test_a_session_moved_past_the_end_of_what_is_covered_is_among_them() -> None:
    moved = TABLE.move(AFTER, wall(2027, 1, 30, 18), NOW)
    (one,) = published(moved, AFTER)
    assert one.sessions[-1].original == AFTER
    assert one.sessions[-1].is_moved


def test_sessions_in_a_pause_are_skipped() -> None:
    paused = replace(TABLE, pauses=(Pause(NOW, utc(2026, 12, 9)),))
    (one,) = published(paused, AFTER)
    assert [s.is_skipped for s in one.sessions] == [False, True, False]
    assert one.series == RULE


def test_a_club_that_stops_has_a_series_that_ends() -> None:
    stopped = replace(TABLE, pauses=(Pause(utc(2026, 12, 9)),))
    (one,) = published(stopped, YEAR)
    assert one.series.until == NEXT
    assert [s.original for s in one.sessions] == [FIRST, NEXT]


def test_a_session_put_off_until_after_the_stop_does_not_take_place() -> None:
    put_off = TABLE.move(NEXT, wall(2026, 12, 20, 18), NOW)
    stopped = replace(put_off, pauses=(Pause(utc(2026, 12, 16)),))
    (one,) = published(stopped, YEAR)
    assert one.series.until == AFTER
    assert {s.original: s.is_skipped for s in one.sessions} == {
        FIRST: False, AFTER: False, NEXT: True,
    }  # fmt: skip


def test_a_series_of_which_nothing_is_left_is_not_given() -> None:
    later = series(THU, start=date(2027, 1, 1))
    two = Timetable((series(TUE, start=FIRST, until=AFTER), later), pauses=(Pause(NOW),))
    (one,) = published(two, YEAR)
    assert one.number == 0
    assert published(replace(two, pauses=(Pause(utc(2026, 11, 1)),)), YEAR) == ()


@given(
    st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(1, 30)), max_size=3),
    st.lists(st.integers(0, 8), max_size=4),
)
def test_what_is_published_takes_place_just_as_the_timetable_has_it(
    pauses: list[tuple[int, int | None]], skipped: list[int]
) -> None:
    days = [s.original for s in TABLE.sessions(NOW, limit=9)]
    table = TABLE
    for number in skipped:
        table = table.skip(days[number], NOW)
    spans = tuple(
        Pause(
            utc(2026, 12, 1) + (days[1] - days[0]) * begins / 5,
            None
            if lasts is None
            else utc(2026, 12, 1) + (days[1] - days[0]) * (begins + lasts) / 5,
        )
        for begins, lasts in pauses
    )
    table = replace(table, pauses=spans)
    shown = [s for one in published(table, YEAR) for s in one.sessions if not s.is_skipped]
    held = [s for s in table.sessions(before=utc(2027, 11, 20)) if not s.is_skipped]
    assert [s for s in shown if s.starts < utc(2027, 11, 20)] == held
