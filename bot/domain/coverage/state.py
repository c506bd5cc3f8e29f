"""What a community knows of one theory, and which theories it needs most.

A reader of a theory is a member whose depth on one of its primary papers is at least *read*;
an understander one at *almost understood* or better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.catalogue import Theory

DEFAULT_TARGET = 2


class Standing(StrEnum):
    """How far a server is with a theory; each includes the one before."""

    GAP = "gap"
    KNOWN = "known"
    MET = "met"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class TheoryCoverage:
    """How far one server has come with one theory. ``target`` is the readers it aims for."""

    slug: str
    readers: int = 0
    understanders: int = 0
    target: int = DEFAULT_TARGET

    @property
    def is_known(self) -> bool:
        """Somebody has read it."""
        return self.readers >= 1

    @property
    def is_met(self) -> bool:
        """As many have read it as the server aims for."""
        return self.readers >= self.target

    @property
    def is_covered(self) -> bool:
        """As many understand it as the server aims for."""
        return self.understanders >= self.target

    @property
    def standing(self) -> Standing:
        """The farthest of known, met and covered; a gap where nobody has read it."""
        if self.is_covered:
            return Standing.COVERED
        if self.is_met:
            return Standing.MET
        return Standing.KNOWN if self.is_known else Standing.GAP


def most_needed(
    theories: Iterable[Theory], coverage: Mapping[str, TheoryCoverage]
) -> tuple[Theory, ...]:
    """The theories in the order a newcomer would help most by reading them.

    Not covered before covered, fewer readers before more; among equals a theory that most
    newcomers know already (``baseline``) comes last, then the catalogue's own order decides.
    """

    def need(theory: Theory) -> tuple[bool, int, int, bool, int]:
        state = coverage.get(theory.slug, TheoryCoverage(theory.slug))
        missing = max(0, state.target - state.understanders)
        return state.is_covered, state.readers, -missing, theory.baseline, theory.order

    return tuple(sorted(theories, key=need))
