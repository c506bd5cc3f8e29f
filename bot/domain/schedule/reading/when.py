"""Reads what people write for a series: "every 2 weeks on Thu at 7pm New York until June"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule.reading.clauses import Frame, take_clause
from bot.domain.schedule.reading.days import read_date
from bot.domain.schedule.reading.errors import DateLoose
from bot.domain.schedule.reading.recurring import recurrence_of
from bot.domain.schedule.reading.rhythm import Rhythm, take_rhythm
from bot.domain.schedule.reading.sentence import Sentence
from bot.domain.schedule.reading.tokens import Cursor
from bot.domain.schedule.series import Series
from bot.domain.zones import UTC, Zones


@dataclass(frozen=True, slots=True)
class When:
    """A series as it was said. Unless said, it is in the writer's own zone and begins now."""

    series: Series
    is_zone_said: bool
    is_start_said: bool


@dataclass(slots=True)
class _Draft:
    sentence: Sentence
    rhythm: Rhythm = field(default_factory=Rhythm)
    frame: Frame = field(default_factory=Frame)
    loose: date | None = None


def read_when(said: str, zones: Zones, usual: str | None, now: datetime) -> When:
    """The series that ``said`` describes.

    ``usual`` is the writer's own zone, if known: it holds when no zone is said, and decides among
    several that go by one name. ``now`` is aware; dates without a year are the coming ones.
    Raises WhenUnread, ZoneUnknown or ZoneUnclear: one question at a time.
    """
    draft = _scanned(said, zones, usual, now, _today(now, usual or UTC))
    draft.sentence.refuse_unread()
    recurrence = recurrence_of(draft.rhythm)
    at = draft.sentence.time()
    zone = draft.sentence.zone()
    today = _today(now, zone)
    if today != _today(now, usual or UTC):
        # In the zone of the series it is another day already, or still.
        draft = _scanned(said, zones, usual, now, today)
    if draft.loose is not None:
        raise DateLoose(draft.loose)
    is_over = now.astimezone(ZoneInfo(zone)).time() >= at
    start = draft.frame.start or today + timedelta(days=is_over)
    series = Series(
        recurrence=replace(recurrence, at=at),
        zone=zone,
        start=start,
        until=draft.frame.last_day(start),
        count=draft.frame.count,
        breaks=tuple(sorted(draft.frame.breaks, key=lambda b: (b.first, b.last))),
    )
    return When(series, bool(draft.sentence.named), draft.frame.start is not None)


def _scanned(said: str, zones: Zones, usual: str | None, now: datetime, today: date) -> _Draft:
    cursor = Cursor(said)
    draft = _Draft(Sentence(cursor, zones, usual, now))
    while not cursor.is_done:
        if not (
            draft.sentence.take_long_name()
            or (not draft.sentence.is_after_at() and _take_days(cursor, draft, today))
            or draft.sentence.take_clock_or_zone()
        ):
            draft.sentence.leave()
    return draft


def _take_days(cursor: Cursor, draft: _Draft, today: date) -> bool:
    if take_clause(cursor, draft.frame, today) or take_rhythm(cursor, draft.rhythm):
        return True
    found = read_date(cursor, today, is_loose=True)
    if found is not None:
        draft.loose = found
    return found is not None


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
