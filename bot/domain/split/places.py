"""When a member's hours amount to a number of places."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.split.table import Table


@dataclass(frozen=True, slots=True)
class Places:
    """How many items each member can take at most; ``exact`` if any choice of so many fits.

    Then hours need not be looked at any more. Otherwise the numbers are only a relaxation.
    """

    number: list[int]
    exact: bool

    @classmethod
    def of(cls, table: Table) -> Places:
        """Count, for each member, how many of the shortest and of the longest items fit."""
        number, exact = [], True
        for i, allowed in enumerate(table.allowed):
            efforts = sorted(table.effort[i][j] for j in allowed)
            shortest = min(table.places[i], _fitting(efforts, table.hours[i]))
            longest = min(table.places[i], _fitting(efforts[::-1], table.hours[i]))
            number.append(shortest)
            exact = exact and shortest == longest
        return cls(number, exact)


def _fitting(efforts: list[int], hours: int | None) -> int:
    """How many of the first efforts fit into the hours together."""
    if hours is None:
        return len(efforts)
    spent = 0
    for count, effort in enumerate(efforts):
        spent += effort
        if spent > hours:
            return count
    return len(efforts)
