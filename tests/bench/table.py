"""One figure of the benchmarks and the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``figure`` is what was measured and must not pass ``goal``; ``detail`` says from what."""

    name: str
    figure: float
    goal: float
    unit: str
    detail: str

    @property
    def reached(self) -> bool:
        """Whether the goal is kept."""
        return self.figure <= self.goal


def print_table(rows: Iterable[Row]) -> None:
    """Print the rows in columns."""
    rows = list(rows)
    width = max(len(row.name) for row in rows)
    print(f"{'':{width}}  {'measured':>10}  {'goal':>8}          from")
    for row in rows:
        sign = "ok" if row.reached else "MISSED"
        figure, goal = f"{row.figure:.2f}{row.unit}", f"{row.goal:g}{row.unit}"
        print(f"{row.name:{width}}  {figure:>10}  {goal:>8}  {sign:7} {row.detail}")
