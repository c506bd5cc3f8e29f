"""What happens without a split: everybody takes what they like best."""

from __future__ import annotations

from bot.domain.split.levels import Holdings
from bot.domain.split.table import Table


def free_choice(table: Table) -> Holdings:
    """In the order of their ids, members take their wishes from the top while they fit.

    Seats are respected where an item has them. Equal wishes are taken in the order of the ids.
    """
    left = [most - taken for most, taken in zip(table.capacity, table.fixed, strict=True)]
    holdings = []
    for member, allowed in enumerate(table.allowed):
        score, effort = table.score[member], table.effort[member]
        places, hours = table.places[member], table.hours[member]
        held: list[int] = []
        for item in sorted(allowed, key=lambda j: (-score[j], j)):
            fits = hours is None or effort[item] <= hours
            if len(held) < places and fits and left[item] > 0:
                held.append(item)
                left[item] -= 1
                hours = None if hours is None else hours - effort[item]
        holdings.append(tuple(sorted(held)))
    return holdings
