"""Kinds of reading clubs a server may be, and what each is used to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Preset(StrEnum):
    """The kind of club that a server prefers for what is not said."""

    JOURNAL = "journal"
    SEMINAR = "seminar"
    BOOK = "book"


@dataclass(frozen=True, slots=True)
class Habits:
    """It meets every ``weeks`` for ``length``, and reads for so many hours a week."""

    weeks: int
    length: timedelta
    hours: float

    @property
    def minutes(self) -> int:
        """How long a session lasts."""
        return self.length // timedelta(minutes=1)

    def example(self, zone: str) -> str:
        """When such a club may meet, in words that the reading of times knows."""
        if self.weeks == 1:
            return f"Tuesdays 18:00 {zone}"
        return f"every {self.weeks} weeks on Tuesday 18:00 {zone}"


_USUAL = Habits(1, timedelta(minutes=60), 2.0)
_HABITS = {
    Preset.JOURNAL: Habits(1, timedelta(minutes=60), 3.0),
    Preset.SEMINAR: Habits(2, timedelta(minutes=90), 2.0),
    Preset.BOOK: Habits(1, timedelta(minutes=60), 2.0),
}


def habits_of(preset: Preset | None) -> Habits:
    """What such a club is used to; the usual for a server that has chosen none."""
    return _USUAL if preset is None else _HABITS[preset]
