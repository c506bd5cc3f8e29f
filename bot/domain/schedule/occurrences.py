"""The sessions of a series in time: the days of its rule, at its wall-clock time, as changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.schedule.dates import FIRST_DAY, dates, has_date
from bot.domain.schedule.errors import SessionUnknown
from bot.domain.schedule.instants import instant_of
from bot.domain.schedule.series import Change, Moved, Occurrence, Series, Skipped

# How far the date of an instant can differ between a zone and UTC, a gap of a whole day included.
_ANY_ZONE = timedelta(days=3)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def occurrences(
    series: Series,
    changes: Mapping[date, Change],
    *,
    since: datetime = _LONG_AGO,
    before: datetime | None = None,
    limit: int | None = None,
) -> tuple[Occurrence, ...]:
    """The sessions that start at or after ``since`` and before ``before``, at most ``limit``.

    They are ordered by when they start; a moved one stands where it was moved to, and a skipped
    one, marked as such, where it would have been. Without ``before`` and ``limit`` a series
    without an end has thousands. A change for a day that the rule does not know is passed over.
    """
    later = upcoming(series, changes, since)
    if before is not None:
        later = _until(later, before)
    return tuple(islice(later, limit))


def upcoming(
    series: Series, changes: Mapping[date, Change], since: datetime = _LONG_AGO
) -> Iterator[Occurrence]:
    """The sessions that start at or after ``since``, in their order, one at a time."""
    first = max(FIRST_DAY, since.date() - _ANY_ZONE) if since > _LONG_AGO else FIRST_DAY
    moved = {day: change for day, change in changes.items() if isinstance(change, Moved)}
    zone = ZoneInfo(series.zone)
    by_rule = (
        _occurrence(series, zone, day, changes.get(day))
        for day in dates(series, first)
        if day not in moved
    )
    elsewhere = sorted(
        (
            _occurrence(series, zone, day, change)
            for day, change in moved.items()
            if change.to.date() >= first and has_date(series, day)
        ),
        key=order_of,
    )
    return (found for found in merge(by_rule, elsewhere, key=order_of) if found.starts >= since)


def occurrence_on(series: Series, changes: Mapping[date, Change], original: date) -> Occurrence:
    """The session of an original day. Raises SessionUnknown."""
    if not has_date(series, original):
        raise SessionUnknown(original)
    return _occurrence(series, ZoneInfo(series.zone), original, changes.get(original))


def _occurrence(
    series: Series, zone: ZoneInfo, original: date, change: Change | None
) -> Occurrence:
    wall = datetime.combine(original, series.recurrence.at)
    if isinstance(change, Moved):
        wall = change.to
    starts, remark = instant_of(wall, zone)
    return Occurrence(
        original,
        wall,
        starts,
        remark,
        is_moved=isinstance(change, Moved),
        is_skipped=isinstance(change, Skipped),
    )


def order_of(found: Occurrence) -> tuple[datetime, date]:
    """Sessions stand in the order in which they start."""
    return (found.starts, found.original)


def _until(found: Iterable[Occurrence], before: datetime) -> Iterator[Occurrence]:
    for occurrence in found:
        if occurrence.starts >= before:
            return
        yield occurrence
