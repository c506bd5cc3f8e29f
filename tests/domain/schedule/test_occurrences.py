"""The sessions of a series: the days of its rule, less what is changed about single ones."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import (
    FIRST_DAY,
    LAST_DAY,
    ORDINALS,
    Break,
    Change,
    Moved,
    Recurrence,
    Remark,
    Series,
    Skipped,
    dates,
    has_date,
    occurrence_on,
    occurrences,
    require_valid,
)
from bot.domain.schedule.errors import SessionUnknown
from bot.zone_database import pin_zones
from tests.domain.schedule.builders import MON, SUN, THU, TUE, series, utc, wall

pin_zones()


def first(number: int, rule: Series) -> list[str]:
    return [day.isoformat() for day in islice(dates(rule), number)]


def test_a_weekly_series_meets_on_its_weekdays_from_its_start() -> None:
    rule = series(TUE, THU, start=date(2026, 12, 2))
    assert first(3, rule) == ["2026-12-03", "2026-12-08", "2026-12-10"]


def test_every_second_week_counts_from_the_week_of_the_start() -> None:
    rule = series(MON, THU, every=2, start=date(2026, 12, 2))
    assert first(3, rule) == ["2026-12-03", "2026-12-14", "2026-12-17"]


def test_a_monthly_series_meets_on_the_ordinals_of_each_weekday() -> None:
    rule = series(MON, every=3, ordinals=(1, -1), start=date(2026, 12, 10))
    assert first(3, rule) == ["2026-12-28", "2027-03-01", "2027-03-29"]


def test_a_break_is_left_out_and_not_counted() -> None:
    holidays = Break(date(2026, 12, 22), date(2027, 1, 5))
    rule = series(TUE, start=date(2026, 12, 15), count=2, breaks=(holidays,))
    assert first(5, rule) == ["2026-12-15", "2027-01-12"]


def test_the_last_day_is_one_to_meet_on() -> None:
    rule = series(TUE, start=date(2026, 12, 1), until=date(2026, 12, 8))
    assert first(5, rule) == ["2026-12-01", "2026-12-08"]


def test_a_series_without_an_end_ends_with_the_calendar() -> None:
    last = list(dates(series(TUE, start=date(2199, 12, 1))))
    assert last[-1] == date(2199, 12, 31)
    assert len(last) == 5


def test_the_time_stays_through_a_change_of_clocks() -> None:
    october = occurrences(
        series(SUN, zone="Europe/London"), {}, since=utc(2026, 10, 18), before=utc(2026, 11, 1)
    )
    assert [s.starts for s in october] == [utc(2026, 10, 18, 17), utc(2026, 10, 25, 18)]


def test_a_session_says_what_the_clocks_do_to_it() -> None:
    rule = series(SUN, at="02:30")
    (march,) = occurrences(rule, {}, since=utc(2026, 3, 28), limit=1)
    (october,) = occurrences(rule, {}, since=utc(2026, 10, 24), limit=1)
    assert (march.starts, march.remark) == (utc(2026, 3, 29, 1), Remark.GAP)
    assert (october.starts, october.remark) == (utc(2026, 10, 25, 0, 30), Remark.FOLD)


def test_a_window_holds_its_begin_and_not_its_end() -> None:
    begin = utc(2026, 12, 1, 17)
    found = occurrences(series(TUE), {}, since=begin, before=begin + timedelta(weeks=1))
    assert [s.starts for s in found] == [begin]


def test_a_moved_session_stands_where_it_was_moved_and_keeps_its_day() -> None:
    changes: dict[date, Change] = {date(2026, 12, 1): Moved(wall(2026, 12, 9, 20))}
    found = occurrences(series(TUE), changes, since=utc(2026, 11, 30), limit=3)
    assert [s.original.day for s in found] == [8, 1, 15]
    moved = found[1]
    assert (moved.wall, moved.starts) == (wall(2026, 12, 9, 20), utc(2026, 12, 9, 19))
    assert moved.is_moved
    assert not found[0].is_moved


def test_a_session_moved_into_the_window_is_in_it_and_one_moved_out_is_not() -> None:
    changes: dict[date, Change] = {
        date(2026, 9, 1): Moved(wall(2026, 12, 3, 18)),
        date(2026, 12, 1): Moved(wall(2027, 2, 1, 18)),
    }
    week = occurrences(series(TUE), changes, since=utc(2026, 11, 30), before=utc(2026, 12, 7))
    assert [s.original for s in week] == [date(2026, 9, 1)]


def test_a_skipped_session_is_there_and_marked() -> None:
    found = occurrences(
        series(TUE), {date(2026, 12, 1): Skipped()}, since=utc(2026, 12, 1), limit=2
    )
    assert [s.is_skipped for s in found] == [True, False]


def test_a_change_for_a_day_without_a_session_is_passed_over() -> None:
    changes: dict[date, Change] = {
        date(2026, 12, 2): Moved(wall(2026, 12, 2, 18)),
        date(2026, 12, 3): Skipped(),
    }
    found = occurrences(series(TUE), changes, since=utc(2026, 12, 1), before=utc(2026, 12, 8))
    assert [s.original.day for s in found] == [1]
    with pytest.raises(SessionUnknown):
        occurrence_on(series(TUE), changes, date(2026, 12, 2))


@st.composite
def rules(draw: st.DrawFn) -> Series:
    monthly = draw(st.booleans())
    ordinals = draw(st.sets(st.sampled_from(ORDINALS), min_size=1)) if monthly else set()
    recurrence = Recurrence(
        tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
        time(draw(st.integers(0, 23)), draw(st.integers(0, 59))),
        draw(st.integers(1, 12 if monthly else 52)),
        tuple(ordinals),
    )
    start = draw(st.dates(date(2024, 1, 1), date(2026, 12, 31)))
    limit = draw(st.sampled_from(["none", "until", "count"]))
    begins = draw(st.lists(st.dates(start, date(2031, 1, 1)), max_size=3))
    return Series(
        recurrence,
        "Europe/Berlin",
        start,
        start + timedelta(days=draw(st.integers(500, 2000))) if limit == "until" else None,
        draw(st.integers(1, 60)) if limit == "count" else None,
        tuple(Break(day, day + timedelta(days=draw(st.integers(0, 60)))) for day in begins),
    )


def meets_on(rule: Series, day: date) -> bool:
    """Whether a day is one of the rule, counted out by hand; without regard to a count."""
    recurrence, start = rule.recurrence, rule.start
    if day.weekday() not in recurrence.weekdays or day < start:
        return False
    if any(pause.first <= day <= pause.last for pause in rule.breaks):
        return False
    if rule.until is not None and day > rule.until:
        return False
    if not recurrence.ordinals:
        mondays = (d - timedelta(days=d.weekday()) for d in (start, day))
        return -((next(mondays) - next(mondays)).days // 7) % recurrence.every == 0
    months = (day.year - start.year) * 12 + day.month - start.month
    which = {(day.day - 1) // 7 + 1}
    if (day + timedelta(days=7)).month != day.month:
        which.add(-1)
    return months % recurrence.every == 0 and bool(which & set(recurrence.ordinals))


@given(rules(), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_the_days_are_those_that_fit_the_rule(rule: Series, since: date) -> None:
    span = (rule.start + timedelta(days=number) for number in range(2500))
    expected = [day for day in span if meets_on(rule, day)][: rule.count]
    last = rule.start + timedelta(days=2499)
    found = [day for day in islice(dates(rule, since), 2500) if day <= last]
    assert found == [day for day in expected if day >= since]
    assert all(has_date(rule, day) for day in found[:3])
    assert not has_date(rule, since) or since in expected or since > last


@given(rules(), st.data())
def test_a_window_holds_just_what_starts_in_it(rule: Series, data: st.DataObject) -> None:
    days = list(islice(dates(rule), 30))
    changes: dict[date, Change] = {}
    for day in data.draw(st.sets(st.sampled_from(days), max_size=5)) if days else ():
        away = data.draw(st.timedeltas(timedelta(days=-60), timedelta(days=60)))
        to = datetime.combine(day, time()) + timedelta(minutes=away // timedelta(minutes=1))
        changes[day] = Moved(to) if data.draw(st.booleans()) else Skipped()
    every = occurrences(rule, changes, limit=40)
    assert list(every) == sorted(every, key=lambda s: (s.starts, s.original))
    assert len({s.original for s in every}) == len(every)
    if not every:
        return
    since, before = sorted(data.draw(st.sampled_from(every)).starts for _ in range(2))
    window = occurrences(rule, changes, since=since, before=before)
    assert window == tuple(s for s in every if since <= s.starts < before)
    assert {s.original for s in every if s.is_skipped} <= set(changes)


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY - timedelta(days=7)])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "UTC"])
def test_the_first_and_the_last_days_can_be_told_in_any_zone(day: date, zone: str) -> None:
    rule = require_valid(series(*range(7), zone=zone, start=day, at="23:59"))
    assert occurrences(rule, {}, limit=1)[0].original == day
    assert occurrences(rule, {}, since=utc(2199, 12, 31))[-1].original == LAST_DAY
