"""A series in words can be read back; moments say their zone where timestamps do not render."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import read_zones
from bot.domain.schedule.reading import read_when
from bot.domain.schedule.series import Break, Occurrence, Recurrence, Remark, Series
from bot.render.schedule_words import (
    abbreviation_of,
    days_in_words,
    echo,
    in_words,
    moment_in_words,
    series_in_words,
    zone_in_words,
)
from bot.render.words import Words
from tests.founding import DATA

ENGLISH = Words()
ZONES = read_zones(DATA)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CHOOSABLE = ZONES.choosable()


def recurrences() -> st.SearchStrategy[Recurrence]:
    weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
    at = st.times().map(lambda t: time(t.hour, t.minute))
    weekly = st.builds(Recurrence, weekdays, at, st.integers(1, 52))
    ordinals = st.sets(st.sampled_from((1, 2, 3, 4, -1)), min_size=1).map(
        lambda chosen: tuple(sorted(chosen, key=lambda n: n % 10))
    )
    return weekly | st.builds(Recurrence, weekdays, at, st.integers(1, 12), ordinals)


@given(recurrences(), st.sampled_from(CHOOSABLE))
def test_the_words_of_a_rule_give_the_same_rule_when_read(rule: Recurrence, zone: str) -> None:
    found = read_when(in_words(rule, zone, ENGLISH), ZONES, None, NOW).series
    assert (found.recurrence, found.zone) == (rule, zone)


def test_the_words_of_every_zone_mean_that_zone() -> None:
    for zone in CHOOSABLE:
        said = f"Tuesdays at 18:00, {zone_in_words(zone, ENGLISH)}"
        assert read_when(said, ZONES, None, NOW).series.zone == zone


days = st.dates(date(2026, 12, 1), date(2030, 12, 31))
periods = st.tuples(days, days).map(sorted)


@given(
    recurrences(),
    periods,
    st.sampled_from(("until", "count", "none")),
    st.lists(periods, max_size=2),
    st.integers(1, 999),
)
def test_the_words_of_a_series_give_the_same_series_when_read(
    rule: Recurrence, bounds: list[date], end: str, pauses: list[list[date]], count: int
) -> None:
    series = Series(
        rule,
        "Europe/Berlin",
        bounds[0],
        bounds[1] if end == "until" else None,
        count if end == "count" else None,
        tuple(sorted((Break(*pause) for pause in pauses), key=lambda b: (b.first, b.last))),
    )
    said = series_in_words(series, ENGLISH)
    if len(said) <= 200:  # what is longer is not read at all
        assert read_when(said, ZONES, None, NOW).series == series


@pytest.mark.parametrize(
    ("rule", "zone", "said"),
    [
        (Recurrence((3,), time(19), 2), "America/New_York", "every 2 weeks on Thursday at 19:00, New York time"),
        (Recurrence((1, 3, 4), time(8, 5)), "UTC", "every Tuesday, Thursday and Friday at 08:05, UTC"),
        (Recurrence((0,), time(20, 30), 1, (1,)), "Asia/Tokyo", "on the first Monday of each month at 20:30, Tokyo time"),
        (Recurrence((0,), time(20, 30), 3, (2, -1)), "America/Indiana/Knox",
         "every 3 months on the second and last Monday at 20:30, America/Indiana/Knox"),
        (Recurrence(tuple(range(7)), time(9)), "Asia/Ho_Chi_Minh", "every day at 09:00, Ho Chi Minh time"),
    ],
)  # fmt: skip
def test_a_rule_in_words(rule: Recurrence, zone: str, said: str) -> None:
    assert in_words(rule, zone, ENGLISH) == said
    assert said.startswith(days_in_words(rule, ENGLISH))


def test_a_moment_says_its_zone_where_timestamps_do_not_render() -> None:
    summer = datetime(2026, 7, 2, 17, tzinfo=UTC)
    said = {
        zone: moment_in_words(summer, zone, ENGLISH) for zone in ("Europe/Berlin", "Asia/Dubai")
    }
    assert said == {
        "Europe/Berlin": "Thu 2 July 2026, 19:00 CEST",
        "Asia/Dubai": "Thu 2 July 2026, 21:00 UTC+4",
    }


@pytest.mark.parametrize(
    ("zone", "said"),
    [("UTC", "UTC"), ("America/Sao_Paulo", "UTC-3"), ("Asia/Kathmandu", "UTC+5:45"), ("Asia/Tokyo", "JST")],
)  # fmt: skip
def test_a_numeric_abbreviation_is_a_difference_to_utc(zone: str, said: str) -> None:
    assert abbreviation_of(NOW, zone) == said


def occurrence(day: int, remark: Remark | None = None) -> Occurrence:
    starts = datetime(2026, 12, day, 18, tzinfo=UTC)
    return Occurrence(starts.date(), starts.replace(tzinfo=None), starts, remark)


def test_the_echo_shows_the_words_and_the_first_sessions_as_moments() -> None:
    series = Series(Recurrence((1,), time(18)), "UTC", date(2026, 12, 1), None, 2)
    first, second = occurrence(1), occurrence(8)
    assert echo(series, [first, second], ENGLISH) == (
        "Every Tuesday at 18:00, UTC, 2 sessions.\n"
        f"First session: <t:{first.starts.timestamp():.0f}:F> (<t:{first.starts.timestamp():.0f}:R>)\n"
        f"Then: <t:{second.starts.timestamp():.0f}:F>"
    )
    assert "No session falls" in echo(series, [], ENGLISH)


def test_the_echo_says_what_a_clock_change_does() -> None:
    series = Series(Recurrence((1,), time(18)), "UTC", date(2026, 12, 1))
    said = echo(series, [occurrence(1, Remark.GAP), occurrence(8, Remark.FOLD)], ENGLISH)
    assert "18:00 does not come" in said
    assert "18:00 comes twice: the first is meant" in said
