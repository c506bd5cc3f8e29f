"""How broad the community's knowledge is: reported beside a split, never maximised.

The effective number of items is the Hill number of order q of the shares of readers (M. Hill,
Ecology 54, 1973; L. Jost, Oikos 113, 2006): how many equally read items would be as diverse.
Evenness is J = ln(order 1) / ln(items) (E. Pielou, J. Theoretical Biology 13, 1966).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log

from bot.domain.split.levels import Holdings, counts_of
from bot.domain.split.table import Table

COMPLETION = 0.6
"""The share of readers who finish what they start, until a group's own is known."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """A split in figures. *Before* counts the readers there are, *after* this round's too.

    ``hill`` are the effective numbers of order 0, 1 and 2 if everybody reads, ``pielou`` lies
    between 0 and 1 (``None`` if there is nothing to compare), ``explained`` is the expected
    number of items that somebody could explain. ``first_choices`` are the members who get what
    they want most of what they may have, of ``with_wishes``; ``most_hours`` is the longest work
    of one member, in the unit of the efforts.
    """

    seats: int
    new_items: int
    known_before: int
    known_items: int
    met_before: int
    met_items: int
    hill_before: tuple[int, float, float]
    hill: tuple[int, float, float]
    pielou: float | None
    explained: float
    served: int
    could_serve: int
    kept: int
    promises: int
    first_choices: int
    with_wishes: int
    least_score: int | None
    mean_score: float | None
    most_hours: int

    @classmethod
    def of(cls, table: Table, holdings: Holdings, completion: float = COMPLETION) -> Metrics:
        """The figures of the holdings with what has been started."""
        items = table.problem.items
        counts = counts_of(table, holdings)
        after = [known + new for known, new in zip(table.readers, counts, strict=True)]
        pairs = [(i, j) for i, held in enumerate(holdings) for j in held]
        everything = [(*held, *table.started[i]) for i, held in enumerate(holdings)]
        scores = [table.score[i][j] for i, j in pairs]
        hill = hill_numbers(after)
        wishing = [i for i, member in enumerate(table.problem.members) if member.wishes]
        return cls(
            seats=sum(counts),
            new_items=sum(count > 0 for count in counts),
            known_before=sum(known > 0 for known in table.readers),
            known_items=sum(known > 0 for known in after),
            met_before=sum(need == 0 for need in table.need),
            met_items=sum(count >= need for count, need in zip(counts, table.need, strict=True)),
            hill_before=hill_numbers(table.readers),
            hill=hill,
            pielou=log(hill[1]) / log(len(items)) if len(items) > 1 and hill[0] else None,
            explained=fsum(1 - (1 - completion) ** readers for readers in after),
            served=sum(map(bool, everything)),
            could_serve=sum(
                bool(allowed or started)
                for allowed, started in zip(table.allowed, table.started, strict=True)
            ),
            kept=sum(table.pair(i, j) in table.problem.accepted for i, j in pairs),
            promises=len(table.problem.accepted),
            first_choices=sum(_has_first_choice(table, i, everything[i]) for i in wishing),
            with_wishes=len(wishing),
            least_score=min(scores, default=None),
            mean_score=sum(scores) / len(scores) if scores else None,
            most_hours=max(
                (sum(table.effort[i][j] for j in held) for i, held in enumerate(everything)),
                default=0,
            ),
        )


def hill_numbers(readers: Sequence[int]) -> tuple[int, float, float]:
    """The effective numbers of order 0, 1 and 2; all 0 if nobody reads."""
    total = sum(readers)
    if not total:
        return 0, 0.0, 0.0
    shares = [each / total for each in readers if each]
    return (
        len(shares),
        exp(-fsum(share * log(share) for share in shares)),
        1 / fsum(share * share for share in shares),
    )


def _has_first_choice(table: Table, member: int, held: tuple[int, ...]) -> bool:
    score = table.score[member]
    open_to_them = (*table.allowed[member], *table.started[member])
    return any(score[j] == max(score[each] for each in open_to_them) for j in held)
