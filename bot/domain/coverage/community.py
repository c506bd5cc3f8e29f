"""What a whole community knows, from one snapshot."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from bot.domain.catalogue import Theory
from bot.domain.coverage.diversity import evenness, explained, hill
from bot.domain.coverage.snapshot import Snapshot, best_depths, theory_by_primary
from bot.domain.coverage.state import TheoryCoverage
from bot.domain.progress import Depth, Tally

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TheoryState:
    """One theory: members by depth, how many taught it, and when it last showed.

    ``coverage`` has its readers and understanders beside the target, ``weight`` what they weigh
    together. ``last_evidence`` is the newest moment at which somebody's knowledge of it was
    logged or confirmed by a listener; None where nobody has read it.
    """

    slug: str
    tally: Tally
    taught: int
    last_evidence: datetime | None
    coverage: TheoryCoverage
    weight: float

    @classmethod
    def of(
        cls, slug: str, tally: Tally, taught: int, target: int, last_evidence: datetime | None
    ) -> TheoryState:
        """Counts once what every look at it needs."""
        coverage = TheoryCoverage(slug, tally.readers, tally.understanders, target)
        return cls(slug, tally, taught, last_evidence, coverage, tally.weight)


@dataclass(frozen=True, slots=True)
class Community:
    """What the members of one server know together.

    ``theories`` stand in the catalogue's order. ``pairs`` counts the members who are readers of
    both theories of a pair, for every pair that has one; a pair is in the catalogue's order too.
    ``readers`` is the number of members who have read any theory, ``completion`` the share of
    readings that get finished.
    """

    theories: tuple[TheoryState, ...]
    pairs: Mapping[Pair, int]
    readers: int
    completion: float
    target: int

    @property
    def is_empty(self) -> bool:
        """Whether nobody has taken up anything."""
        return not any(state.tally.members for state in self.theories)

    @property
    def known(self) -> int:
        """Theories with at least one reader."""
        return sum(state.coverage.is_known for state in self.theories)

    @property
    def met(self) -> int:
        """Theories with at least as many readers as the server aims for."""
        return sum(state.coverage.is_met for state in self.theories)

    @property
    def covered(self) -> int:
        """Theories that as many members understand as the server aims for."""
        return sum(state.coverage.is_covered for state in self.theories)

    @property
    def taught(self) -> int:
        """Theories that somebody has taught."""
        return sum(state.taught > 0 for state in self.theories)

    @property
    def possible_pairs(self) -> int:
        """How many pairs of theories there are."""
        return len(self.theories) * (len(self.theories) - 1) // 2

    def weights(self) -> Sequence[float]:
        """What the readers of each theory weigh: 0.5 read, 0.8 almost, 1 understood."""
        return [state.weight for state in self.theories]

    def effective(self, order: float = 1) -> float:
        """The effective number of theories (Hill number) of this order."""
        return hill(self.weights(), order)

    def evenness(self) -> float | None:
        """Pielou's J over all theories; None where nothing is known."""
        return evenness(self.weights())

    def explained(self) -> float:
        """How many theories somebody here can be expected to explain."""
        return explained((state.coverage.readers for state in self.theories), self.completion)

    def share(self, slugs: Iterable[str]) -> float:
        """The share of all reading that these theories hold, 0 to 1."""
        total = sum(self.weights())
        wanted = set(slugs)
        held = sum(state.weight for state in self.theories if state.slug in wanted)
        return held / total if total else 0.0

    def by_slug(self) -> Mapping[str, TheoryCoverage]:
        """Every theory's coverage."""
        return {state.slug: state.coverage for state in self.theories}


def survey(snapshot: Snapshot, theories: Sequence[Theory]) -> Community:
    """Everything about a community, in one pass over its readings.

    A member counts once a theory, at the deepest depth over its primary papers. Pairs cost, on
    top of that, as many steps as members have pairs of theories.
    """
    theory_of = theory_by_primary(theories)
    order = {theory.slug: place for place, theory in enumerate(theories)}
    depths: defaultdict[str, Counter[Depth]] = defaultdict(Counter)
    pairs: Counter[Pair] = Counter()
    readers = 0
    for own in best_depths(snapshot.readings, theory_of).values():
        for slug, depth in own.items():
            depths[slug][depth] += 1
        read = sorted((s for s, d in own.items() if d.is_reader), key=order.__getitem__)
        readers += bool(read)
        pairs.update(combinations(read, 2))
    teachers = {
        (user, theory_of[paper]) for user, paper, _ in snapshot.taught if paper in theory_of
    }
    taught = Counter(slug for _, slug in teachers)
    last = _last_evidence(snapshot, theory_of)
    return Community(
        theories=tuple(
            TheoryState.of(slug, Tally(depths[slug]), taught[slug], snapshot.target, last.get(slug))
            for slug in order
        ),
        pairs=dict(pairs),
        readers=readers,
        completion=snapshot.completion.rate,
        target=snapshot.target,
    )


def _last_evidence(snapshot: Snapshot, theory_of: Mapping[str, str]) -> dict[str, datetime]:
    last: dict[str, datetime] = {}
    shown = [(paper, at) for _, paper, depth, at in snapshot.readings if depth.is_reader]
    shown += [(paper, at) for _, paper, at in snapshot.taught]
    for paper_id, at in shown:
        slug = theory_of.get(paper_id)
        if slug is not None and (slug not in last or last[slug] < at):
            last[slug] = at
    return last
