"""Why an item does not get the readers it wants: a split never refuses, it says why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from bot.domain.split.hall import HallSet, Needs
from bot.domain.split.levels import Holdings, counts_of
from bot.domain.split.places import Places
from bot.domain.split.table import Bar, Table


class Reason(Enum):
    """The kinds of reason; for each item the first that applies is given."""

    IMPOSSIBLE = "impossible"
    """Too few may take it at all, whatever the others get."""
    HALL = "hall"
    """It and others need more readers than there are places between those who may take them."""
    OUTRANKED = "outranked"
    """Its readers are needed for something that comes first."""
    HOURS = "hours"
    """The hours do not fit: no way was found to meet more."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """An item with fewer readers this round (``got``) than it wants (``need``).

    ``can`` is how many could take it, ``bars`` counts the members who may not by the rule that
    bars them. With ``HALL`` come the competing ``items``, the only ``members`` who may take them,
    what the items ``needed`` and the ``places`` there are; ``met`` is how many items are met.
    """

    item: str
    reason: Reason
    need: int
    got: int
    can: int
    bars: tuple[tuple[Bar, int], ...] = ()
    items: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    needed: int = 0
    places: int = 0
    met: int = 0


def unmet_items(
    table: Table, holdings: Holdings, places: Places, *, proved: bool
) -> tuple[Unmet, ...]:
    """Every unmet item with its reason; ``proved`` if no split can meet more."""
    counts = counts_of(table, holdings)
    short = [n for n, count in enumerate(counts) if count < table.need[n]]
    met = len(counts) - len(short)
    possible = [n for n in short if table.capacity[n] >= table.need[n]]
    needs = _needs(table, places) if possible else None
    found = []
    for n in short:
        reason, hall = Reason.IMPOSSIBLE, None
        if needs is not None and n in possible:
            hall = needs.hall_set(n)
            if hall is not None:
                reason = Reason.HALL
            else:
                reason = Reason.OUTRANKED if proved and places.exact else Reason.HOURS
        found.append(_described(table, n, reason, hall, counts[n], met))
    return tuple(found)


def _needs(table: Table, places: Places) -> Needs:
    """What is needed besides what has been started, of the items that are possible at all."""
    return Needs(
        [
            max(0, need - fixed) if most >= need else 0
            for need, fixed, most in zip(table.need, table.fixed, table.capacity, strict=True)
        ],
        places.number,
        table.allowed,
    )


def _described(
    table: Table, item: int, reason: Reason, hall: HallSet | None, got: int, met: int
) -> Unmet:
    problem = table.problem
    bars = Counter(each[item] for each in table.bars if item in each)
    return Unmet(
        item=problem.items[item].id,
        reason=reason,
        need=table.need[item],
        got=got,
        can=table.capacity[item],
        bars=tuple((bar, bars[bar]) for bar in Bar if bars[bar]),
        items=tuple(problem.items[n].id for n in hall.items) if hall else (),
        members=tuple(problem.members[n].id for n in hall.members) if hall else (),
        needed=hall.needed if hall else 0,
        places=hall.places if hall else 0,
        met=met,
    )
