"""What a member is shown of a round: the form of wishes, its outcome, and the public panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.papers import Paper
from bot.domain.rounds.terms import Round
from bot.domain.rounds.wishes import Answer, Tidied


@dataclass(frozen=True, slots=True)
class RoundForm:
    """What the form of wishes is filled in with. ``unread`` can still be marked as read."""

    round: Round
    papers: tuple[tuple[Theory, Paper], ...]
    unread: frozenset[str]
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Joined:
    """What a member's answer came to. ``late``: it counts at the next
    change of the split. ``holds``: something that was published is theirs.
    """

    round: Round
    tidied: Tidied
    logged: tuple[str, ...]
    late: bool
    holds: bool
    asks_dm: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """What a round's panel shows. ``names`` are those who are in, in the order they came."""

    round: Round
    papers: tuple[tuple[Theory, Paper], ...]
    names: tuple[str, ...]
    now: datetime


def papers_of(of: Round, catalogue: Catalogue) -> tuple[tuple[Theory, Paper], ...]:
    """The papers of a round that the catalogue still offers, in their order."""
    found = ((catalogue.theory_of(paper_id), paper_id) for paper_id in of.items)
    return tuple(
        (theory, paper)
        for theory, paper_id in found
        if theory is not None
        and (paper := theory.paper(paper_id)) is not None
        and catalogue.offers(paper_id)
    )
