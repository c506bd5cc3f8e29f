"""What there is to split: members with their time and wishes, items with their needs.

Plain values: they can be pickled, so a split can run in another thread or process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

MOST_MEMBERS = 1000
MOST_ITEMS = 100
DEFAULT_SLOW_PERCENT = 25
UNITS = 2520
"""A first reader's worth: the least common multiple of 1..10, so that 1/k is whole up to 10."""

Pair = tuple[str, str]
"""A member's id and an item's id."""


class Level(Enum):
    """One thing a split is judged by; *n4* (least wanted) to *n1* count seats of one class."""

    COVERED = "covered"
    MET = "met"
    KEPT = "kept"
    GAIN = "gain"
    BREADTH = "breadth"
    SERVED = "served"
    N4 = "n4"
    N3 = "n3"
    N2 = "n2"
    N1 = "n1"
    PREF = "pref"


LEVELS = tuple(Level)
"""All levels in the usual order: what the community gains before what each would like best."""

FEWER_IS_BETTER = {Level.N4: 4, Level.N3: 3, Level.N2: 2, Level.N1: 1}
"""The levels that count seats of one class of wishes, with that class."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Items in the order a member would like them; those left out come after, all alike."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """A member's points (0 to 100) for items; an item left out has 50."""

    points: Mapping[str, int]


Wishes = Ranking | Scores | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who reads this round.

    ``hours`` is the time for the whole round in the unit of the items' efforts (``None``: no
    limit), ``most`` the number of items at most (``None``: no limit). ``conflict`` are items they
    must not get: a veto, or dropped this round. A synthesiser gains by reading across groups.
    """

    id: str
    hours: int | None = None
    most: int | None = None
    tags: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    conflict: frozenset[str] = frozenset()
    wishes: Wishes = None
    synthesiser: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Something to read: a paper, or a theory by its primary paper.

    ``effort`` is in the unit of the members' hours. ``minimum`` are the readers wanted in the
    community, ``fresh`` those wanted this round, ``seats`` the readers allowed this round
    (``None``: any number), ``outside`` the readers the community has besides the members.
    ``weight`` scales the worth of readers, ``priority`` that of being covered and met.
    """

    id: str
    title: str = ""
    effort: int = 1
    minimum: int = 1
    fresh: int = 0
    seats: int | None = None
    outside: int = 0
    weight: int = 1
    group: str | None = None
    requires: frozenset[str] = frozenset()
    requires_hard: bool = False
    priority: int = 1


@dataclass(frozen=True, slots=True)
class Dropped:
    """An id that stood at ``key`` and that nobody has, or that stood there twice."""

    key: str
    id: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One round to split. Members and items stand in the order of their ids.

    Ids that nobody has are not part of it: ``dropped`` lists where they stood. ``slow`` is how
    many percent longer an item takes whoever holds none of its tags. Make one with
    ``Problem.of`` or ``Problem.from_dict``, which see to that.
    """

    members: tuple[Member, ...]
    items: tuple[Item, ...]
    accepted: frozenset[Pair] = frozenset()
    started: frozenset[Pair] = frozenset()
    groups: Mapping[str, int] = field(default_factory=dict)
    slow: int = DEFAULT_SLOW_PERCENT
    levels: tuple[Level, ...] = LEVELS
    seed: int = 0
    dropped: tuple[Dropped, ...] = ()

    @classmethod
    def of(
        cls,
        members: Iterable[Member],
        items: Iterable[Item],
        *,
        accepted: Iterable[Pair] = (),
        started: Iterable[Pair] = (),
        groups: Mapping[str, int] | None = None,
        slow: int = DEFAULT_SLOW_PERCENT,
        levels: Iterable[Level] = LEVELS,
        seed: int = 0,
    ) -> Problem:
        """Put everything in order and drop unknown ids; ``SplitProblemWrong`` if it cannot be."""
        from bot.domain.split.admission import admitted  # noqa: PLC0415 - it returns this class

        return admitted(
            cls(
                tuple(members),
                tuple(items),
                frozenset(accepted),
                frozenset(started),
                dict(groups or {}),
                slow,
                tuple(levels),
                seed,
            )
        )

    @classmethod
    def from_dict(cls, data: object) -> Problem:
        """Read the format ``split/1``; ``SplitProblemWrong`` names the place of a mistake."""
        from bot.domain.split.format import read_problem  # noqa: PLC0415 - it returns this class

        return read_problem(data)
