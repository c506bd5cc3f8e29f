"""Times of day: "18:00", "18h", "19h30", "7.30 pm", "1930", "noon", and a bare "7"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bot.domain.schedule.reading.errors import TimeAmbiguous, TimeImpossible
from bot.domain.schedule.reading.tokens import Cursor
from bot.domain.schedule.reading.vocabulary import NUMBERS

_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_HOURS = frozenset({"h", "hr", "hrs", "uhr", "heures"})
NOON = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it was said; it ``is_sure`` unless it may be before or after noon."""

    hour: int
    minute: int = 0
    is_sure: bool = True

    def settled(self, *, is_afternoon: bool | None) -> time:
        """The time that is meant, given what part of the day was said. Raises TimeAmbiguous."""
        if self.is_sure:
            return time(self.hour, self.minute)
        early = time(self.hour % NOON, self.minute)
        late = time(self.hour % NOON + NOON, self.minute)
        if is_afternoon is None:
            raise TimeAmbiguous((early, late))
        return late if is_afternoon else early


def read_clock(cursor: Cursor, *, is_after_at: bool) -> Clock | None:
    """Takes a time of day, if one stands here. Raises TimeImpossible.

    ``is_after_at``: after "at" a number is a time even as a word, or when it cannot be one.
    """
    if (named := cursor.take_any(_NAMED)) is not None:
        return Clock(named.hour)
    began = cursor.at
    spelled = is_after_at and cursor.text() in NUMBERS
    hour = cursor.take_any(NUMBERS) if spelled else cursor.number(digits=(1, 2, 3, 4))
    if hour is None:
        return None
    if not spelled:
        digits = len(cursor.text())
        cursor.skip()
        if digits > 2:
            return _run_together(cursor, began, hour, digits)
    minute = _minute(cursor)
    is_whole = minute is None
    is_exact = not is_whole or _take_hours(cursor)
    if cursor.take("o ' clock", "o ’ clock", "oclock"):
        is_exact = False
    return _clock(cursor, began, hour, minute or 0, is_exact=is_exact)


def _minute(cursor: Cursor) -> int | None:
    """Takes ":30", ".30" or "h30"; of ":30:00" the seconds too."""
    sign = cursor.text()
    if sign not in (":", ".", *_HOURS) or cursor.number(1) is None or len(cursor.text(1)) != 2:
        return None
    if not cursor.is_glued(1) and sign != ":":
        return None
    minute = cursor.number(1)
    cursor.skip(2)
    if cursor.text() == ":" and cursor.text(1) == "00":
        cursor.skip(2)
    _take_hours(cursor)
    return minute


def _take_hours(cursor: Cursor) -> bool:
    return cursor.take(*_HOURS)


def _run_together(cursor: Cursor, began: int, number: int, digits: int) -> Clock | None:
    """A time without a sign in it: "1930", "730pm"; three digits may be before or after noon."""
    hour, minute = divmod(number, 100)
    is_exact = digits == 4 or cursor.text() in _HOURS
    _take_hours(cursor)
    return _clock(cursor, began, hour, minute, is_exact=is_exact)


def _clock(cursor: Cursor, began: int, hour: int, minute: int, *, is_exact: bool) -> Clock:
    half = _half(cursor)
    said = cursor.words(began)
    if minute >= 60 or hour >= 24:
        raise TimeImpossible(said)
    if half is not None:
        if not 1 <= hour <= NOON:
            raise TimeImpossible(said)
        return Clock(hour % NOON + half * NOON, minute)
    return Clock(hour, minute, is_exact or not 1 <= hour <= NOON)


def _half(cursor: Cursor) -> int | None:
    """Takes "am" or "p.m.": 0 before noon, 1 after it."""
    for half, letter in enumerate("ap"):
        if cursor.take(f"{letter}m", f"{letter} . m .", f"{letter} . m", f"{letter} m"):
            return half
    return None
