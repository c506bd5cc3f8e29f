"""Which papers one member would add most with, and why.

The k-th reader of a theory is worth 1/k of the first (2520 = lcm 1..10 keeps it whole), and
half of that for a theory that most newcomers know already. A theory nobody here has read comes
before one that still lacks readers, and that before the others: the first levels of the split's
objective, for one member at a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.catalogue import Theory
from bot.domain.papers import Paper
from bot.domain.signups import PaperStanding

SUGGESTED = 3
# A paper that takes longer is for members who say that they have the hours.
LONG_HOURS = 20.0
# How much longer a paper takes for who lacks all it builds on.
SLOW = 0.25
_WHOLE = 2520


class Effect(StrEnum):
    """What one more reader would change for the community."""

    FIRST = "first"
    TARGET = "target"
    MORE = "more"


class PassedOver(StrEnum):
    """Why a theory that everybody knows is not suggested."""

    TAKEN_UP = "taken-up"
    NO_SEAT = "no-seat"
    TOO_LONG = "too-long"
    RATHER_NOT = "rather-not"
    OTHERS_FIRST = "others-first"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A primary paper as the server stands to its theory.

    ``readers`` have read the theory, ``in_hand`` have signed up for one of its papers, and
    ``target`` is how many readers the server wants.
    """

    theory: Theory
    paper: Paper
    standing: PaperStanding
    readers: int
    in_hand: int
    target: int

    @property
    def before(self) -> int:
        """How many would have read the theory before one more."""
        return self.readers + self.in_hand

    @property
    def effect(self) -> Effect:
        """What one more reader would change."""
        if self.before == 0:
            return Effect.FIRST
        return Effect.TARGET if self.before < self.target else Effect.MORE

    @property
    def gain(self) -> int:
        """What one more reader is worth, in whole units."""
        return (1 if self.theory.baseline else 2) * (_WHOLE // (self.before + 1))


@dataclass(frozen=True, slots=True)
class Reader:
    """The member who asks: what they know, their hours (None: unsaid), what they took up.

    ``taken_up`` are slugs of theories they read or signed up for, ``given_back`` ids of papers.
    ``points`` are those of papers they wished for in a split, ``rather_not`` papers that they
    said that they would rather not read. ``interests`` are topics and prerequisites of theories
    that they would like to read about.
    """

    tags: frozenset[str]
    hours: float | None
    taken_up: frozenset[str]
    given_back: frozenset[str]
    points: Mapping[str, int] = field(default_factory=dict)
    rather_not: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()

    def likes(self, theory: Theory) -> tuple[str, ...]:
        """What they would like to read about that this theory is about or builds on."""
        about = (theory.topic, *theory.prerequisites)
        return tuple(one for one in about if one in self.interests)

    def needs(self, paper: Paper, theory: Theory) -> float:
        """Hours the paper takes this reader, a whole number above the catalogue's estimate."""
        hours = paper.hours or theory.hours.typical
        required = len(theory.prerequisites)
        missing = len(set(theory.prerequisites) - self.tags) if self.tags else 0
        return float(math.ceil(hours * (1 + SLOW * missing / required))) if missing else hours

    def has_time_for(self, paper: Paper, theory: Theory) -> bool:
        """Whether the paper fits into their hours; a long one only into hours they named."""
        limit = LONG_HOURS if self.hours is None else self.hours
        return self.needs(paper, theory) <= limit


@dataclass(frozen=True, slots=True)
class Suggested:
    """One paper with the reasons for it. ``known`` are its prerequisites that they know.

    ``wished`` says that they wished for it in a split; ``liked`` is what of its theory they said
    they would like to read about.
    """

    candidate: Candidate
    hours: float
    known: tuple[str, ...]
    wished: bool = False
    liked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """At most three papers, best first, and why the famous ones are not among them."""

    chosen: tuple[Suggested, ...]
    passed_over: tuple[tuple[Candidate, PassedOver], ...]
    hours: float | None


def suggest(candidates: Iterable[Candidate], reader: Reader) -> Suggestions:
    """The papers with which this reader adds most: one a theory, each with a free seat."""
    every = list(candidates)
    chosen = ranked(every, reader)[:SUGGESTED]
    taken = {one.theory.slug for one in chosen}
    famous = {c.theory.slug: c for c in reversed(every) if c.theory.baseline}
    passed_over = tuple(
        (one, _hindrance(one, reader) or PassedOver.OTHERS_FIRST)
        for slug, one in sorted(famous.items())
        if slug not in taken
    )
    return Suggestions(tuple(suggested(one, reader) for one in chosen), passed_over, reader.hours)


def ranked(candidates: Iterable[Candidate], reader: Reader) -> list[Candidate]:
    """What can be suggested, the best first, and of each theory the best paper alone."""
    fitting = [one for one in candidates if _hindrance(one, reader) is None]
    best: dict[str, Candidate] = {}
    for one in sorted(fitting, key=lambda one: _rank(one, reader)):
        best.setdefault(one.theory.slug, one)
    return list(best.values())


def most_wanted(candidates: Iterable[Candidate]) -> Candidate | None:
    """The paper with a free seat by which one more reader, whoever it is, adds most.

    None when every theory that has a free seat has as many readers as the server wants.
    """
    anybody = Reader(frozenset(), None, frozenset(), frozenset())
    first = next(iter(suggest(candidates, anybody).chosen), None)
    if first is None or first.candidate.effect is Effect.MORE:
        return None
    return first.candidate


def _hindrance(one: Candidate, reader: Reader) -> PassedOver | None:
    if one.theory.slug in reader.taken_up:
        return PassedOver.TAKEN_UP
    if one.paper.id in reader.rather_not:
        return PassedOver.RATHER_NOT
    if not one.standing.free:
        return PassedOver.NO_SEAT
    return None if reader.has_time_for(one.paper, one.theory) else PassedOver.TOO_LONG


def _rank(one: Candidate, reader: Reader) -> tuple[int, bool, int, int, bool, int, float, int, str]:
    """Best first: the effect, the gain, wishes, interests, how well it fits, then the catalogue's
    order.
    """
    fit = len(set(one.theory.prerequisites) & reader.tags)
    return (
        list(Effect).index(one.effect),
        one.paper.id in reader.given_back,
        -one.gain,
        -reader.points.get(one.paper.id, 0),
        not reader.likes(one.theory),
        -fit,
        reader.needs(one.paper, one.theory),
        one.theory.order,
        one.paper.id,
    )


def suggested(one: Candidate, reader: Reader) -> Suggested:
    """A candidate with what this reader knows of it."""
    known = tuple(tag for tag in one.theory.prerequisites if tag in reader.tags)
    wished = one.paper.id in reader.points
    hours, liked = reader.needs(one.paper, one.theory), reader.likes(one.theory)
    return Suggested(one, hours, known, wished, liked)
