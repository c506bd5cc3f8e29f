"""A zone in the file is the zone of the database, in every hour of the years it covers."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exchange.calendar.zone import time_zone

FIRST, LAST = date(2025, 1, 1), date(2032, 1, 1)
BY_NAME = (
    "Europe/Berlin", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe",
    "Africa/Casablanca", "America/Vancouver", "Asia/Jerusalem", "Africa/Cairo", "Asia/Kolkata",
    "Europe/Dublin", "Pacific/Chatham", "America/Nuuk", "Antarctica/Troll",
)  # fmt: skip


def offset_written(name: str, walls: list[datetime]) -> list[timedelta | None]:
    """How a reader of RFC 5545 that knows no database takes the wall-clock times."""
    body = time_zone(name, FIRST, LAST).to_ical().decode()
    zone = tzical(io.StringIO(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n")).get()
    return [wall.replace(tzinfo=zone).utcoffset() for wall in walls]


def moments(name: str) -> list[datetime]:
    """Wall-clock times that exist once: around every change, and at noon of every fifth day."""
    zone = ZoneInfo(name)
    found = []
    at = datetime(2025, 1, 2, 12, tzinfo=UTC)
    while at.year < 2032:
        later = at + timedelta(days=5)
        found.append(at)
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            found += [at + timedelta(minutes=15 * n) for n in range(5 * 24 * 4)]
        at = later
    walls = (one.astimezone(zone).replace(tzinfo=None) for one in found)
    return [wall for wall in walls if _is_plain(wall, zone)]


def _is_plain(wall: datetime, zone: ZoneInfo) -> bool:
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first == second


@pytest.mark.parametrize("name", BY_NAME)
def test_a_zone_is_right_before_at_and_after_every_change(name: str) -> None:
    walls = moments(name)
    zone = ZoneInfo(name)
    assert offset_written(name, walls) == [wall.replace(tzinfo=zone).utcoffset() for wall in walls]


@given(st.sampled_from(sorted(available_timezones() - {"localtime"})))
@settings(max_examples=8, deadline=None)
def test_any_zone_is_right(name: str) -> None:
    test_a_zone_is_right_before_at_and_after_every_change(name)


def lines_of(name: str) -> list[str]:
    written: bytes = time_zone(name, FIRST, LAST).to_ical()
    return written.decode().splitlines()


def test_summer_time_begins_at_the_hour_that_is_skipped_as_counted_before_it() -> None:
    lines = lines_of("Europe/Berlin")
    at = lines.index("BEGIN:DAYLIGHT")
    assert lines[at + 1] == "DTSTART:20250330T020000"


def test_what_comes_every_year_is_written_as_a_rule_and_holds_for_ever() -> None:
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in lines_of("Europe/Berlin")
    assert "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in lines_of("America/New_York")


def test_changes_without_a_rule_are_listed() -> None:
    jerusalem = lines_of("Asia/Jerusalem")
    assert any(line.startswith("RDATE:20260327T020000,20270326T020000") for line in jerusalem)


def test_a_rule_that_ended_is_not_carried_on() -> None:
    # British Columbia stays on its summer time from 2026 on.
    vancouver = "\n".join(lines_of("America/Vancouver"))
    assert "RRULE" not in vancouver
    assert "20270314" not in vancouver


def test_a_zone_that_never_changes_has_one_time() -> None:
    assert lines_of("Asia/Kolkata").count("BEGIN:STANDARD") == 1
    assert "BEGIN:DAYLIGHT" not in lines_of("Asia/Kolkata")


def test_one_change_alone_is_no_rule() -> None:
    only = time_zone("Europe/Berlin", date(2031, 1, 1), LAST).to_ical().decode()
    assert "RRULE" not in only
    assert "RDATE:20320328T020000" in only


def test_the_fifth_sunday_is_not_taken_for_a_place_in_the_month() -> None:
    # From 2027 to 2029 the last Sunday of October is once the fifth; it is the last that counts.
    written = time_zone("Europe/Berlin", date(2027, 1, 1), date(2029, 1, 1)).to_ical().decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in written
