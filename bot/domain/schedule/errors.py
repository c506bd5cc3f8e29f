"""What can be wrong with a series, or with a change to one of its sessions."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.errors import ClubError


class WeekdaysUnclear(ClubError):
    """A series needs at least one weekday, each once and in the order of the week."""


class EveryOutOfRange(ClubError):
    """A series meets every so many weeks or months: no whole number within ``numbers``."""

    def __init__(self, numbers: range) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class OrdinalsUnclear(ClubError):
    """Within a month only the first to the fourth weekday and the last are there every time."""


class TimeUnclear(ClubError):
    """A session begins at a wall-clock time to the minute, without a zone of its own."""


class DayOutOfRange(ClubError):
    """A day lies before ``first`` or after ``last``."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first, last)
        self.first = first
        self.last = last


class EndsBeforeStart(ClubError):
    """A series, or a break, would end before it begins."""


class CountOutOfRange(ClubError):
    """The number of sessions is no whole number within ``numbers``."""

    def __init__(self, numbers: range) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class TooManyBreaks(ClubError):
    """A series has at most ``limit`` breaks."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class NeverMeets(ClubError):
    """No session would ever take place between the first and the last day."""


class SessionUnknown(ClubError):
    """The series has no session on that original day, ``original``."""

    def __init__(self, original: date) -> None:
        super().__init__(original)
        self.original = original


class SessionOver(ClubError):
    """The session has begun already: what was cannot be changed."""

    def __init__(self, original: date) -> None:
        super().__init__(original)
        self.original = original


class MovesIntoPast(ClubError):
    """The session would be moved to a moment that is over."""


class MovesTooFar(ClubError):
    """The session would be moved by more than ``days`` days."""

    def __init__(self, days: int) -> None:
        super().__init__(days)
        self.days = days


class SessionsCollide(ClubError):
    """Another session of the same club, that of ``original``, takes place then, at ``starts``."""

    def __init__(self, original: date, starts: datetime) -> None:
        super().__init__(original, starts)
        self.original = original
        self.starts = starts
