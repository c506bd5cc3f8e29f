"""A series is read as people write it; what can be meant in two ways is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.schedule.reading import When, WhenUnread, errors, read_when
from bot.domain.schedule.series import Break, Recurrence, Series
from bot.domain.zones import ZoneUnclear, ZoneUnknown
from tests.domain.schedule.reading.places import BERLIN, MONDAY, ZONES

TUESDAY, THURSDAY = 1, 3


def when(said: str, usual: str | None = BERLIN, now: datetime = MONDAY) -> When:
    return read_when(said, ZONES, usual, now)


def series(said: str) -> Series:
    return when(said).series


def rule(said: str) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    recurrence = series(f"{said} 18:00").recurrence
    assert recurrence.at == time(18)
    return recurrence.weekdays, recurrence.every, recurrence.ordinals


def asked(said: str, usual: str | None = BERLIN) -> WhenUnread:
    with pytest.raises(WhenUnread) as question:
        when(said, usual)
    return question.value


@pytest.mark.parametrize(
    ("said", "recurrence", "zone"),
    [
        ("Tuesdays 18:00 Europe/Berlin", Recurrence((1,), time(18)), "Europe/Berlin"),
        ("every 2 weeks on Thu at 7pm New York", Recurrence((3,), time(19), 2), "America/New_York"),
        ("first Monday monthly 20:30 UTC", Recurrence((0,), time(20, 30), 1, (1,)), "UTC"),
        ("Wed 18h", Recurrence((2,), time(18)), BERLIN),
        ("Europe/Berlin, 18:00, TUESDAYS!", Recurrence((1,), time(18)), "Europe/Berlin"),
        ("We meet each Tuesday at 6 in the evening, London time", Recurrence((1,), time(18)), "Europe/London"),
        ("montags 18 Uhr", Recurrence((0,), time(18)), BERLIN),
        ("jeudi 19h30 Paris", Recurrence((3,), time(19, 30)), "Europe/Paris"),
    ],
)  # fmt: skip
def test_a_sentence_is_read_whole(said: str, recurrence: Recurrence, zone: str) -> None:
    assert (series(said).recurrence, series(said).zone) == (recurrence, zone)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Tuesdays", ((1,), 1, ())), ("tue", ((1,), 1, ())), ("Thurs", ((3,), 1, ())),
        ("Tue and Thu", ((1, 3), 1, ())), ("Thu & Tue", ((1, 3), 1, ())), ("Mon/Wed/Fri", ((0, 2, 4), 1, ())),
        ("Mon, Wed and Fri", ((0, 2, 4), 1, ())), ("Tue Tue", ((1,), 1, ())), ("weekly on Tue", ((1,), 1, ())),
        ("Mon-Fri", ((0, 1, 2, 3, 4), 1, ())), ("Fri to Mon", ((0, 4, 5, 6), 1, ())),
        ("weekdays", ((0, 1, 2, 3, 4), 1, ())), ("every weekend", ((5, 6), 1, ())), ("daily", (tuple(range(7)), 1, ())),
        ("every day", (tuple(range(7)), 1, ())), ("every other Tue", ((1,), 2, ())), ("alternate Tuesdays", ((1,), 2, ())), ("once every two weeks on Tue", ((1,), 2, ())),
        ("every other week on Tue", ((1,), 2, ())), ("biweekly Tue", ((1,), 2, ())), ("fortnightly on Tue", ((1,), 2, ())),
        ("bi-weekly on Tue", ((1,), 2, ())), ("every three weeks on Tue", ((1,), 3, ())),
        ("every third week, Tue", ((1,), 3, ())), ("Tue every 2nd week", ((1,), 2, ())), ("once a week on Tue", ((1,), 1, ())),
        ("twice a week, Tue and Thu", ((1, 3), 1, ())),
        ("last Friday", ((4,), 1, (-1,))), ("1st and 3rd Tue", ((1,), 1, (1, 3))), ("last and first Tue", ((1,), 1, (1, -1))),
        ("the second Tuesday of every month", ((1,), 1, (2,))), ("every second Tuesday of the month", ((1,), 1, (2,))),
        ("every first Tuesday", ((1,), 1, (1,))), ("every last Tuesday", ((1,), 1, (-1,))),
        ("first Monday and first Thursday", ((0, 3), 1, (1,))), ("first Tue and third Tue", ((1,), 1, (1, 3))),
        ("every 3 months on the first Wed", ((2,), 3, (1,))), ("every other month on the last Wed", ((2,), 2, (-1,))),
        ("quarterly, first Wed", ((2,), 3, (1,))), ("once a month on the first Wed", ((2,), 1, (1,))),
        ("twice a month: 2nd and 4th Wed", ((2,), 1, (2, 4))), ("bimonthly, first Wed", ((2,), 2, (1,))),
        ("bimonthly, first and third Wed", ((2,), 1, (1, 3))), ("every month on the fourth Wed", ((2,), 1, (4,))),
    ],
)  # fmt: skip
def test_days_and_rhythm(said: str, expected: object) -> None:
    assert rule(said) == expected


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("18:00", time(18)), ("18h", time(18)), ("18 h", time(18)), ("18:00h", time(18)), ("19h30", time(19, 30)),
        ("1930", time(19, 30)), ("0815", time(8, 15)), ("1930h", time(19, 30)), ("7pm", time(19)), ("7 pm", time(19)),
        ("7 p.m.", time(19)), ("7.30pm", time(19, 30)), ("7:30 PM", time(19, 30)), ("730pm", time(19, 30)),
        ("7am", time(7)), ("12am", time(0)), ("12pm", time(12)), ("noon", time(12)), ("midnight", time(0)),
        ("7:30", time(7, 30)), ("18.30", time(18, 30)), ("at 19", time(19)), ("at 0", time(0)), ("18:00:00", time(18)),
        ("at 7 in the evening", time(19)), ("evenings at 7", time(19)), ("at 8 in the morning", time(8)),
        ("at seven pm", time(19)), ("at 19.10", time(19, 10)), ("12 at night", time(12)), ("7h", time(7)),
        ("18:00 and 6pm", time(18)), ("19.10", time(19, 10)),
    ],
)  # fmt: skip
def test_times_of_day(said: str, at: time) -> None:
    assert series(f"Tuesdays {said}").recurrence.at == at


@pytest.mark.parametrize("said", ["7", "at 7", "at seven", "7 o'clock", "7 o’clock"])
def test_a_bare_hour_asks_for_the_half_of_the_day(said: str) -> None:
    question = asked(f"Tue {said}")
    assert isinstance(question, errors.TimeAmbiguous)
    assert question.readings == (time(7), time(19))


def test_a_bare_twelve_and_three_digits_ask_too() -> None:
    twelve, digits = asked("Tue at 12"), asked("Tue 730")
    assert isinstance(twelve, errors.TimeAmbiguous)
    assert twelve.readings == (time(0), time(12))
    assert isinstance(digits, errors.TimeAmbiguous)
    assert digits.readings == (time(7, 30), time(19, 30))


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("", errors.DayMissing), ("18:00", errors.DayMissing), ("weekly 18:00", errors.DayMissing),
        ("twice a week on Tue 18:00", errors.DayMissing),
        ("Tuesdays", errors.TimeMissing), ("Tuesday evening", errors.TimeMissing),
        ("monthly on Tue 18:00", errors.OrdinalMissing), ("every 2 months on Tue 18:00", errors.OrdinalMissing),
        ("fifth Friday 18:00", errors.OrdinalImpossible), ("the 15th of each month 18:00", errors.DayOfMonth),
        ("on the 1st, 18:00", errors.DayOfMonth), ("7th Tuesday 18:00", errors.DayOfMonth),
        ("first Monday and third Thursday 18:00", errors.TwoRhythms), ("Tuesdays and the first Wed 18:00", errors.TwoRhythms),
        ("weekly and monthly, first Tue 18:00", errors.TwoRhythms), ("first Monday every week 18:00", errors.TwoRhythms),
        ("biweekly on the first Tue 18:00", errors.TwoRhythms),
        ("every 0 weeks on Tue 18:00", errors.RhythmImpossible), ("every 53 weeks on Tue 18:00", errors.RhythmImpossible),
        ("every 13 months on the first Tue 18:00", errors.RhythmImpossible), ("yearly 18:00", errors.RhythmImpossible),
        ("every year on the first Tue 18:00", errors.RhythmImpossible),
        ("Tue 18:00 and 20:00", errors.TwoTimes), ("Tue 18:00-19:30", errors.TwoTimes), ("Tue 6-8pm", errors.TwoTimes), ("Tue 18:00 to 19:30", errors.TwoTimes),
        ("Tue 25:61", errors.TimeImpossible), ("Tue 24:00", errors.TimeImpossible), ("Tue 18:60", errors.TimeImpossible),
        ("Tue 13pm", errors.TimeImpossible), ("Tue 0am", errors.TimeImpossible), ("Tue at 99", errors.TimeImpossible),
        ("Tue 18:00 for 90 minutes", errors.LengthGiven), ("Tue 18:00 for 2h", errors.LengthGiven),
        ("Tue 18:00, 2 hours", errors.LengthGiven),
        ("Tue 18:00 Berlin, New York", errors.SaidTwice), ("Tue 18:00 from 1 Dec from 2 Dec", errors.SaidTwice),
        ("Tue 18:00 until 1 Jan, 10 sessions", errors.SaidTwice), ("Tue 18:00 for 8 weeks until May 1", errors.SaidTwice),
        ("Tue 18:00 from 3/4", errors.DateUnsure), ("Tue 18:00 until 03-04-2027", errors.DateUnsure),
        ("Tue 18:00 until March", errors.DateUnsure),
        ("Tue 18:00 from 30 February", errors.DateImpossible), ("Tue 18:00 until 2027-13-01", errors.DateImpossible),
        ("Tue 18:00 until 31 June", errors.DateImpossible), ("Tue 18:00 from 31/31", errors.DateImpossible),
        ("Tue 18:00 except 29-22 Dec", errors.DatesBackwards), ("Tue 18:00 except 40-20 Dec", errors.DateImpossible),
        ("Tue 18:00 until 31 Dec 9999", errors.DateTooFar), ("Tue 18:00 from 2032-01-01", errors.DateTooFar),
        ("Tue 18:00 from 1 Nov 2026", errors.DatePast), ("Tue 18:00 until 2020-01-01", errors.DatePast),
        ("Tue 18:00 from 1 March 2027 until 1 Feb 2027", errors.DatesBackwards),
        ("Tue 18:00, 0 sessions", errors.CountImpossible), ("Tue 18:00 for 1001 weeks", errors.CountImpossible),
        ("Tue 1 Dec 18:00", errors.DateLoose), ("next Tuesday 18:00", errors.DateUnsure),
        ("Tue 18:00 UTC+2", errors.ZoneIsOffset), ("Tue 18:00 GMT-5", errors.ZoneIsOffset), ("Tue 18:00+02:00", errors.ZoneIsOffset),
        ("every 2 days 18:00", errors.WordsUnclear), ("last weekday of the month 18:00", errors.WordsUnclear), ("Tue 18:00 until Christmas", errors.WordsUnclear), ("Tue 18:00 bananas", errors.WordsUnclear),
    ],
)  # fmt: skip
def test_one_question_is_asked(said: str, question: type[WhenUnread]) -> None:
    assert type(asked(said)) is question


@pytest.mark.parametrize(
    ("said", "readings"),
    [
        ("every second Tuesday", [((1,), 2, ()), ((1,), 1, (2,))]),
        ("every 3rd Tuesday", [((1,), 3, ()), ((1,), 1, (3,))]),
        ("biweekly Mon and Wed", [((0, 2), 1, ()), ((0, 2), 2, ())]),
        ("twice a month on Tue", [((1,), 1, (1, 3)), ((1,), 1, (2, 4)), ((1,), 2, ())]),
        ("twice a month on the first Tue", [((1,), 1, (1, 3)), ((1,), 1, (2, 4)), ((1,), 2, ())]),
        ("bimonthly on Tue", [((1,), 1, (1, 3)), ((1,), 2, (1,))]),
    ],
)  # fmt: skip
def test_a_rhythm_with_several_meanings_is_asked(said: str, readings: object) -> None:
    question = asked(f"{said} 18:00")
    assert isinstance(question, errors.RhythmUnclear)
    assert [(r.weekdays, r.every, r.ordinals) for r in question.readings] == readings


@pytest.mark.parametrize(
    ("said", "start", "until", "count"),
    [
        ("", date(2026, 11, 30), None, None),
        ("from 1 Dec", date(2026, 12, 1), None, None),
        ("starting December 3rd, 2026", date(2026, 12, 3), None, None),
        ("from 2026-12-03 until 2027-03-31", date(2026, 12, 3), date(2027, 3, 31), None),
        ("from 24.12. to 31.1.", date(2026, 12, 24), date(2027, 1, 31), None),
        ("from 24.12.2026", date(2026, 12, 24), None, None),
        ("until 30 Nov", date(2026, 11, 30), date(2026, 11, 30), None),
        ("until 24.12.26", date(2026, 11, 30), date(2026, 12, 24), None),
        ("from 13/1 until 5/13", date(2027, 1, 13), date(2027, 5, 13), None),
        ("from next week until end of March", date(2026, 12, 7), date(2027, 3, 31), None),
        ("from next month", date(2026, 12, 1), None, None),
        ("starting Thursday", date(2026, 12, 3), None, None),
        ("from tomorrow", date(2026, 12, 1), None, None),
        ("starting in 2 weeks", date(2026, 12, 14), None, None),
        ("from January", date(2027, 1, 1), None, None),
        ("until the 5th of March 2027", date(2026, 11, 30), date(2027, 3, 5), None),
        ("until end of February 2028", date(2026, 11, 30), date(2028, 2, 29), None),
        ("for 8 weeks", date(2026, 11, 30), date(2027, 1, 24), None),
        ("for 3 months from 1 Dec", date(2026, 12, 1), date(2027, 2, 28), None),
        ("for a year", date(2026, 11, 30), date(2027, 11, 29), None),
        ("10 sessions", date(2026, 11, 30), None, 10),
        ("for ten sessions", date(2026, 11, 30), None, 10),
        ("from 1 May until 1 March", date(2027, 5, 1), date(2028, 3, 1), None),
    ],
)
def test_begin_and_end(said: str, start: date, until: date | None, count: int | None) -> None:
    found = series(f"Tuesdays 18:00 {said}")
    assert (found.start, found.until, found.count) == (start, until, count)
    assert when(f"Tuesdays 18:00 {said}").is_start_said is (start != MONDAY.date())


@pytest.mark.parametrize(
    ("said", "breaks"),
    [
        ("except 22 Dec to 5 Jan", [(date(2026, 12, 22), date(2027, 1, 5))]),
        ("except 22-29 Dec", [(date(2026, 12, 22), date(2026, 12, 29))]),
        ("except 22 to 29 December", [(date(2026, 12, 22), date(2026, 12, 29))]),
        ("no session on 24 Dec and 31 Dec", [(date(2026, 12, 24),) * 2, (date(2026, 12, 31),) * 2]),
        ("but not between 22 Dec and 5 Jan", [(date(2026, 12, 22), date(2027, 1, 5))]),
        ("skip 5 Jan, 22-29 Dec", [(date(2026, 12, 22), date(2026, 12, 29)), (date(2027, 1, 5),) * 2]),
        ("without 24.12. - 6.1.", [(date(2026, 12, 24), date(2027, 1, 6))]),
    ],
)  # fmt: skip
def test_breaks(said: str, breaks: list[tuple[date, date]]) -> None:
    assert series(f"Tuesdays 18:00 {said}").breaks == tuple(Break(*days) for days in breaks)


def test_too_many_breaks_are_refused() -> None:
    days = ", ".join(f"{n} Jan" for n in range(1, 22))
    assert isinstance(asked(f"Tue 18:00 except {days}"), errors.CountImpossible)


def test_everything_at_once() -> None:
    found = when(
        "Every other Thursday at 19h30 in Ottawa, from 3 Dec until 31 May 2027, "
        "except 22 Dec to 5 Jan and 1 April"
    )
    assert found == When(
        Series(
            Recurrence((THURSDAY,), time(19, 30), 2),
            "America/Toronto",
            date(2026, 12, 3),
            date(2027, 5, 31),
            None,
            (
                Break(date(2026, 12, 22), date(2027, 1, 5)),
                Break(date(2027, 4, 1), date(2027, 4, 1)),
            ),
        ),
        is_zone_said=True,
        is_start_said=True,
    )


def test_a_series_begins_tomorrow_when_the_time_is_over_today() -> None:
    assert series("Mondays 12:59").start == date(2026, 12, 1)  # it is 13:00 in Berlin
    assert series("Mondays 13:00").start == date(2026, 12, 1)
    assert series("Mondays 13:01").start == date(2026, 11, 30)


def test_days_are_counted_in_the_zone_of_the_series() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # Tuesday in Tokyo, Monday in New York
    assert when("Tue 18:00 Tokyo from today", BERLIN, late).series.start == date(2026, 12, 1)
    assert when("Tue 18:00 New York from today", BERLIN, late).series.start == date(2026, 11, 30)


def test_the_usual_zone_holds_when_none_is_said() -> None:
    assert not when("Tue 18:00").is_zone_said
    assert when("Tue 18:00 London").is_zone_said
    assert isinstance(asked("Tue 18:00", usual=None), errors.ZoneMissing)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Ottawa", "America/Toronto"), ("Canberra", "Australia/Canberra"), ("Delhi", "Asia/Kolkata"),
        ("Washington, DC", "America/New_York"), ("Brasilia", "America/Sao_Paulo"), ("Beijing", "Asia/Shanghai"),
        ("in Germany", "Europe/Berlin"), ("Cambridge, UK", "Europe/London"), ("Cambridge, USA", "America/New_York"),
        ("eastern time", "America/New_York"), ("Z", "UTC"), ("UTC+0", "UTC"), ("the Hague", "Europe/Amsterdam"),
        ("San Francisco (PT)", "America/Los_Angeles"), ("JST", "Asia/Tokyo"), ("america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"),
        ("Port of Spain", "America/Port_of_Spain"), ("CEST", "Europe/Berlin"),
    ],
)  # fmt: skip
def test_zones_by_place_and_abbreviation(said: str, zone: str) -> None:
    assert when(f"Tue 18:00 {said}").series.zone == zone


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("CST", {"America/Chicago", "Asia/Shanghai", "America/Havana"}),
        ("IST", {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}),
        ("BST", {"Europe/London", "Asia/Dhaka", "Pacific/Bougainville"}),
        ("PT", {"America/Los_Angeles", "Europe/Lisbon"}),
        ("ET", {"America/New_York", "Africa/Addis_Ababa"}),
        ("AT", {"Atlantic/Bermuda", "Europe/Vienna"}),
        ("CET", {"Europe/Berlin", "Africa/Algiers"}),
        ("GMT", {"UTC", "Europe/London"}),
        ("Cambridge", {"America/New_York", "Europe/London"}),
        ("USA", {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"}),
    ],
)
def test_what_several_places_go_by_is_asked(said: str, places: set[str]) -> None:
    with pytest.raises(ZoneUnclear) as question:
        when(f"Tue 18:00 {said}", "Asia/Tokyo")
    assert places <= {place.name for place in question.value.places}
    assert question.value.said == said


def test_the_writers_own_zone_decides_among_several() -> None:
    assert when("Tue 18:00 CST", "America/Winnipeg").series.zone == "America/Winnipeg"
    assert when("Tue 18:00 CST", "Asia/Taipei").series.zone == "Asia/Taipei"


@pytest.mark.parametrize(
    ("said", "nearest"),
    [("Berln", "Europe/Berlin"), ("Otawa", "America/Toronto"), ("Europe/Munch", "Europe/Berlin")],
)
def test_an_unknown_zone_offers_the_nearest(said: str, nearest: str) -> None:
    with pytest.raises(ZoneUnknown) as refused:
        when(f"Tue 18:00 {said}")
    assert nearest in refused.value.nearest
    assert len(refused.value.nearest) <= 3


def test_of_two_times_the_unsure_one_is_in_the_half_of_the_other() -> None:
    question = asked("Tue 6-8pm")
    assert isinstance(question, errors.TwoTimes)
    assert (question.first, question.second) == (time(18), time(20))


def test_an_offset_names_places_that_have_it() -> None:
    question = asked("Tue 18:00 UTC+5:30")
    assert isinstance(question, errors.ZoneIsOffset)
    assert question.said == "UTC+5:30"
    assert "Asia/Kolkata" in {place.name for place in question.places}


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("UTC-5", "America/New_York"),
        ("Etc/GMT+5", "America/New_York"),
        ("gmt −5", "America/New_York"),
    ],
)
def test_an_offset_is_behind_as_people_mean_it(said: str, place: str) -> None:
    question = asked(f"Tue 18:00 {said}")
    assert isinstance(question, errors.ZoneIsOffset)
    assert place in {offer.name for offer in question.places}


def test_a_date_in_digits_may_be_day_and_month_or_month_and_day() -> None:
    question = asked("Tue 18:00 from 3/4")
    assert isinstance(question, errors.DateUnsure)
    assert question.readings == (date(2027, 4, 3), date(2027, 3, 4))


def test_a_sentence_of_just_the_limit_is_read() -> None:
    said = "Tuesdays 18:00".ljust(200, ".")
    assert series(said).recurrence.weekdays == (TUESDAY,)
    assert isinstance(asked(said + "."), errors.WordsTooLong)


def test_what_was_not_understood_is_named() -> None:
    question = asked("Tue 18:00 florp and glorp zeug")
    assert isinstance(question, errors.WordsUnclear)
    assert question.words == ("florp", "glorp zeug")
    assert question.meant is None


def test_a_misspelt_weekday_is_asked_about() -> None:
    question = asked("Teusday 18:00")
    assert isinstance(question, errors.WordsUnclear)
    assert question.meant == "tuesday"
