"""When a club meets, as a whole: one series after another, changes to sessions, and pauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import chain, islice
from zoneinfo import ZoneInfo

from bot.domain.schedule.dates import FIRST_DAY, dates, has_date
from bot.domain.schedule.errors import (
    MovesIntoPast,
    MovesTooFar,
    SessionOver,
    SessionsCollide,
    SessionUnknown,
    TimeUnclear,
)
from bot.domain.schedule.instants import wall_at
from bot.domain.schedule.occurrences import occurrence_on, order_of, upcoming
from bot.domain.schedule.series import Change, Moved, Occurrence, Series, Skipped

# How far from its original day a session may be moved, in days.
FARTHEST_MOVE = 92

_DAY = timedelta(days=1)
_BEGINNING = datetime.combine(FIRST_DAY, datetime.min.time(), UTC)


@dataclass(frozen=True, slots=True)
class Pause:
    """A club does not meet from ``since`` until just before ``until``; None: until further notice.

    Sessions that would start meanwhile do not take place. Unlike those in a break they count.
    """

    since: datetime
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether the club is paused at this moment."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Series that follow each other: each ends before the day on which the next one starts.

    ``changes`` stand under the original local day of their session, which no two sessions share.
    ``length`` is how long a session lasts: no two may overlap.
    """

    segments: tuple[Series, ...]
    changes: Mapping[date, Change] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    length: timedelta = timedelta(hours=1)

    def sessions(
        self,
        since: datetime = _BEGINNING,
        before: datetime | None = None,
        limit: int | None = None,
    ) -> tuple[Occurrence, ...]:
        """The sessions from ``since`` to just before ``before``, at most ``limit``, as they start.

        Skipped ones are among them, marked; those that fall into a pause are not. Without a bound
        there may be thousands.
        """
        return tuple(islice(self._outside_pauses(since, before), limit))

    def next_session(self, now: datetime) -> Occurrence | None:
        """The first session that takes place at or after this moment; None without one."""
        return next(iter(self.taking_place(now, 1)), None)

    def taking_place(self, since: datetime, limit: int) -> tuple[Occurrence, ...]:
        """The first ``limit`` sessions that take place from ``since`` on."""
        held = (s for s in self._outside_pauses(since, None) if not s.is_skipped)
        return tuple(islice(held, limit))

    def session_on(self, original: date) -> Occurrence:
        """The session of an original day, skipped or in a pause too. Raises SessionUnknown."""
        return occurrence_on(self.series_on(original), self.changes, original)

    def series_on(self, original: date) -> Series:
        """The series in force on an original day. Raises SessionUnknown when it has none."""
        for series in self.segments:
            if has_date(series, original):
                return series
        raise SessionUnknown(original)

    def takes_place(self, session: Occurrence) -> bool:
        """Whether the session is neither skipped nor within a pause."""
        return not session.is_skipped and not self._is_paused(session.starts)

    def require_open(self, original: date, now: datetime) -> Occurrence:
        """A session that may still be changed. Raises SessionUnknown, SessionOver."""
        session = self.session_on(original)
        if session.starts <= now:
            raise SessionOver(original)
        return session

    def skip(self, original: date, now: datetime) -> Timetable:
        """The session does not take place. Raises SessionUnknown, SessionOver."""
        self.require_open(original, now)
        return self._with(original, Skipped())

    def unskip(self, original: date, now: datetime) -> Timetable:
        """A skipped session takes place after all, as the rule has it; another one stays as it is.

        Raises SessionUnknown, SessionOver, and SessionsCollide when its time was given away.
        """
        session = self.require_open(original, now)
        if not session.is_skipped:
            return self
        return self._without_collision(original, None)

    def move(self, original: date, to: datetime, now: datetime) -> Timetable:
        """The session takes place at another wall-clock time, in the zone of its series.

        Moved to where the rule has it, it is not moved any more; a skipped one takes place again.
        Raises SessionUnknown, SessionOver, TimeUnclear, MovesTooFar, MovesIntoPast,
        SessionsCollide.
        """
        self.require_open(original, now)
        if to.tzinfo is not None or to.second or to.microsecond:
            raise TimeUnclear
        if abs(to.date() - original) > timedelta(days=FARTHEST_MOVE):
            raise MovesTooFar(FARTHEST_MOVE)
        by_rule = datetime.combine(original, self.series_on(original).recurrence.at)
        changed = self._without_collision(original, None if to == by_rule else Moved(to))
        if changed.session_on(original).starts <= now:
            raise MovesIntoPast
        return changed

    def put_back(self, original: date, change: Change | None, now: datetime) -> Timetable:
        """The session is as it was before: as ``change`` has it, or by the rule without one.

        Raises SessionUnknown, SessionOver, MovesIntoPast, SessionsCollide.
        """
        self.require_open(original, now)
        if isinstance(change, Skipped):
            return self._with(original, change)
        changed = self._without_collision(original, change)
        if changed.session_on(original).starts <= now:
            raise MovesIntoPast
        return changed

    def days(self, since: date = FIRST_DAY) -> Iterator[date]:
        """The original days of all sessions from ``since`` on, in order."""
        return chain.from_iterable(dates(series, since) for series in self.segments)

    def is_over(self, now: datetime) -> bool:
        """Whether no session will take place any more, however long one waits."""
        return self.next_session(now) is None and not self._is_paused_until_further_notice()

    def local_day(self, now: datetime) -> date:
        """The day it is where the club meets."""
        return wall_at(now, ZoneInfo(self.segments[-1].zone)).date()

    def require_no_collision(self, original: date) -> None:
        """Raises SessionsCollide when the session overlaps another one that takes place."""
        session = self.session_on(original)
        near = self._all(session.starts - self.length)
        for other in near:
            if other.starts >= session.starts + self.length:
                return
            if (
                other.original != original
                and not other.is_skipped
                and other.starts > session.starts - self.length
            ):
                raise SessionsCollide(other.original, other.starts)

    def _without_collision(self, original: date, change: Change | None) -> Timetable:
        changed = self._with(original, change)
        changed.require_no_collision(original)
        return changed

    def _with(self, original: date, change: Change | None) -> Timetable:
        changes = {day: kept for day, kept in self.changes.items() if day != original}
        if change is not None:
            changes[original] = change
        return replace(self, changes=changes)

    def _all(self, since: datetime) -> Iterator[Occurrence]:
        each = (upcoming(series, self.changes, since) for series in self.segments)
        return merge(*each, key=order_of)

    def _outside_pauses(self, since: datetime, before: datetime | None) -> Iterator[Occurrence]:
        # Past the begin of a pause without an end there is nothing to look for.
        ends = [before, *(pause.since for pause in self.pauses if pause.until is None)]
        end = min((moment for moment in ends if moment is not None), default=None)
        for session in self._all(since):
            if end is not None and session.starts >= end:
                return
            if not self._is_paused(session.starts):
                yield session

    def _is_paused(self, moment: datetime) -> bool:
        return any(pause.covers(moment) for pause in self.pauses)

    def _is_paused_until_further_notice(self) -> bool:
        return any(pause.until is None for pause in self.pauses)
