"""What may be wrong with the words for a time: each error stands for one question or refusal.

Words of a member that an error carries stay out of what a traceback would show.
"""

from __future__ import annotations

from datetime import date, time
from enum import Enum

from bot.domain.errors import ClubError
from bot.domain.schedule.series import Recurrence
from bot.domain.zones import ZoneOffer


class WhenUnread(ClubError):
    """Base of everything that keeps words from being read as a time."""


class WordsTooLong(WhenUnread):
    """More than ``limit`` characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class WordsUnprintable(WhenUnread):
    """Characters that cannot be seen, or digits of another script."""


class WordsUnclear(WhenUnread):
    """These ``words`` mean nothing here; ``meant`` is a word that comes near the first of them."""

    def __init__(self, words: tuple[str, ...], meant: str | None = None) -> None:
        super().__init__(len(words))
        self.words = words
        self.meant = meant


class MomentUnclear(WordsUnclear):
    """The same where one moment was asked for, not a rhythm: other words would be understood."""


class DayMissing(WhenUnread):
    """No weekday is said, or for one moment no day."""


class DayOfMonth(WhenUnread):
    """A day of the month by number (``day``), where sessions fall on weekdays."""

    def __init__(self, day: int) -> None:
        super().__init__(day)
        self.day = day


class OrdinalMissing(WhenUnread):
    """Monthly, but on which of the ``weekdays`` of the month?"""

    def __init__(self, weekdays: tuple[int, ...]) -> None:
        super().__init__(weekdays)
        self.weekdays = weekdays


class OrdinalImpossible(WhenUnread):
    """Not every month has a fifth of this ``weekday``."""

    def __init__(self, weekday: int) -> None:
        super().__init__(weekday)
        self.weekday = weekday


class TwoRhythms(WhenUnread):
    """More than one series at once ("first Monday and third Thursday", "weekly and monthly")."""


class RhythmUnclear(WhenUnread):
    """The words fit several rhythms. The ``readings`` have no meaning in their time of day."""

    def __init__(self, readings: tuple[Recurrence, ...]) -> None:
        super().__init__(len(readings))
        self.readings = readings


class RhythmImpossible(WhenUnread):
    """Less often than once in ``limit`` weeks (or months, ``is_monthly``), or never."""

    def __init__(self, limit: int, *, is_monthly: bool) -> None:
        super().__init__(limit, is_monthly)
        self.limit = limit
        self.is_monthly = is_monthly


class TimeMissing(WhenUnread):
    """No time of day is said."""


class TimeAmbiguous(WhenUnread):
    """Before or after noon: two ``readings``."""

    def __init__(self, readings: tuple[time, time]) -> None:
        super().__init__(readings)
        self.readings = readings


class TwoTimes(WhenUnread):
    """Two times of day, ``first`` and ``second``."""

    def __init__(self, first: time, second: time) -> None:
        super().__init__(first, second)
        self.first = first
        self.second = second


class TimeImpossible(WhenUnread):
    """``said`` is written like a time of day and is none."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said


class LengthGiven(WhenUnread):
    """How long a session takes is said elsewhere."""


class DateUnsure(WhenUnread):
    """A date with two ``readings``."""

    def __init__(self, readings: tuple[date, date]) -> None:
        super().__init__(readings)
        self.readings = readings


class DateImpossible(WhenUnread):
    """``said`` is written like a date and is none of the calendar."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said


class DateTooFar(WhenUnread):
    """A date more than ``years`` ahead."""

    def __init__(self, years: int) -> None:
        super().__init__(years)
        self.years = years


class DatePast(WhenUnread):
    """``day`` is over."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class TimePast(WhenUnread):
    """The moment is over, though its day is not: ``at`` this time today."""

    def __init__(self, at: time) -> None:
        super().__init__(at)
        self.at = at


class DateLoose(WhenUnread):
    """``day`` is said, but not whether it is the first, the last, or one without a session."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class DatesBackwards(WhenUnread):
    """``last`` comes before ``first``."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first, last)
        self.first = first
        self.last = last


class WeekdayWrong(WhenUnread):
    """``day`` does not fall on the weekday that was said with it."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class Part(Enum):
    """What can be said once."""

    START = "start"
    END = "end"
    DAY = "day"
    ZONE = "zone"


class SaidTwice(WhenUnread):
    """One ``part`` is said twice, in ways that do not fit together."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self.part = part


class CountImpossible(WhenUnread):
    """A number of sessions, weeks or breaks beyond 1 to ``limit``."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class ZoneMissing(WhenUnread):
    """No zone is said, and who writes has set none."""


class ZoneIsOffset(WhenUnread):
    """A difference to UTC in place of a zone; ``places`` have it at present."""

    def __init__(self, said: str, places: tuple[ZoneOffer, ...]) -> None:
        super().__init__()
        self.said = said
        self.places = places
