"""Clubs with series, changes and texts, expanded here from the rule as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.schedule import (
    Break,
    Change,
    Moved,
    Occurrence,
    Recurrence,
    Remark,
    Series,
    Skipped,
)
from bot.exchange.calendar import CalendarSegment, ClubCalendar, SessionText

DEPLOYMENT = UUID("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
CHANGED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Sydney", "America/Vancouver", "UTC",
    "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Asia/Kolkata", "Europe/Dublin",
    "Asia/Jerusalem", "Africa/Cairo", "America/Santiago", "Pacific/Chatham", "Zulu",
)  # fmt: skip


def rule_days(series: Series, through: date) -> list[date]:
    """The days a series meets on, found by looking at every day of the calendar."""
    rule = series.recurrence
    days: list[date] = []
    day = series.start
    while day <= min(through, series.until or date.max):
        in_break = any(one.first <= day <= one.last for one in series.breaks)
        if _falls_on(day, rule, series.start) and not in_break:
            days.append(day)
        day += timedelta(days=1)
    return days if series.count is None else days[: series.count]


def _falls_on(day: date, rule: Recurrence, start: date) -> bool:
    if day.weekday() not in rule.weekdays:
        return False
    if not rule.ordinals:
        monday, first = (d - timedelta(days=d.weekday()) for d in (day, start))
        return (monday - first).days // 7 % rule.every == 0
    months = (day.year - start.year) * 12 + day.month - start.month
    is_last = (day + timedelta(weeks=1)).month != day.month
    is_meant = (day.day - 1) // 7 + 1 in rule.ordinals or (is_last and -1 in rule.ordinals)
    return is_meant and months % rule.every == 0


def resolved(wall: datetime, zone: str) -> tuple[datetime, Remark | None]:
    """The instant of a wall-clock time: the first valid one in a gap, the first of two."""
    tz = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first < second:
        return first, Remark.FOLD
    if first == second:
        return first, None
    at = second
    while at.astimezone(tz).replace(tzinfo=None) < wall:
        at += timedelta(minutes=1)
    return at, Remark.GAP


def occurrences(
    series: Series, changes: Mapping[date, Change], through: date
) -> tuple[Occurrence, ...]:
    made = []
    for day in rule_days(series, through):
        change = changes.get(day)
        moved = isinstance(change, Moved)
        wall = (
            change.to if isinstance(change, Moved) else datetime.combine(day, series.recurrence.at)
        )
        starts, remark = resolved(wall, series.zone)
        made.append(
            Occurrence(day, wall, starts, remark, moved, is_skipped=isinstance(change, Skipped))
        )
    return tuple(made)


def segment(
    series: Series,
    changes: Mapping[date, Change] | None = None,
    texts: Mapping[date, SessionText] | None = None,
    through: date = date(2027, 3, 31),
    **given: Any,
) -> CalendarSegment:
    values: dict[str, Any] = {
        "key": "1",
        "series": series,
        "length": HOUR,
        "place": "Reading room",
        "sequence": 0,
        "changed_at": CHANGED,
        "occurrences": occurrences(series, changes or {}, through),
        "texts": texts or {},
    }
    return CalendarSegment(**{**values, **given})


def club(
    *segments: CalendarSegment, covers: date = date(2027, 3, 31), **given: Any
) -> ClubCalendar:
    values: dict[str, Any] = {
        "deployment": DEPLOYMENT,
        "club_id": 7,
        "name": "Theories",
        "description": "We read a theory of machine learning.",
        "segments": segments,
        "covers": covers,
        "reminder": "Theories begins in an hour",
    }
    return ClubCalendar(**{**values, **given})


def weekly(zone: str = "Europe/Berlin", **given: Any) -> Series:
    values: dict[str, Any] = {
        "recurrence": Recurrence((1,), time(18, 0)),
        "zone": zone,
        "start": date(2026, 3, 3),
    }
    return Series(**{**values, **given})


_DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
_TIMES = st.sampled_from(
    [time(18, 0), time(0, 0), time(0, 30), time(1, 30), time(2, 0), time(2, 15), time(2, 30)]
)
_RULES = st.builds(
    Recurrence,
    st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True).map(
        lambda d: tuple(sorted(d))
    ),
    _TIMES,
    st.integers(1, 3),
    st.just(()) | st.sampled_from([(1,), (2, 4), (-1,), (1, -1)]),
)
_BREAKS = st.builds(
    lambda first, days: Break(first, first + timedelta(days=days)), _DAYS, st.integers(0, 60)
)


@st.composite
def series(draw: st.DrawFn) -> Series:
    start = draw(_DAYS)
    until = draw(st.none() | st.integers(0, 400).map(lambda days: start + timedelta(days=days)))
    count = draw(st.none() | st.integers(1, 30))
    return Series(
        draw(_RULES),
        draw(st.sampled_from(ZONES)),
        start,
        until,
        count,
        tuple(draw(st.lists(_BREAKS, max_size=3))),
    )


@st.composite
def segments(draw: st.DrawFn, through: date) -> CalendarSegment:
    """A series with some sessions skipped, moved, or with a text of their own."""
    drawn = draw(series())
    days = rule_days(drawn, through)
    some = st.lists(st.sampled_from(days), max_size=4, unique=True) if days else st.just([])
    changes: dict[date, Change] = {}
    for day in draw(some):
        shift = draw(st.none() | st.integers(-3, 3))
        at = draw(_TIMES)
        to = None if shift is None else datetime.combine(day + timedelta(days=shift), at)
        changes[day] = Skipped() if to is None else Moved(to)
    texts = {day: SessionText(f"Session of {day}") for day in draw(some)}
    return segment(drawn, changes, texts, through)
