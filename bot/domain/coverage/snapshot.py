"""What coverage is computed from: one server's readings at one moment, and how they came to be.

Members who left are not in it: what they know has left with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.domain.catalogue import Theory
from bot.domain.progress import Depth

# The share of readings that are finished where a group has not yet shown its own.
_USUAL_COMPLETION = 0.6
_ENDED_ENOUGH = 10


class Reading(NamedTuple):
    """How well a member knows a paper, and since when."""

    user_id: int
    paper_id: str
    depth: Depth
    updated_at: datetime


class Taught(NamedTuple):
    """A listener said they could now explain the paper themselves, thanks to the member."""

    user_id: int
    paper_id: str
    heard_at: datetime


class Change(NamedTuple):
    """A member's depth on a paper became this; None: the reading was taken back."""

    user_id: int
    paper_id: str
    depth: Depth | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """Every change of a depth, in the order in which they were written.

    ``departures`` is when members left: from then on what they know does not count.
    """

    changes: tuple[Change, ...]
    departures: Mapping[int, datetime]


@dataclass(frozen=True, slots=True)
class Completion:
    """How many sign-ups ended, and how many of them with the paper read."""

    finished: int = 0
    ended: int = 0

    @property
    def rate(self) -> float:
        """The group's own share of finished readings, 0.6 until ten sign-ups have ended."""
        return self.finished / self.ended if self.ended >= _ENDED_ENOUGH else _USUAL_COMPLETION


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One server at one moment. ``target`` is how many readers it asks of a theory."""

    readings: tuple[Reading, ...]
    taught: tuple[Taught, ...]
    target: int
    completion: Completion = Completion()


def theory_by_primary(theories: Iterable[Theory]) -> Mapping[str, str]:
    """The slug of the theory each primary paper belongs to; other papers count for none."""
    return {paper_id: theory.slug for theory in theories for paper_id in theory.counting_ids}


def best_depths(
    readings: Iterable[Reading], theory_of: Mapping[str, str]
) -> dict[int, dict[str, Depth]]:
    """Each member's deepest depth on each theory, over its primary papers."""
    best: dict[int, dict[str, Depth]] = {}
    for user_id, paper_id, depth, _ in readings:
        slug = theory_of.get(paper_id)
        if slug is None:
            continue
        own = best.setdefault(user_id, {})
        if slug not in own or own[slug] < depth:
            own[slug] = depth
    return best
