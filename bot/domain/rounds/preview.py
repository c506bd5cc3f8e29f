"""What an organiser looks at before publishing, and what a member is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.catalogue import Theory
from bot.domain.papers import Paper
from bot.domain.rounds.posing import Facts, member_id
from bot.domain.rounds.terms import Round
from bot.domain.rounds.wished import Wished
from bot.domain.split import Difference, Instead, Pair, PairState, Problem, Split


@dataclass(frozen=True, slots=True)
class Preview:
    """A split as it would be published now.

    ``difference`` is what it changes about what was published, or about what was shown before;
    None at the first look. ``wished`` is what would come of everybody taking what they wished for.
    ``more_seats`` are the seats that would make it better, ``roomy`` the split with them; None
    when seats are not short. ``looser`` is the split that may break
    promises, where the round keeps them and breaking some would gain the group a theory.
    """

    facts: Facts
    problem: Problem
    split: Split
    slack: int
    fingerprint: str
    wished: Wished
    difference: Difference | None = None
    more_seats: Mapping[str, int] | None = None
    roomy: Split | None = None
    looser: Split | None = None

    @property
    def round(self) -> Round:
        """The round it is of."""
        return self.facts.round

    def readers_after(self, assignment: tuple[Pair, ...] | None = None) -> dict[str, int]:
        """How many will have read each paper if everybody reads, by this or another assignment."""
        after = self.readers_before()
        for _, paper_id in self.split.assignment if assignment is None else assignment:
            after[paper_id] += 1
        return after

    def readers_before(self) -> dict[str, int]:
        """How many have read each paper already."""
        return {paper_id: len(item.readers) for paper_id, item in self.facts.items.items()}

    def papers_of(self, user_id: int) -> tuple[str, ...]:
        """What the split gives a member, in the order of the round."""
        given = {paper for member, paper in self.split.assignment if member == member_id(user_id)}
        return tuple(paper_id for paper_id in self.facts.items if paper_id in given)


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper a member was given: why, how long it takes them, and who reads it with them.

    ``readers`` are others here who have read it, ``place`` 1 for a first choice and 2 for what
    was also wanted; ``known`` are its prerequisites that the member knows. ``instead`` says what
    stands against each paper they would rather have.
    """

    theory: Theory
    paper: Paper
    state: PairState
    minutes: int
    readers: int
    target: int
    place: int | None
    known: tuple[str, ...]
    companions: tuple[str, ...]
    instead: tuple[Instead, ...] = ()
    swappable: bool = True


@dataclass(frozen=True, slots=True)
class OwnReading:
    """A member's part of a published round, with the names of all its papers.

    ``famous`` are those of theories that most newcomers know already.
    """

    round: Round
    papers: tuple[OwnPaper, ...]
    titles: Mapping[str, str]
    famous: frozenset[str] = frozenset()
