"""What a plan is made of, how long there is to read for a session, and how two plans differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.errors import ClubError
from bot.domain.papers import Section
from bot.domain.schedule import Recurrence

MOST_HOURS = 60
MOST_PARTS = 500
# The mean length of a month of the Gregorian calendar, in weeks.
_WEEKS_A_MONTH = 365.2425 / 12 / 7


class HoursOutOfRange(ClubError):
    """A week has more than none and at most ``most`` hours for reading."""

    def __init__(self, most: int = MOST_HOURS) -> None:
        super().__init__(most)
        self.most = most


class NothingToPlan(ClubError):
    """The papers have no section that is still to be read."""


class NoSessionToPlan(ClubError):
    """No session of the club is to come."""


class PlanTooLong(ClubError):
    """The sections are ``count`` parts, of which a plan takes at most ``most``."""

    def __init__(self, count: int, most: int = MOST_PARTS) -> None:
        super().__init__(count, most)
        self.count = count
        self.most = most


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper to lay out: its sections in their order and its focused hours (positive)."""

    paper_id: str
    sections: tuple[Section, ...]
    hours: float


@dataclass(frozen=True, slots=True)
class Part:
    """A section, or one of the ``of`` parts of a section that is longer than a budget."""

    paper_id: str
    section_id: str
    minutes: int
    number: int = 1
    of: int = 1

    @property
    def key(self) -> tuple[str, str]:
        """The section: ids of paper and section."""
        return (self.paper_id, self.section_id)


@dataclass(frozen=True, slots=True)
class Sitting:
    """What is read for the session with the original local date ``session``."""

    session: date
    parts: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        """How long the reading takes."""
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """Sittings in their order, of at most ``budget`` minutes each.

    ``left`` is what no session was left for, ``free`` are the sessions nothing was left for.
    """

    budget: int
    sittings: tuple[Sitting, ...]
    left: tuple[Part, ...] = ()
    free: tuple[date, ...] = ()

    @property
    def split(self) -> tuple[tuple[str, str], ...]:
        """The sections that take more than one session (ids of paper and section), in order."""
        parts = (part for sitting in self.sittings for part in sitting.parts)
        return tuple(dict.fromkeys(p.key for p in (*parts, *self.left) if p.of > 1))


@dataclass(frozen=True, slots=True)
class Shift:
    """A section whose sessions changed; none before: it is new, none after: it is dropped."""

    paper_id: str
    section_id: str
    before: tuple[date, ...]
    after: tuple[date, ...]


def budget(recurrence: Recurrence, hours_a_week: float) -> int:
    """The minutes for reading between two sessions, at least one. Raises HoursOutOfRange."""
    if not 0 < hours_a_week <= MOST_HOURS:
        raise HoursOutOfRange
    if recurrence.ordinals:
        weeks = recurrence.every * _WEEKS_A_MONTH / len(recurrence.ordinals)
    else:
        weeks = float(recurrence.every)
    return max(1, round(hours_a_week * 60 * weeks / len(recurrence.weekdays)))


def difference(old: Iterable[Sitting], new: Iterable[Sitting]) -> tuple[Shift, ...]:
    """Every section that is read in other sessions than before, in the order of the new plan."""
    before, after = _sessions(old), _sessions(new)
    return tuple(
        Shift(*key, before.get(key, ()), after.get(key, ()))
        for key in dict.fromkeys((*after, *before))
        if before.get(key) != after.get(key)
    )


def _sessions(sittings: Iterable[Sitting]) -> dict[tuple[str, str], tuple[date, ...]]:
    found: dict[tuple[str, str], list[date]] = defaultdict(list)
    for sitting in sittings:
        for part in sitting.parts:
            found[part.key].append(sitting.session)
    return {key: tuple(dates) for key, dates in found.items()}
