"""A year of twenty clubs, a quarter of an hour at a time: everything once, at its time on the wall."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.club_digests import plan_digests
from bot.domain.club_reminders import club_plan
from bot.domain.clubs import Club, Place
from bot.domain.reminders import LATE, Planned, ReminderKind, Turn, misfire
from bot.domain.schedule import Recurrence, Series, Timetable

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
TICK, DAY, HOUR = timedelta(minutes=15), timedelta(days=1), timedelta(hours=1)
DIGEST, BEFORE, LAST = (
    ReminderKind.DIGEST,
    ReminderKind.DAY_BEFORE,
    ReminderKind.HOUR_BEFORE,
)
ZONES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Santiago", "Australia/Lord_Howe",
    "Australia/Sydney", "Asia/Kathmandu", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Chatham",
    "Pacific/Apia", "Africa/Casablanca", "Africa/Cairo", "America/St_Johns", "America/Havana",
    "Asia/Gaza", "Asia/Tokyo", "Europe/Lisbon", "America/Vancouver", "UTC",
)  # fmt: skip


def club(number: int, zone: str) -> Club:
    """Weekly or every second week, each on another day and at another time of the day."""
    at = time((5 * number + 7) % 24, 30 * (number % 2))
    rule = Recurrence((number % 7,), at, 1 + number % 2)
    series = Series(rule, zone, date(2025, 12, 1))
    return Club(
        number, 1000, f"club {number}", 55, Place(), Timetable((series,)), (1,), 1,
        BEGINS - 60 * DAY, "2026a", created_at=BEGINS - 60 * DAY,
    )  # fmt: skip


def days_of(made: Club) -> Iterator[date]:
    """The days of its rule, counted on the calendar alone."""
    rule, day = made.series.recurrence, made.series.start
    while day.weekday() not in rule.weekdays:
        day += DAY
    while day < date(2027, 2, 1):
        yield day
        day += rule.every * 7 * DAY


def due(made: Club, kind: ReminderKind, day: date) -> datetime:
    zone = ZoneInfo(made.series.zone)
    if kind is DIGEST:
        return datetime.combine(day, time(9), zone).astimezone(UTC)
    starts = datetime.combine(day, made.series.recurrence.at, zone).astimezone(UTC)
    return starts - (DAY if kind is BEFORE else HOUR)


def a_year(clubs: list[Club]) -> list[tuple[Planned, datetime]]:
    """What is told, and when: planned anew every third day, with a ledger that knows each key once."""
    ledger: dict[tuple[int, str, ReminderKind], Planned] = {}
    waiting: list[tuple[datetime, int, str, ReminderKind]] = []
    told: list[tuple[Planned, datetime]] = []
    now = BEGINS
    while now < ENDS:
        if (now - BEGINS) % (3 * DAY) == timedelta():
            for made in clubs:
                for one in (*plan_digests(made, now), *club_plan(made, {}, now)):
                    key = one.club_id, one.key, one.kind
                    if key not in ledger:
                        ledger[key] = one
                        heapq.heappush(waiting, (one.due, *key))
                    assert ledger[key] == one, "planned again it is the same"
        while waiting and waiting[0][0] <= now:
            one = ledger[heapq.heappop(waiting)[1:]]
            assert misfire(1, one, (), now) is Turn.GOES
            told.append((one, now))
        now += TICK
    return told


def test_every_session_and_every_week_is_told_once_at_its_time_on_the_wall() -> None:
    clubs = [club(number, zone) for number, zone in enumerate(ZONES)]
    told = a_year(clubs)
    counted = Counter((one.club_id, one.kind, date.fromisoformat(one.key)) for one, _ in told)
    assert set(counted.values()) == {1}
    mondays = [date(2025, 12, 29) + 7 * n * DAY for n in range(60)]
    expected = {
        (made.id, kind, day): due(made, kind, day)
        for made in clubs
        for kind, days in ((DIGEST, mondays), (BEFORE, days_of(made)), (LAST, days_of(made)))
        for day in days
    }
    within = {key for key, at in expected.items() if BEGINS <= at < ENDS - TICK}
    assert within <= counted.keys()
    # What was due just before the year and is of use still is told at its beginning.
    assert all(expected[key] > BEGINS - DAY for key in counted.keys() - within)
    for one, at in told:
        assert one.due == expected[one.club_id, one.kind, date.fromisoformat(one.key)]
        assert at - one.due < LATE or at == BEGINS
    assert len(told) > 2500
