"""A club's calendar file, read back by its library and expanded by another one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Event

from bot.domain.schedule import Break, Moved, Recurrence, Remark, Skipped
from bot.exchange.calendar import (
    CalendarSegment,
    ClubCalendar,
    SessionText,
    calendar_file,
    segment_uid,
)
from tests.exchange.calendar.clubs import (
    CHANGED,
    club,
    occurrences,
    resolved,
    segment,
    segments,
    weekly,
)

THROUGH = date(2027, 3, 31)
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


def events(file: bytes) -> list[Event]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


@given(segments(THROUGH))
@settings(max_examples=150, deadline=None)
def test_another_program_finds_the_very_sessions_of_the_club(one: CalendarSegment) -> None:
    made = club(one, covers=THROUGH)
    last = max((o.starts for o in one.occurrences), default=datetime.max.replace(tzinfo=UTC))
    found = [row for row in expanded(calendar_file(made)) if row[0] <= last]
    assert sorted(found) == [row for row in expected(made) if row[0] <= last]


@given(segments(THROUGH), segments(THROUGH))
@settings(max_examples=20, deadline=None)
def test_the_same_club_gives_the_same_bytes(one: CalendarSegment, other: CalendarSegment) -> None:
    assert calendar_file(club(one, other)) == calendar_file(club(one, other))
