"""Why me: for every item a member would rather have, what stands against it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.split.errors import PairUnknown
from bot.domain.split.levels import Holdings, counts_of, levels_of
from bot.domain.split.problem import FEWER_IS_BETTER, Level, Pair, Problem
from bot.domain.split.table import Bar, Table


@dataclass(frozen=True, slots=True)
class Instead:
    """Taking ``item`` instead of what the member holds.

    One of these says what stands against it: ``bar`` (a rule), ``is_full`` (no seat left),
    ``is_too_long`` (with the rest of what they hold, the hours do not fit), or ``level``, the
    first that falls, ``by`` how much. If none does, the two are equal and the draw decided.
    ``readers`` are those of the item as things stand, ``own_readers`` those of the item held.
    """

    item: str
    bar: Bar | None = None
    is_full: bool = False
    is_too_long: bool = False
    level: Level | None = None
    by: int = 0
    readers: int = 0
    own_readers: int = 0

    @property
    def is_equal(self) -> bool:
        """Nothing would be lost; the draw decided."""
        return not (self.bar or self.is_full or self.is_too_long or self.level)


def why(
    problem: Problem, assignment: tuple[Pair, ...], member: str, item: str
) -> tuple[Instead, ...]:
    """What stands against each item the member wants more than this one, the most wanted first.

    ``assignment`` is that of a split of the problem; raises ``PairUnknown`` if the member does
    not hold the item there.
    """
    table = Table.of(problem)
    if (member, item) not in assignment:
        raise PairUnknown(member, item)
    holdings = holdings_of(table, assignment)
    i, own = table.member_of[member], table.item_of[item]
    score, held = table.score[i], {*holdings[i], *table.started[i]}
    wanted = [j for j in range(len(score)) if score[j] > score[own] and j not in held]
    return tuple(
        _instead(table, holdings, i, own, j) for j in sorted(wanted, key=lambda j: (-score[j], j))
    )


def holdings_of(table: Table, assignment: tuple[Pair, ...]) -> Holdings:
    """The holdings behind an assignment; raises ``PairUnknown`` for ids not in the problem."""
    held: list[set[int]] = [set() for _ in table.allowed]
    for member, item in assignment:
        if member not in table.member_of or item not in table.item_of:
            raise PairUnknown(member, item)
        held[table.member_of[member]].add(table.item_of[item])
    return [
        tuple(sorted(each - set(started)))
        for each, started in zip(held, table.started, strict=True)
    ]


def _instead(table: Table, holdings: Holdings, member: int, own: int, other: int) -> Instead:
    counts = counts_of(table, holdings)
    name = table.problem.items[other].id
    readers = table.readers[other] + counts[other]
    own_readers = table.readers[own] + counts[own]
    if other in table.bars[member]:
        bar = table.bars[member][other]
        return Instead(name, bar=bar, readers=readers, own_readers=own_readers)
    if counts[other] >= table.capacity[other]:
        return Instead(name, is_full=True, readers=readers, own_readers=own_readers)
    rest = tuple(j for j in holdings[member] if j != own)
    hours = table.hours[member]
    if hours is not None and sum(table.effort[member][j] for j in (*rest, other)) > hours:
        return Instead(name, is_too_long=True, readers=readers, own_readers=own_readers)
    swapped = list(holdings)
    swapped[member] = tuple(sorted((*rest, other)))
    before, after = levels_of(table, holdings), levels_of(table, swapped)
    for level in table.problem.levels:
        lost = before[level] - after[level]
        lost = -lost if level in FEWER_IS_BETTER else lost
        if lost > 0:
            return Instead(name, level=level, by=lost, readers=readers, own_readers=own_readers)
    return Instead(name, readers=readers, own_readers=own_readers)
