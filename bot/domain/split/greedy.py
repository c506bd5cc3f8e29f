"""A first split when hours count, good enough to improve on."""

from __future__ import annotations

from bot.domain.split.arrangement import Arrangement


def fill_greedily(arrangement: Arrangement) -> None:
    """Keep promises, then serve the scarcest item first, then fill up by worth for the hour."""
    table = arrangement.table
    for member_id, item_id in sorted(table.problem.accepted):
        _try_to_add(arrangement, table.member_of[member_id], table.item_of[item_id])
    scarce = sorted(
        range(len(table.readers)), key=lambda j: (len(arrangement.seekers[j]), -table.need[j], j)
    )
    for item in scarce:
        wanted = max(table.need[item], int(table.readers[item] == 0)) - table.fixed[item]
        if wanted <= len(arrangement.seekers[item]):
            for member in _cheapest(arrangement, item):
                if arrangement.count[item] >= wanted:
                    break
                _try_to_add(arrangement, member, item)
    for member in range(len(table.allowed)):
        arrangement.improve(member)


def _cheapest(arrangement: Arrangement, item: int) -> list[int]:
    """Those who may take the item, the one with the least else to do first."""
    table = arrangement.table

    def spare(member: int) -> tuple[int, int, int]:
        return len(arrangement.held[member]), len(table.allowed[member]), member

    return sorted(arrangement.seekers[item], key=spare)


def _try_to_add(arrangement: Arrangement, member: int, item: int) -> bool:
    table, held = arrangement.table, arrangement.held[member]
    hours = table.hours[member]
    if (
        item in held
        or item not in table.allowed[member]
        or len(held) >= table.places[member]
        or arrangement.count[item] >= len(arrangement.key.marginal[item])
        or (hours is not None and sum(table.effort[member][j] for j in (*held, item)) > hours)
    ):
        return False
    arrangement.give(member, tuple(sorted((*held, item))))
    return True
