"""Wall-clock times become instants, on the days on which clocks are changed too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule import Remark, instant_of, occurrences, wall_at
from bot.zone_database import pin_zones
from tests.domain.schedule.builders import (
    WALL_TIMES,
    YEARS,
    Witness,
    series,
    utc,
    wall,
    zone_file,
)

pin_zones()
EVERY_ZONE = sorted(available_timezones())
# Names that share a file are one zone.
DISTINCT = sorted({zone_file(name): name for name in reversed(EVERY_ZONE)}.values())


@pytest.mark.parametrize(
    ("zone", "shown", "instant", "remark"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", utc(2026, 3, 29, 1), Remark.GAP),
        ("Europe/Berlin", "2026-03-29T01:59", utc(2026, 3, 29, 0, 59), None),
        ("Europe/Berlin", "2026-03-29T03:00", utc(2026, 3, 29, 1), None),
        ("Europe/Berlin", "2026-10-25T02:30", utc(2026, 10, 25, 0, 30), Remark.FOLD),
        ("Europe/Berlin", "2026-10-25T03:00", utc(2026, 10, 25, 2), None),
        ("America/New_York", "2026-03-08T02:30", utc(2026, 3, 8, 7), Remark.GAP),
        ("America/New_York", "2026-11-01T01:30", utc(2026, 11, 1, 5, 30), Remark.FOLD),
        ("Australia/Sydney", "2026-10-04T02:30", utc(2026, 10, 3, 16), Remark.GAP),
        ("Australia/Sydney", "2026-04-05T02:30", utc(2026, 4, 4, 15, 30), Remark.FOLD),
        # Half an hour: 02:00 becomes 02:30.
        ("Australia/Lord_Howe", "2026-10-04T02:15", utc(2026, 10, 3, 15, 30), Remark.GAP),
        ("Australia/Lord_Howe", "2026-10-04T02:30", utc(2026, 10, 3, 15, 30), None),
        ("Australia/Lord_Howe", "2026-04-05T01:45", utc(2026, 4, 4, 14, 45), Remark.FOLD),
        # A day that never was.
        ("Pacific/Apia", "2011-12-30T18:00", utc(2011, 12, 30, 10), Remark.GAP),
        ("Pacific/Apia", "2011-12-30T00:00", utc(2011, 12, 30, 10), Remark.GAP),
        ("Pacific/Apia", "2011-12-31T18:00", utc(2011, 12, 31, 4), None),
        # Clocks go back for Ramadan, and forward after it.
        ("Africa/Casablanca", "2026-02-15T02:30", utc(2026, 2, 15, 1, 30), Remark.FOLD),
        ("Africa/Casablanca", "2026-03-22T02:30", utc(2026, 3, 22, 2), Remark.GAP),
        # Summer time for ever, from 2026-11-01 on.
        ("America/Vancouver", "2026-12-15T18:00", utc(2026, 12, 16, 1), None),
    ],
)  # fmt: skip
def test_what_is_missing_is_put_off_and_what_comes_twice_means_the_first(
    zone: str, shown: str, instant: datetime, remark: Remark | None
) -> None:
    assert instant_of(datetime.fromisoformat(shown), ZoneInfo(zone)) == (instant, remark)


def test_every_zone_for_three_years_is_as_another_library_has_it() -> None:
    """Weekly, on a weekday on which the zone changes its clocks, at five times of the day.

    In a week without a change the first and the last time of the day stand for the others.
    """
    for name in DISTINCT:
        zone, witness = ZoneInfo(name), Witness(name)
        for day in weekly(witness.first_change() or YEARS[0]):
            offset = witness.steady_offset(day)
            if offset is None:
                for shown in (datetime.combine(day, at) for at in WALL_TIMES):
                    assert instant_of(shown, zone) == witness.instant_of(shown), (name, shown)
            else:
                for shown in (datetime.combine(day, at) for at in (WALL_TIMES[0], WALL_TIMES[-1])):
                    instant = (shown - offset).replace(tzinfo=UTC)
                    assert instant_of(shown, zone) == (instant, None), (name, shown)


@cache
def weekly(change: date) -> tuple[date, ...]:
    first = YEARS[0] + timedelta(days=(change.weekday() - YEARS[0].weekday()) % 7)
    return tuple(first + timedelta(weeks=week) for week in range(156))


@settings(max_examples=10)
@given(st.sampled_from(DISTINCT), st.integers(0, 6), st.sampled_from(WALL_TIMES))
def test_a_weekly_series_of_three_years_meets_once_a_week_in_any_zone(
    zone: str, weekday: int, at: time
) -> None:
    start, until = YEARS
    rule = series(weekday, at=at.isoformat(), zone=zone, start=start, until=until)
    found = occurrences(rule, {})
    assert len(found) in (156, 157)
    for before, after in pairwise(found):
        assert after.original - before.original == timedelta(weeks=1)
        assert abs(after.starts - before.starts - timedelta(weeks=1)) <= timedelta(hours=4)
    witness = Witness(zone)
    for session in found:
        assert (session.starts, session.remark) == witness.instant_of(session.wall)


@given(
    zone=st.sampled_from(DISTINCT),
    shown=st.datetimes(wall(2007, 1, 1), wall(2037, 1, 1)).map(
        lambda shown: shown.replace(second=0, microsecond=0)
    ),
)
def test_any_time_of_thirty_years_is_as_another_library_has_it(zone: str, shown: datetime) -> None:
    assert instant_of(shown, ZoneInfo(zone)) == Witness(zone).instant_of(shown)


def changes_of_clocks() -> Iterator[tuple[str, date]]:
    for zone in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"):
        change = Witness(zone).first_change()
        assert change is not None
        yield zone, change


@given(st.sampled_from(list(changes_of_clocks())), st.integers(0, 24 * 60 * 3))
def test_near_a_change_the_clocks_show_what_was_meant_or_the_nearest_after_it(
    zone_and_day: tuple[str, date], minutes: int
) -> None:
    zone, day = ZoneInfo(zone_and_day[0]), zone_and_day[1]
    meant = datetime.combine(day - timedelta(days=1), time()) + timedelta(minutes=minutes)
    instant, remark = instant_of(meant, zone)
    shown = wall_at(instant, zone)
    if remark is Remark.GAP:
        assert shown > meant > wall_at(instant - timedelta(minutes=1), zone)
    else:
        assert shown == meant
    if remark is Remark.FOLD:
        later = meant.replace(tzinfo=zone, fold=1)
        assert wall_at(later, zone) == meant
        assert instant < later.astimezone(instant.tzinfo)
