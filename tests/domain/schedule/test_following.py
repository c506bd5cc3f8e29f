"""A club changes its rule from one session on: the past stays, plans are carried along."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import (
    Break,
    Following,
    Recurrence,
    Series,
    Timetable,
    continued,
    following,
    next_original,
)
from bot.domain.schedule.errors import (
    DayOutOfRange,
    EndsBeforeStart,
    SessionOver,
    SessionsCollide,
    SessionUnknown,
)
from bot.zone_database import pin_zones
from tests.domain.schedule.builders import FRI, MON, SAT, THU, TUE, WED, series, utc, wall

pin_zones()

NOW = utc(2026, 12, 2, 12)  # a Wednesday
LAST, NEXT, AFTER = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)
TABLE = Timetable((series(TUE),))


def changed(
    table: Timetable,
    original: date,
    *weekdays: int,
    at: str = "18:00",
    zone: str = "Europe/Berlin",
    now: datetime = NOW,
    every: int = 1,
) -> Following:
    recurrence = Recurrence(weekdays, time.fromisoformat(at), every)
    return following(table, original, continued(table, original, recurrence, zone, now), now)


def days(table: Timetable, number: int, since: date = LAST) -> list[date]:
    return list(islice(table.days(since), number))


def test_what_was_before_stays_and_what_follows_has_the_new_rule() -> None:
    change = changed(TABLE, AFTER, THU)
    assert days(change.after, 4) == [LAST, NEXT, date(2026, 12, 17), date(2026, 12, 24)]
    assert change.after.segments[0].until == AFTER - timedelta(days=2)


def test_an_earlier_weekday_is_met_in_the_same_week() -> None:
    assert days(changed(TABLE, AFTER, MON).after, 3) == [LAST, NEXT, date(2026, 12, 14)]


def test_the_new_rule_begins_neither_before_the_sessions_that_stay_nor_in_the_past() -> None:
    twice = Timetable((series(TUE, THU),))
    change = changed(twice, date(2026, 12, 10), MON, TUE)
    assert days(change.after, 4) == [LAST, date(2026, 12, 3), NEXT, date(2026, 12, 14)]
    late = changed(Timetable((series(SAT),)), date(2026, 12, 5), WED, at="12:00")
    assert late.after.sessions(NOW, limit=1)[0].original == date(2026, 12, 9)


def test_plans_go_from_the_kth_old_session_to_the_kth_new_one() -> None:
    change = changed(TABLE, NEXT, MON, FRI)
    old = [LAST, NEXT, AFTER, date(2026, 12, 22), date(2026, 12, 9)]
    assert change.carried(old) == {
        LAST: LAST,
        NEXT: date(2026, 12, 7),
        AFTER: date(2026, 12, 11),
        date(2026, 12, 22): date(2026, 12, 14),
        date(2026, 12, 9): None,
    }


def test_plans_beyond_the_end_of_the_new_rule_have_no_session() -> None:
    change = following(TABLE, NEXT, series(TUE, start=NEXT, count=1), NOW)
    assert change.carried([NEXT, AFTER]) == {NEXT: NEXT, AFTER: None}


def test_skipped_sessions_stay_skipped_and_moved_ones_keep_the_instant_promised() -> None:
    table = TABLE.skip(NEXT, NOW).move(AFTER, wall(2026, 12, 16, 20), NOW)
    after = changed(table, NEXT, THU, zone="Europe/London").after
    assert after.session_on(date(2026, 12, 10)).is_skipped
    moved = after.session_on(date(2026, 12, 17))
    assert (moved.starts, moved.wall) == (utc(2026, 12, 16, 19), wall(2026, 12, 16, 19))


def test_a_moved_session_gives_way_to_one_that_is_held_then_now() -> None:
    table = TABLE.move(AFTER, wall(2026, 12, 10, 18), NOW)
    after = changed(table, NEXT, THU).after
    assert not after.session_on(date(2026, 12, 17)).is_moved


def test_a_new_rule_does_not_meet_while_a_session_that_was_moved_is_held() -> None:
    table = TABLE.move(NEXT, wall(2026, 12, 17, 18), NOW)
    with pytest.raises(SessionsCollide):
        changed(table, AFTER, THU)


def test_a_change_of_a_change_carries_on() -> None:
    once = changed(TABLE, NEXT, WED).after
    twice = changed(once, date(2026, 12, 16), THU)
    assert days(twice.after, 3) == [LAST, date(2026, 12, 9), date(2026, 12, 17)]
    assert len(twice.after.segments) == 3


def test_a_change_of_earlier_sessions_takes_the_place_of_a_later_change() -> None:
    later = changed(TABLE, AFTER, FRI).after
    change = changed(later, NEXT, WED)
    assert days(change.after, 3) == [LAST, date(2026, 12, 9), date(2026, 12, 16)]
    assert change.carried([date(2026, 12, 18)]) == {date(2026, 12, 18): date(2026, 12, 16)}


def test_a_club_that_has_not_met_yet_has_only_the_new_rule() -> None:
    table = Timetable((series(TUE, start=NEXT),))
    assert len(changed(table, NEXT, WED).after.segments) == 1


def test_breaks_and_the_end_stay_and_of_a_number_of_sessions_what_is_left() -> None:
    holidays = Break(date(2026, 12, 21), date(2026, 12, 31))
    table = Timetable((series(TUE, start=LAST, count=5, breaks=(holidays,)),))
    after = changed(table, AFTER, THU).after
    assert days(after, 9) == [
        LAST, NEXT, date(2026, 12, 17), date(2027, 1, 7), date(2027, 1, 14),
    ]  # fmt: skip
    ends = Timetable((series(TUE, until=AFTER),))
    with pytest.raises(EndsBeforeStart):
        following(ends, AFTER, series(THU, start=AFTER, until=NEXT), NOW)
    assert days(changed(ends, NEXT, THU).after, 9) == [LAST, date(2026, 12, 10)]


@pytest.mark.parametrize("original", [LAST, date(2026, 11, 24)])
def test_what_has_been_is_not_changed(original: date) -> None:
    with pytest.raises(SessionOver):
        following(TABLE, original, series(THU, start=NEXT), NOW)


def test_a_session_that_was_moved_ahead_and_has_been_is_not_changed_either() -> None:
    table = TABLE.move(AFTER, wall(2026, 12, 3, 18), NOW)
    friday = utc(2026, 12, 4)
    with pytest.raises(SessionOver) as refused:
        following(table, NEXT, series(THU, start=NEXT), friday)
    assert refused.value.original == AFTER
    assert next_original(table, friday) == date(2026, 12, 22)


def test_a_rule_does_not_begin_among_the_sessions_that_stay() -> None:
    with pytest.raises(DayOutOfRange) as refused:
        following(TABLE, AFTER, series(THU, start=NEXT), NOW)
    assert refused.value.first == NEXT + timedelta(days=1)


def test_a_change_needs_a_session_to_begin_with() -> None:
    with pytest.raises(SessionUnknown):
        following(TABLE, date(2026, 12, 9), series(THU, start=NEXT), NOW)


def test_the_whole_club_is_changed_from_the_next_session_on() -> None:
    assert next_original(TABLE, NOW) == NEXT
    assert next_original(TABLE.skip(NEXT, NOW), NOW) == NEXT
    assert next_original(Timetable((series(TUE, until=LAST),)), NOW) is None
    assert next_original(Timetable((series(TUE, start=date(2030, 1, 1)),)), NOW) == date(2030, 1, 1)


def test_a_session_put_off_does_not_hold_up_the_change_of_those_after_it() -> None:
    table = TABLE.move(NEXT, wall(2027, 1, 30, 18), NOW)
    assert next_original(table, utc(2026, 12, 10)) == NEXT
    assert next_original(table, utc(2026, 12, 16)) == date(2026, 12, 22)


rules = st.builds(
    lambda weekdays, hour, every: Recurrence(tuple(sorted(weekdays)), time(hour), every),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 23),
    st.integers(1, 3),
)


@given(rules, rules, st.integers(0, 6), st.integers(0, 24 * 30), st.data())
def test_sessions_that_have_been_never_change_and_plans_keep_their_order(
    old: Recurrence, new: Recurrence, which: int, hours: int, data: st.DataObject
) -> None:
    now = NOW + timedelta(hours=hours)
    table = Timetable((Series(old, "Europe/Berlin", date(2026, 10, 1)),))
    first = next_original(table, now)
    assert first is not None
    original = list(islice(table.days(first), which + 1))[-1]
    change = following(table, original, continued(table, original, new, "Asia/Tokyo", now), now)
    before = list(takewhile(lambda day: day < original, table.days()))
    assert [s.original for s in change.after.sessions(before=now)] == [
        s.original for s in table.sessions(before=now)
    ]
    assert list(islice(change.after.days(), len(before))) == before
    assert all(s.starts > now for s in change.after.sessions(limit=len(before) + 3)[len(before) :])
    planned = sorted(data.draw(st.sets(st.sampled_from(list(islice(table.days(), 60))))))
    carried = [change.carried(planned)[day] for day in planned]
    assert None not in carried
    assert carried == sorted(set(carried))  # type: ignore[type-var]  # none is None
    assert {day for day in carried if day} <= set(islice(change.after.days(), 200))
