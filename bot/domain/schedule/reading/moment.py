"""Reads what people write for one moment: "Thu 19:00", "tomorrow 18h", "2026-12-03 18:00"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule.instants import instant_of
from bot.domain.schedule.reading.calendar_days import within_reach
from bot.domain.schedule.reading.days import read_date
from bot.domain.schedule.reading.errors import (
    DayMissing,
    MomentUnclear,
    Part,
    SaidTwice,
    TimePast,
    WeekdayWrong,
)
from bot.domain.schedule.reading.sentence import Sentence
from bot.domain.schedule.reading.tokens import Cursor
from bot.domain.schedule.reading.vocabulary import WEEKDAYS
from bot.domain.zones import Zones


@dataclass(slots=True)
class _Draft:
    sentence: Sentence
    weekdays: set[int] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)


def read_moment(
    said: str,
    zones: Zones,
    zone: str,
    now: datetime,
    *,
    day: date | None = None,
    at: time | None = None,
) -> datetime:
    """The wall-clock time (naive, in ``zone``) that ``said`` means, seen from ``now`` (aware).

    A weekday is the coming one. ``day`` and ``at`` hold when no day or no time is said. A time
    said in another zone is that instant's wall-clock time in ``zone``; one that its clocks skip is
    the first there is after it, as everywhere. Raises WhenUnread,
    ZoneUnknown or ZoneUnclear.
    """
    here = now.astimezone(ZoneInfo(zone))
    sentence = _scanned(said, zones, zone, now, here.date()).sentence
    sentence.refuse_unread(MomentUnclear)
    elsewhere = sentence.zone()
    there = now.astimezone(ZoneInfo(elsewhere))
    draft = _scanned(said, zones, zone, now, there.date())
    clock = draft.sentence.time() if draft.sentence.clocks or at is None else at
    wall = datetime.combine(_day(draft, there, clock, day), clock)
    instant, _ = instant_of(wall, ZoneInfo(elsewhere))
    if instant <= now:
        raise TimePast(clock)
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if elsewhere != zone else wall


def _scanned(said: str, zones: Zones, zone: str, now: datetime, today: date) -> _Draft:
    cursor = Cursor(said)
    draft = _Draft(Sentence(cursor, zones, zone, now))
    while not cursor.is_done:
        if not (
            draft.sentence.take_long_name()
            or (not draft.sentence.is_after_at() and _take_day(cursor, draft, today))
            or draft.sentence.take_clock_or_zone()
        ):
            draft.sentence.leave()
    return draft


def _take_day(cursor: Cursor, draft: _Draft, today: date) -> bool:
    if cursor.text() == "tonight":
        draft.dates.add(today)  # and it says the part of the day, too
        return False
    if cursor.text(1) in WEEKDAYS:
        cursor.take("on")
    weekday = cursor.take_any(WEEKDAYS)
    if weekday is not None:
        draft.weekdays.add(weekday)
        return True
    found = read_date(cursor, today, is_loose=bool(draft.dates))
    if found is not None:
        draft.dates.add(found)
    return found is not None


def _day(draft: _Draft, there: datetime, clock: time, usual: date | None) -> date:
    """The day that was said. Raises DayMissing, SaidTwice, WeekdayWrong, DatePast, DateTooFar."""
    today = there.date()
    if len(draft.dates) > 1 or len(draft.weekdays) > 1:
        raise SaidTwice(Part.DAY)
    if draft.dates:
        day = within_reach(draft.dates.pop(), today)
        if draft.weekdays and day.weekday() not in draft.weekdays:
            raise WeekdayWrong(day)
        return day
    if draft.weekdays:
        ahead = (draft.weekdays.pop() - today.weekday()) % 7
        if ahead == 0 and there.time() >= clock:
            ahead = 7
        return today + timedelta(days=ahead)
    if usual is None:
        raise DayMissing
    return usual
