"""What a member could have instead of a paper they were given, without a loss to the group."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.split import Pair, PairUnknown, Problem
from bot.domain.split.levels import counts_of
from bot.domain.split.table import Table
from bot.domain.split.why import holdings_of


@dataclass(frozen=True, slots=True)
class SwapOption:
    """A free seat. ``readers`` are those the paper would have, if everybody reads, before."""

    paper_id: str
    minutes: int
    score: int
    readers: int


def swap_options(
    problem: Problem, assignment: tuple[Pair, ...], member: str, item: str
) -> tuple[SwapOption, ...]:
    """Every free seat that may take the place of ``item``, what the member wants most first.

    It neither lowers how many items are known nor how many are met. ``item`` is counted as not
    started, since it is to be given back. Raises PairUnknown if the member does not hold it.
    """
    if (member, item) not in assignment:
        raise PairUnknown(member, item)
    # What is swapped away binds nobody: it is neither started nor kept any more.
    freed = Problem.of(
        problem.members,
        problem.items,
        accepted=problem.accepted - {(member, item)},
        started=problem.started - {(member, item)},
        groups=problem.groups,
        slow=problem.slow,
        levels=problem.levels,
        seed=problem.seed,
    )
    table = Table.of(freed)
    holdings = holdings_of(table, assignment)
    i, own = table.member_of[member], table.item_of[item]
    counts = counts_of(table, holdings)
    rest = tuple(j for j in holdings[i] if j != own)
    hours = table.hours[i]
    found = []
    for j in table.allowed[i]:
        if j == own or j in rest or counts[j] >= table.capacity[j]:
            continue
        if hours is not None and sum(table.effort[i][k] for k in (*rest, j)) > hours:
            continue
        if _loses(table, counts, own, j):
            continue
        found.append(
            SwapOption(
                problem.items[j].id,
                table.effort[i][j],
                table.score[i][j],
                table.readers[j] + counts[j],
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.score, one.readers, one.paper_id)))


def _loses(table: Table, counts: list[int], old: int, new: int) -> bool:
    """Whether one reader less of ``old`` and one more of ``new`` lowers what is known or met."""
    known = met = 0
    for item, change in ((old, -1), (new, 1)):
        weight, readers = table.problem.items[item].priority, table.readers[item]
        before, after = counts[item], counts[item] + change
        known += weight * ((readers + after > 0) - (readers + before > 0))
        met += weight * ((after >= table.need[item]) - (before >= table.need[item]))
    return known < 0 or met < 0
