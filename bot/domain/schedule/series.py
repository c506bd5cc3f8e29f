"""A series of sessions as people say it, and what may change about single ones (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The rule of a series.

    ``weekdays`` are strictly increasing from 0, Monday; never empty. ``at`` is wall-clock time to
    the minute, without a zone. ``every`` counts weeks, or months when there are ``ordinals``:
    1 to 4, or -1 for the last, each taken with each weekday ("first and third Monday").
    """

    weekdays: tuple[int, ...]
    at: time
    every: int = 1
    ordinals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Break:
    """Days on which a series does not meet, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Series:
    """A recurrence in a zone, from the first day it may meet on.

    It ends after ``until`` (the last day it may meet on) or after ``count`` sessions, or neither.
    Sessions that fall into a break do not take place and are not counted.
    """

    recurrence: Recurrence
    zone: str
    start: date
    until: date | None = None
    count: int | None = None
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """One session that does not take place."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One session that takes place at another wall-clock time in the zone of its series."""

    to: datetime


Change = Skipped | Moved
"""What differs about one session, kept under its original local date (RECURRENCE-ID)."""


class Remark(Enum):
    """What is to be said about a wall-clock time on the day of a clock change."""

    GAP = "gap"
    """It does not exist: the session begins at the first instant that does."""
    FOLD = "fold"
    """It comes twice: the first is meant."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One session of a series. ``original`` is the local date of the rule, whatever changed since.

    ``wall`` is the wall-clock time that was meant (naive), ``starts`` the instant (aware, UTC).
    """

    original: date
    wall: datetime
    starts: datetime
    remark: Remark | None = None
    is_moved: bool = False
    is_skipped: bool = False
