"""What a club's calendar file is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.domain.schedule import Occurrence, Series


@dataclass(frozen=True, slots=True)
class SessionText:
    """What one session says of itself. ``url`` leads to its thread."""

    title: str
    description: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarSegment:
    """One series of a club, between two changes of its rule.

    ``key`` tells it from the club's other series and never changes. ``occurrences`` are all its
    sessions from the first to the original day the file covers, wherever they were moved to, and
    those that are skipped; days of the rule that are not among them have none (a break, a pause).
    ``texts`` are what single ones say, under their original dates. ``sequence`` grows with every
    change, ``changed_at`` (aware) is when the last one was made.
    """

    key: str
    series: Series
    length: timedelta
    place: str
    sequence: int
    changed_at: datetime
    occurrences: tuple[Occurrence, ...]
    texts: Mapping[date, SessionText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClubCalendar:
    """A club as a calendar file. ``deployment`` is the identity of this installation's database.

    ``covers`` is the last original day for which ``occurrences`` are given; ``alarms`` are times
    before the start of each session. ``reminder`` is what an alarm says.
    """

    deployment: UUID
    club_id: int
    name: str
    description: str
    segments: tuple[CalendarSegment, ...]
    covers: date
    reminder: str
    alarms: tuple[timedelta, ...] = (timedelta(hours=1),)
