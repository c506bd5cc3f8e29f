"""A timetable as calendars outside know it, which have no word for a pause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.schedule.occurrences import occurrences
from bot.domain.schedule.series import Occurrence, Series
from bot.domain.schedule.timetable import Timetable


@dataclass(frozen=True, slots=True)
class PublishedSeries:
    """A series, its place among those of its timetable, and its sessions, as they start.

    Sessions within a pause are marked as skipped.
    """

    number: int
    series: Series
    sessions: tuple[Occurrence, ...]


def published(timetable: Timetable, covers: date) -> tuple[PublishedSeries, ...]:
    """The series of a timetable with all sessions whose original day is not after ``covers``.

    Where a club is paused until further notice, or has ended, its series end as well: a rule that
    went on would be shown for ever. One of which no session is left is not given.
    """
    return tuple(_published(timetable, covers))


def _published(timetable: Timetable, covers: date) -> Iterator[PublishedSeries]:
    stops = min((p.since for p in timetable.pauses if p.until is None), default=None)
    for number, series in enumerate(timetable.segments):
        sessions = _until(timetable, series, covers)
        if stops is None:
            yield PublishedSeries(number, series, _without_pauses(timetable, sessions))
            continue
        last = _last_before(stops, sessions)
        if last is not None:
            ended = replace(series, until=last)
            sessions = _until(timetable, series, last)
            yield PublishedSeries(number, ended, _without_pauses(timetable, sessions))


def _until(timetable: Timetable, series: Series, last: date) -> tuple[Occurrence, ...]:
    until = last if series.until is None else min(series.until, last)
    return occurrences(replace(series, until=until), timetable.changes)


def _last_before(stops: datetime, sessions: tuple[Occurrence, ...]) -> date | None:
    return max((one.original for one in sessions if one.starts < stops), default=None)


def _without_pauses(
    timetable: Timetable, sessions: tuple[Occurrence, ...]
) -> tuple[Occurrence, ...]:
    return tuple(
        one if timetable.takes_place(one) else replace(one, is_skipped=True) for one in sessions
    )
