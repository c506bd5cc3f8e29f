"""A club that meets on Tuesdays at 18:00 in Berlin, seen on a Thursday."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.clubs import Club, Place
from bot.domain.schedule import Recurrence, Series, Timetable

NOW = datetime(2026, 3, 19, 12, tzinfo=UTC)
TUESDAY = date(2026, 3, 24)
STARTS = datetime(2026, 3, 24, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


def club(timetable: Timetable | None = None, **given: object) -> Club:
    series = Series(Recurrence((1,), time(18), 1), "Europe/Berlin", date(2026, 3, 10))
    made = Club(
        7, 1000, "Readers", 55, Place(), timetable or Timetable((series,)), (1,), 1,
        NOW - timedelta(days=30), "2026a",
    )  # fmt: skip
    return replace(made, **given)  # type: ignore[arg-type]  # fields of a club


def changed(**changes: object) -> Club:
    made = club()
    return replace(made, timetable=replace(made.timetable, **changes))  # type: ignore[arg-type]
