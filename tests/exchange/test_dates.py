"""Dates as people write them, in their own zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exchange.dates import read_date

# A Monday; in Auckland it is Tuesday already.
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("2026-12-24", "2026-12-24T00:00+01:00"), ("24.12.2026", "2026-12-24T00:00+01:00"),
        ("24.12.", "2026-12-24T00:00+01:00"), ("24/12/2026", "2026-12-24T00:00+01:00"),
        ("2.1.", "2027-01-02T00:00+01:00"), ("tomorrow", "2026-11-24T00:00+01:00"),
        ("today", "2026-11-23T00:00+01:00"), ("in 2 weeks", "2026-12-07T00:00+01:00"),
        ("in 3 days", "2026-11-26T00:00+01:00"), ("friday", "2026-11-27T00:00+01:00"),
        ("Friday 18:00", "2026-11-27T18:00+01:00"), ("24 Dec", "2026-12-24T00:00+01:00"),
        ("December 24th", "2026-12-24T00:00+01:00"), ("in 2 hours", "2026-11-23T15:00+01:00"),
        ("1.7.2027", "2027-07-01T00:00+02:00"), ("2026-12-24 18:30", "2026-12-24T18:30+01:00"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_meant(text: str, begins: str) -> None:
    read = read_date(text, NOW, "Europe/Berlin")
    assert read is not None
    assert read.beginning("Europe/Berlin") == datetime.fromisoformat(begins)


def test_a_whole_day_ends_at_midnight_and_a_time_at_that_time() -> None:
    day, time = (read_date(text, NOW, "Europe/Berlin") for text in ("friday", "Friday 18:00"))
    assert day is not None
    assert time is not None
    assert day.end("Europe/Berlin") == datetime.fromisoformat("2026-11-28T00:00+01:00")
    assert time.end("Europe/Berlin") == datetime.fromisoformat("2026-11-27T18:00+01:00")


def test_tomorrow_is_the_day_after_the_writers_own() -> None:
    read = read_date("tomorrow", NOW, "Pacific/Auckland")
    assert read is not None
    assert read.beginning("Pacific/Auckland") == datetime.fromisoformat("2026-11-25T00:00+13:00")


def test_a_midnight_that_the_clock_skips_is_the_first_instant_after() -> None:
    # In Asuncion and Cairo clocks went forward at midnight.
    read = read_date("2026-04-24", datetime(2026, 4, 1, tzinfo=UTC), "Africa/Cairo")
    assert read is not None
    assert read.beginning("Africa/Cairo") == datetime(2026, 4, 23, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "banana",
        "@everyone",
        "../../etc",
        "9999-12-31",
        "0001-01-01",
        "in 99999999 years",
        "2026-02-30",
        "1" * 5000,
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, NOW, "Europe/Berlin") is None


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_the_reader(text: str) -> None:
    read = read_date(text, NOW, "Europe/Berlin")
    assert read is None or read.beginning("Europe/Berlin") <= read.end("Europe/Berlin")
