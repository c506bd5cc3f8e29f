"""A club's calendar file, read back by its library and expanded by another one."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from bot.domain.schedule import Break, Change, Moved, Recurrence, Remark, Skipped
from bot.exchange.calendar import (
    CalendarSegment,
    ClubCalendar,
    SessionText,
    calendar_file,
    segment_uid,
)
from tests.exchange.calendar.clubs import (
    CHANGED,
    HOUR,
    club,
    segment,
    segments,
    weekly,
)

THROUGH = date(2027, 3, 31)
WEDNESDAY = datetime.fromisoformat("2026-04-15T19:00")
GOLDEN = Path(__file__).parent / "club.ics"


def expanded(file: bytes, through: date = THROUGH) -> list[tuple[datetime, timedelta, str]]:
    """Every session in the file, as the second library reads it."""
    calendar = IcsCalendarStream.calendar_from_ics(file.decode())
    found = []
    for event in calendar.timeline_tz(UTC):
        # One that was moved may stand before the end and belong to a day after it.
        if event.start_datetime.date() > through + timedelta(days=7):
            break
        found.append((event.start_datetime, event.computed_duration, event.summary or ""))
    return found


def expected(made: ClubCalendar) -> list[tuple[datetime, timedelta, str]]:
    wanted = []
    for one in made.segments:
        for occurrence in one.occurrences:
            if not occurrence.is_skipped:
                text = one.texts.get(occurrence.original)
                wanted.append((occurrence.starts, one.length, text.title if text else made.name))
    return sorted(wanted)


def events(file: bytes) -> list[Any]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


@given(segments(THROUGH))
@settings(max_examples=60, deadline=None)
def test_another_program_finds_the_very_sessions_of_the_club(one: CalendarSegment) -> None:
    made = club(one)
    # A session near the end of what the file covers may have been moved across it.
    end = datetime.combine(THROUGH - timedelta(days=5), time(), UTC)
    found = [row for row in expanded(calendar_file(made)) if row[0] < end]
    assert sorted(found) == [row for row in expected(made) if row[0] < end]


@given(segments(THROUGH), segments(THROUGH))
@settings(max_examples=10, deadline=None)
def test_the_same_club_gives_the_same_bytes(one: CalendarSegment, other: CalendarSegment) -> None:
    assert calendar_file(club(one, other)) == calendar_file(club(one, other))


def test_both_clock_changes_keep_the_time_on_the_wall() -> None:
    found = [at for at, *_ in expanded(calendar_file(club(segment(weekly()))))]
    berlin = ZoneInfo("Europe/Berlin")
    assert {at.astimezone(berlin).time() for at in found} == {time(18, 0)}
    assert {at.time() for at in found} == {time(16, 0), time(17, 0)}


@pytest.mark.parametrize(
    ("at", "day", "starts", "remark"),
    [
        # 02:30 does not exist on 8 March, 01:30 comes twice on 1 November.
        (time(2, 30), date(2026, 3, 8), "2026-03-08T07:00+00:00", Remark.GAP),
        (time(1, 30), date(2026, 11, 1), "2026-11-01T05:30+00:00", Remark.FOLD),
    ],
)
def test_a_time_that_programs_would_misread_is_written_as_the_instant(
    at: time, day: date, starts: str, remark: Remark
) -> None:
    series = weekly("America/New_York", recurrence=Recurrence((6,), at), start=date(2026, 3, 1))
    made = segment(series, through=date(2026, 12, 31))
    assert {one.original: one.remark for one in made.occurrences}[day] is remark
    file = calendar_file(club(made))
    own = [event for event in events(file) if "RECURRENCE-ID" in event]
    assert [event.start for event in own] == [datetime.fromisoformat(starts)]
    assert datetime.fromisoformat(starts) in [at for at, *_ in expanded(file)]


def test_a_moved_session_and_one_with_a_text_keep_their_original_date() -> None:
    moved, told = date(2026, 4, 14), date(2026, 4, 21)
    text = SessionText("Sections 1 to 3", "Bring a doubt.", "https://discord.com/channels/1/2")
    made = segment(weekly(), {moved: Moved(WEDNESDAY)}, {told: text})
    first, second = (e for e in events(calendar_file(club(made))) if "RECURRENCE-ID" in e)
    assert first["RECURRENCE-ID"].dt.date() == moved
    assert first.start.isoformat() == "2026-04-15T19:00:00+02:00"
    assert second["RECURRENCE-ID"].dt.date() == told
    assert (second["SUMMARY"], second["DESCRIPTION"], second["URL"]) == (
        text.title, text.description, text.url,
    )  # fmt: skip


def test_a_moved_session_that_is_skipped_is_left_out() -> None:
    day = date(2026, 3, 17)
    made = segment(weekly(), {day: Skipped()}, {day: SessionText("Not held")})
    file = calendar_file(club(made))
    assert len(events(file)) == 1
    assert day not in {at.date() for at, *_ in expanded(file)}


def test_every_component_has_the_sequence_and_the_instant_of_the_last_change() -> None:
    made = segment(weekly(), {}, {date(2026, 3, 17): SessionText("Own")}, sequence=4)
    for event in events(calendar_file(club(made))):
        assert event["SEQUENCE"] == 4
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == CHANGED
        assert event["STATUS"] == "CONFIRMED"
        assert event["LOCATION"] == "Reading room"


def test_a_uid_belongs_to_one_series_of_one_club_of_one_installation() -> None:
    one, other = segment(weekly()), segment(weekly(), key="2")
    uids = {
        segment_uid(club(one), one),
        segment_uid(club(one), other),
        segment_uid(club(one, club_id=8), one),
        segment_uid(club(one, deployment=UUID(int=1)), one),
    }
    assert len(uids) == 4
    changed = segment(weekly(zone="UTC"), sequence=9)
    assert segment_uid(club(changed, name="Renamed"), changed) == segment_uid(club(one), one)


def test_each_alarm_rings_before_the_session() -> None:
    made = club(segment(weekly()), alarms=(timedelta(days=1), timedelta(minutes=15)))
    (event,) = events(calendar_file(made))
    alarms = event.walk("VALARM")
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [-timedelta(days=1), -timedelta(minutes=15)]
    assert {alarm["DESCRIPTION"] for alarm in alarms} == {made.reminder}


def test_two_series_of_a_club_stand_side_by_side() -> None:
    change = date(2026, 6, 2)
    before = segment(weekly(until=change - timedelta(days=1)))
    after = segment(weekly("America/New_York", start=change), key="2")
    made = club(before, after)
    file = calendar_file(made)
    assert expanded(file)[: len(expected(made))] == expected(made)
    assert file.count(b"BEGIN:VTIMEZONE") == 2


def test_a_series_that_never_meets_leaves_no_trace() -> None:
    tuesday = date(2026, 3, 3)
    for series in (
        weekly(until=tuesday - timedelta(days=1)),
        weekly(count=0),
        weekly(until=tuesday, breaks=(Break(tuesday, tuesday),)),
    ):
        assert b"VEVENT" not in calendar_file(club(segment(series)))


def test_a_pause_without_an_end_ends_the_rule_and_the_file_stays_small() -> None:
    for series in (weekly(), weekly(count=500), weekly(until=date(2199, 1, 1))):
        paused = replace(series, breaks=(Break(date(2026, 5, 1), date.max),))
        file = calendar_file(club(segment(paused)))
        assert b"UNTIL=20260428T160000Z" in file
        assert len(file) < 2000
        assert len(expanded(file)) == 9


def test_sessions_that_are_not_given_do_not_take_place_whatever_the_rule_says() -> None:
    whole = segment(weekly(until=date(2026, 5, 31)))
    gap = tuple(o for o in whole.occurrences if o.original.month != 4)
    made = club(replace(whole, occurrences=gap))
    assert expanded(calendar_file(made)) == expected(made)


@pytest.mark.parametrize("until", [None, date(2028, 6, 30)])
def test_a_break_that_begins_after_what_the_file_covers_ends_the_rule_before_it(
    until: date | None,
) -> None:
    # It begins on a Tuesday, on which the club would meet.
    later = weekly(until=until, breaks=(Break(date(2027, 8, 31), date(2027, 9, 30)),))
    found = expanded(calendar_file(club(segment(later))), date(2028, 12, 31))
    assert found[-1][0].date() == date(2027, 8, 24)


def test_a_count_that_is_reached_after_what_the_file_covers_still_ends_the_rule() -> None:
    pause = Break(date(2026, 8, 1), date(2026, 8, 31))
    found = expanded(
        calendar_file(club(segment(weekly(count=70, breaks=(pause,))))), date(2030, 1, 1)
    )
    assert len(found) == 70


def test_an_end_after_what_the_file_covers_is_the_end() -> None:
    found = expanded(calendar_file(club(segment(weekly(until=date(2028, 2, 1))))), date(2030, 1, 1))
    assert found[-1][0].date() == date(2028, 2, 1)


def test_a_session_that_was_moved_beyond_the_last_day_of_its_series_takes_place() -> None:
    last = date(2026, 3, 31)
    made = club(segment(weekly(until=last), {last: Moved(WEDNESDAY)}))
    assert expanded(calendar_file(made)) == expected(made)


def test_a_zone_is_right_from_the_first_series_that_has_it() -> None:
    old, new = (
        segment(weekly(until=date(2026, 12, 31))),
        segment(weekly(start=date(2027, 1, 5)), key="2"),
    )
    for order in ((old, new), (new, old)):
        file = calendar_file(club(*order))
        assert file.count(b"BEGIN:VTIMEZONE") == 1
        assert b"DTSTART:20260101T000000" in file


def test_the_times_of_utc_are_written_as_those_of_a_zone() -> None:
    day = date(2026, 3, 17)
    made = club(segment(weekly("UTC"), {}, {day: SessionText("Own")}))
    assert b"RECURRENCE-ID;TZID=Etc/UTC:20260317T180000\r\n" in calendar_file(made)
    assert (datetime(2026, 3, 17, 18, tzinfo=UTC), HOUR, "Theories") not in expanded(
        calendar_file(made)
    )


def test_a_zone_keeps_the_name_the_club_has_it_by() -> None:
    file = calendar_file(club(segment(weekly("Europe/Oslo"))))
    assert b"DTSTART;TZID=Europe/Oslo:" in file
    assert b"TZID:Europe/Oslo\r\n" in file


def test_a_rule_without_an_end_has_none_in_the_file() -> None:
    file = calendar_file(club(segment(weekly())))
    assert b"UNTIL" not in file
    assert b"COUNT" not in file
    assert len(expanded(file, date(2031, 12, 31))) > 300


HOSTILE = (
    "x\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT",
    "x\nEND:VCALENDAR", "x\rATTACH:http://evil", "x\u2028DTSTART:1", "x\x85y", "x\x0by\x00z",
    "a, b; c \\ d: \"e\" \\n f", "\u202egnp.exe", "\ud800", "ž" * 4000, "🦑" * 4000, " \t ",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    day = date(2026, 3, 17)
    made = club(
        segment(weekly(), {}, {day: SessionText(text, text)}, place=text),
        name=text, description=text, reminder=text,
    )  # fmt: skip
    file = calendar_file(made)
    assert all(len(row) <= 75 for row in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(file)
    assert not calendar.errors
    assert len(events(file)) == 2
    assert {str(event["UID"]) for event in events(file)} == {segment_uid(made, made.segments[0])}
    kinds = {component.name for component in calendar.walk()}
    assert kinds <= {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT", "VALARM"}
    assert {"ATTACH", "DTSTART:1"}.isdisjoint(key for event in events(file) for key in event)


@given(st.text(max_size=300))
@settings(max_examples=25, deadline=None)
def test_a_title_comes_back_as_one_line_of_what_can_be_seen(text: str) -> None:
    day = date(2026, 3, 17)
    file = calendar_file(club(segment(weekly(), {}, {day: SessionText(f"T {text}")})))
    title = str(events(file)[1]["SUMMARY"])
    assert len(title) <= 200
    assert not any(unicodedata.category(c)[0] == "C" or c in "\r\n\u2028" for c in title)
    seen = "".join(c for c in text if c.isprintable() and not c.isspace())
    assert title.endswith("…") or title.replace(" ", "") == f"T{seen}"


def test_lines_of_a_description_are_kept() -> None:
    made = club(segment(weekly()), description="One, two\r\n\n\n\nthree\u202e\n")
    (event,) = events(calendar_file(made))
    assert event["DESCRIPTION"] == "One, two\n\nthree"


def test_the_golden_file_of_one_club() -> None:
    series = weekly(
        recurrence=Recurrence((1,), time(18, 0), every=2),
        until=date(2026, 12, 31),
        breaks=(Break(date(2026, 8, 1), date(2026, 8, 31)),),
    )
    changes: dict[date, Change] = {
        date(2026, 3, 31): Skipped(),
        date(2026, 4, 14): Moved(WEDNESDAY),
    }
    texts = {date(2026, 3, 17): SessionText("Sections 1 to 3", "Presenter: Ann\nBring a doubt")}
    made = club(segment(series, changes, texts, sequence=2))
    assert calendar_file(made) == GOLDEN.read_bytes()
