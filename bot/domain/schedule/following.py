"""Changing the rule of a club from one session on: what was stays, what comes is carried along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.domain.schedule.dates import FIRST_DAY, LAST_DAY, dates
from bot.domain.schedule.errors import (
    DayOutOfRange,
    MovesTooFar,
    SessionOver,
    SessionsCollide,
    SessionUnknown,
)
from bot.domain.schedule.instants import wall_at
from bot.domain.schedule.occurrences import upcoming
from bot.domain.schedule.series import Recurrence, Series, Skipped
from bot.domain.schedule.timetable import Timetable
from bot.domain.schedule.validity import require_valid

_DAY = timedelta(days=1)
# Two sessions of a rule are less far apart, breaks aside.
_LONGEST_INTERVAL = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Following:
    """A timetable ``before`` and ``after`` a new rule began to hold at the session ``original``."""

    original: date
    before: Timetable
    after: Timetable

    def carried(self, originals: Iterable[date]) -> dict[date, date | None]:
        """The new original day of each of these sessions: the k-th old one becomes the k-th new.

        Days before the change keep themselves. None: the new rule has no such session any more
        (it ends before), or the old one had none.
        """
        wanted = set(originals)
        mapping: dict[date, date | None] = dict.fromkeys(wanted)
        mapping.update((day, day) for day in wanted if day < self.original)
        last = max(wanted, default=FIRST_DAY)
        old = takewhile(lambda day: day <= last, self.before.days(self.original))
        new = dates(self.after.segments[-1])
        # Without strict: whichever ends first leaves the rest without a counterpart.
        mapping.update((day, to) for day, to in zip(old, new) if day in wanted)  # noqa: B905
        return mapping


def following(timetable: Timetable, original: date, series: Series, now: datetime) -> Following:
    """From the session ``original`` on the club meets by ``series``.

    What was there before keeps its rule; skipped and moved sessions stay so, the k-th old one as
    the k-th new. A moved one takes place when it was promised, unless another is held then now.
    Raises what ``require_valid`` does, SessionUnknown, SessionOver (also when a later session was
    moved ahead and has been), DayOutOfRange when the series starts before what is kept ends, and
    SessionsCollide with a session that was moved into its time.
    """
    require_valid(series)
    timetable.require_open(original, now)
    last_over = _last_over(timetable, now)
    if last_over is not None and last_over >= original:
        raise SessionOver(last_over)
    kept = {day: change for day, change in timetable.changes.items() if day < original}
    segments = (*_kept(timetable, original, series.start), series)
    changed = Following(original, timetable, replace(timetable, segments=segments, changes=kept))
    return replace(changed, after=_with_changes(changed, now))


def continued(
    timetable: Timetable, original: date, recurrence: Recurrence, zone: str, now: datetime
) -> Series:
    """The series that goes on from the session ``original`` with another rule, or in another zone.

    It begins in the same week, as early as it can: after the sessions before and after this
    moment. Breaks and the last day stay; of a number of sessions, what is left of it.
    Raises SessionUnknown.
    """
    timetable.series_on(original)
    # The last one knows how all of it ends; those before it were cut short by it.
    old = timetable.segments[-1]
    earliest = original - timedelta(days=original.weekday())
    last_kept = max(takewhile(lambda day: day < original, timetable.days()), default=None)
    if last_kept is not None:
        earliest = max(earliest, last_kept + _DAY)
    today = wall_at(now, ZoneInfo(zone)).date()
    series = replace(
        old,
        recurrence=recurrence,
        zone=zone,
        start=max(earliest, today),
        count=None if old.count is None else sum(1 for _ in timetable.days(original)),
    )
    first = next(upcoming(series, {}), None)
    if first is not None and first.starts <= now:
        series = replace(series, start=first.original + _DAY)
    return series


def next_original(timetable: Timetable, now: datetime) -> date | None:
    """From which session on a club can be changed as a whole: all later ones are still to come.

    None when there is none left.
    """
    last = _last_over(timetable, now)
    since = timetable.local_day(now) - _LONGEST_INTERVAL if last is None else last + _DAY
    return next(timetable.days(since), None)


def _last_over(timetable: Timetable, now: datetime) -> date | None:
    """The last original day of a session that has begun, of those of about a year."""
    today = timetable.local_day(now)
    lately = takewhile(lambda day: day <= today + _DAY, timetable.days(today - _LONGEST_INTERVAL))
    days = {*lately, *(day for day in timetable.changes if day > today)}
    return max((day for day in days if _is_over(timetable, day, now)), default=None)


def _is_over(timetable: Timetable, original: date, now: datetime) -> bool:
    try:
        return timetable.session_on(original).starts <= now
    except SessionUnknown:
        return False


def _kept(timetable: Timetable, original: date, start: date) -> tuple[Series, ...]:
    """The series before the change, ended before its first day and before the new one's."""
    last_kept = max(takewhile(lambda day: day < original, timetable.days()), default=FIRST_DAY)
    if start <= last_kept:
        raise DayOutOfRange(last_kept + _DAY, LAST_DAY)
    end = min(original, start) - _DAY
    kept = []
    for series in timetable.segments:
        if series.start > end:
            continue
        if series.until is not None and series.until <= end:
            kept.append(series)
        else:
            kept.append(replace(series, until=end))
    return tuple(kept)


def _with_changes(change: Following, now: datetime) -> Timetable:
    """The timetable after the change, with what was skipped and moved carried along."""
    old, after = change.before, change.after
    carried = {
        day: to
        for day, to in change.carried(old.changes).items()
        if to is not None and day >= change.original
    }
    skipped = {to: old.changes[day] for day, to in carried.items() if _is_skip(old, day)}
    after = replace(after, changes={**after.changes, **skipped})
    for day in sorted(after.changes):
        if day < change.original and after.session_on(day).starts > now - after.length:
            after.require_no_collision(day)
    for day, to in sorted(carried.items()):
        if not _is_skip(old, day):
            after = _moved_along(after, to, old.session_on(day).starts, now)
    return after


def _is_skip(timetable: Timetable, original: date) -> bool:
    return isinstance(timetable.changes[original], Skipped)


def _moved_along(
    timetable: Timetable, original: date, starts: datetime, now: datetime
) -> Timetable:
    """The session of the new rule at the instant it had been moved to, if that can be."""
    zone = ZoneInfo(timetable.series_on(original).zone)
    try:
        return timetable.move(original, wall_at(starts, zone), now)
    except (SessionsCollide, MovesTooFar):
        return timetable
