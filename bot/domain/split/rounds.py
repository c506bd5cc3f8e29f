"""From one split to the next: what became of each pair, and what a new split changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from bot.domain.split.problem import Pair, Problem


class PairState(Enum):
    """The life of a pair: proposed, accepted, started, then done or dropped."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new split changes, each in the order of the ids."""

    added: tuple[Pair, ...]
    removed: tuple[Pair, ...]
    stays: tuple[Pair, ...]


def continued(problem: Problem, states: Mapping[Pair, PairState]) -> Problem:
    """The problem with what became of its pairs.

    Done counts among the item's readers, dropped is a conflict for this round, started is fixed
    and accepted is kept if it can be. Pairs of unknown ids are dropped and listed.
    """

    def of(member: str, state: PairState) -> frozenset[str]:
        return frozenset(j for (i, j), each in states.items() if i == member and each is state)

    members = [
        replace(
            member,
            read=member.read | of(member.id, PairState.DONE),
            conflict=member.conflict | of(member.id, PairState.DROPPED),
        )
        for member in problem.members
    ]
    return Problem.of(
        members,
        problem.items,
        accepted=_with(problem.accepted, states, PairState.ACCEPTED),
        started=_with(problem.started, states, PairState.STARTED),
        groups=problem.groups,
        slow=problem.slow,
        levels=problem.levels,
        seed=problem.seed,
    )


def _with(
    known: frozenset[Pair], states: Mapping[Pair, PairState], wanted: PairState
) -> frozenset[Pair]:
    """The pairs in this state: those known to be, unless ``states`` says otherwise."""
    said = frozenset(pair for pair, state in states.items() if state is wanted)
    return (known - states.keys()) | said


def difference(before: Iterable[Pair], after: Iterable[Pair]) -> Difference:
    """What changes from one assignment to another."""
    old, new = frozenset(before), frozenset(after)
    return Difference(
        added=tuple(sorted(new - old)),
        removed=tuple(sorted(old - new)),
        stays=tuple(sorted(old & new)),
    )
