"""How far members have come with papers: depths, and how many members stand at each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Depth(StrEnum):
    """How well a member knows a paper, shallow to deep.

    Depths compare by how deep they are, never by their letters. Signing up and having begun
    weigh nothing; from *read* on the weights are those of the effective number of theories:
    0.5 for read, 0.8 for almost understood, 1.0 for understood.
    """

    SIGNED_UP = "signed-up"
    READING = "reading"
    READ = "read"
    ALMOST = "almost"
    UNDERSTOOD = "understood"

    @property
    def rank(self) -> int:
        """0 for the shallowest depth, one more for each step."""
        return list(Depth).index(self)

    @property
    def is_reader(self) -> bool:
        """True from *read* on: the member counts as a reader."""
        return self >= Depth.READ

    @property
    def is_understander(self) -> bool:
        """True from *almost understood* on: the member counts towards *covered*."""
        return self >= Depth.ALMOST

    @property
    def weight(self) -> float:
        """What one member at this depth adds to a theory's share: 0, 0, 0.5, 0.8 or 1."""
        return (0.0, 0.0, 0.5, 0.8, 1.0)[self.rank]

    # A StrEnum would inherit the order of its letters ("almost" before "read").
    def __lt__(self, other: str) -> bool:
        return self.rank < other.rank if isinstance(other, Depth) else NotImplemented

    def __le__(self, other: str) -> bool:
        return self.rank <= other.rank if isinstance(other, Depth) else NotImplemented

    def __gt__(self, other: str) -> bool:
        return self.rank > other.rank if isinstance(other, Depth) else NotImplemented

    def __ge__(self, other: str) -> bool:
        return self.rank >= other.rank if isinstance(other, Depth) else NotImplemented


@dataclass(frozen=True, slots=True)
class Tally:
    """How many members stand at each depth; a depth without a member may be left out."""

    members: Mapping[Depth, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        counted = {depth: self.members[depth] for depth in Depth if self.members.get(depth)}
        object.__setattr__(self, "members", MappingProxyType(counted))

    def at(self, depth: Depth) -> int:
        """Members at exactly this depth."""
        return self.members.get(depth, 0)

    @property
    def readers(self) -> int:
        """Members at *read* or deeper."""
        return sum(n for depth, n in self.members.items() if depth.is_reader)

    @property
    def understanders(self) -> int:
        """Members at *almost understood* or deeper."""
        return sum(n for depth, n in self.members.items() if depth.is_understander)

    @property
    def weight(self) -> float:
        """The members' weights together, as the effective number of theories takes them."""
        return sum(n * depth.weight for depth, n in self.members.items())


@dataclass(frozen=True, slots=True)
class TheoryReadings:
    """What one server's members have read of one theory.

    ``theory`` counts each member once, at the deepest depth over the theory's primary papers;
    ``papers`` counts them paper by paper (a paper nobody took up is absent); ``own`` holds the
    viewer's depth a paper, empty when no viewer was named. ``target`` is how many readers the
    server asks of a theory.
    """

    theory: Tally
    papers: Mapping[str, Tally]
    own: Mapping[str, Depth]
    target: int
