"""One moment is read as people write it, in the zone of its series."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from bot.domain.schedule.reading import WhenUnread, errors, read_moment
from tests.domain.schedule.reading.places import BERLIN, MONDAY, ZONES


def moment(said: str, day: date | None = None, at: time | None = None) -> str:
    wall = read_moment(said, ZONES, BERLIN, MONDAY, day=day, at=at)
    return wall.isoformat(" ", "minutes")


@pytest.mark.parametrize(
    ("said", "wall"),
    [
        ("Thu 19:00", "2026-12-03 19:00"), ("on Thursday at 19:00", "2026-12-03 19:00"),
        ("tomorrow 18h", "2026-12-01 18:00"), ("18h tomorrow", "2026-12-01 18:00"),
        ("2026-12-03 18:00", "2026-12-03 18:00"), ("day after tomorrow at 8am", "2026-12-02 08:00"),
        ("next Monday 18:00", "2026-12-07 18:00"), ("this Friday 6pm", "2026-12-04 18:00"),
        ("Mon 18:00", "2026-11-30 18:00"), ("Mon 13:00", "2026-12-07 13:00"),
        ("Mon 10:00", "2026-12-07 10:00"), ("today 13:01", "2026-11-30 13:01"),
        ("tonight at 8", "2026-11-30 20:00"), ("Thu 3 Dec 18:00", "2026-12-03 18:00"),
        ("3.12. 18:00", "2026-12-03 18:00"), ("3.12 18.30", "2026-12-03 18:30"),
        ("3.12.2026, 18 Uhr", "2026-12-03 18:00"), ("24/12 18:00", "2026-12-24 18:00"),
        ("in 2 weeks 18:00", "2026-12-14 18:00"), ("in 3 days at 18:00", "2026-12-03 18:00"),
        ("Dec 3rd, 1930", "2026-12-03 19:30"), ("3 Jan 18:00", "2027-01-03 18:00"),
        ("Thu 19:00 New York", "2026-12-04 01:00"), ("Thu 19:00 CET", "2026-12-03 19:00"),
    ],
)  # fmt: skip
def test_a_moment_is_read(said: str, wall: str) -> None:
    assert moment(said) == wall


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("", errors.TimeMissing), ("Friday", errors.TimeMissing), ("18:00", errors.DayMissing),
        ("Thu at 7", errors.TimeAmbiguous), ("next Wednesday at 6pm", errors.DateUnsure), ("3/12 18:00", errors.DateUnsure),
        ("Thu Fri 18:00", errors.SaidTwice), ("tomorrow 3 Dec 18:00", errors.SaidTwice),
        ("Wed 2026-12-03 18:00", errors.WeekdayWrong), ("2026-02-30 18:00", errors.DateImpossible),
        ("today 13:00", errors.TimePast), ("2026-11-29 18:00", errors.DatePast), ("2035-01-01 18:00", errors.DateTooFar),
        ("in 2000 days 18:00", errors.DateTooFar), ("tomorrow 25:00", errors.TimeImpossible), ("yesterday 10:00", errors.MomentUnclear),
        ("every Thu 18:00", errors.MomentUnclear), ("Thu 18:00 20:00", errors.TwoTimes), ("Thu 18:00 UTC+1", errors.ZoneIsOffset),
    ],
)  # fmt: skip
def test_one_question_is_asked(said: str, question: type[WhenUnread]) -> None:
    with pytest.raises(WhenUnread) as asked:
        moment(said)
    assert type(asked.value) is question


def test_next_names_this_weeks_day_or_the_one_after() -> None:
    with pytest.raises(errors.DateUnsure) as asked:
        moment("next Wednesday 18:00")
    assert asked.value.readings == (date(2026, 12, 2), date(2026, 12, 9))


def test_the_sessions_own_day_and_time_hold_when_not_said() -> None:
    assert moment("18:30", day=date(2026, 12, 8)) == "2026-12-08 18:30"
    assert moment("Friday", at=time(17)) == "2026-12-04 17:00"
    assert moment("Fri 19h", day=date(2026, 12, 8), at=time(17)) == "2026-12-04 19:00"
    with pytest.raises(errors.TimePast):
        moment("12:00", day=date(2026, 11, 30))


def test_days_are_counted_in_the_zone_that_is_said() -> None:
    late = MONDAY.replace(hour=23, minute=30)  # Tuesday in Tokyo
    wall = read_moment("today 18:00 Tokyo", ZONES, "UTC", late)
    assert wall.isoformat(" ") == "2026-12-01 09:00:00"


def test_a_doubled_time_means_the_first() -> None:
    # Told in another zone: the clocks of Berlin go back at 03:00 on 31 October 2027.
    wall = read_moment("2027-10-31 02:30 Berlin", ZONES, "UTC", MONDAY)
    assert wall.isoformat(" ") == "2027-10-31 00:30:00"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # 02:30 does not exist in Berlin that night: the first time that does is 03:00 there.
        ("2027-03-28 02:30 Berlin", datetime.fromisoformat("2027-03-28T01:00")),
        # 02:30 comes twice: the first is meant.
        ("2027-10-31 02:30 Berlin", datetime.fromisoformat("2027-10-31T00:30")),
    ],
)
def test_a_time_that_clocks_elsewhere_skip_or_double_is_the_one_a_session_would_have(
    said: str, expected: datetime
) -> None:
    assert read_moment(said, ZONES, "UTC", MONDAY) == expected
