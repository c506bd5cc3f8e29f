"""``make bench``: prints every figure as a ratio measured in one run."""

from __future__ import annotations

import asyncio
import sys

from tests.bench import (
    card,
    clubs,
    coverage,
    deliveries,
    interactions,
    notes,
    progress,
    search,
    signups,
    split,
    splitting,
    startup,
)
from tests.bench.table import Row, print_table


def main() -> int:
    """Measure everything; 1 when a goal is missed."""
    rows: list[Row] = [
        *search.rows(),
        *search.own_rows(),
        *split.rows(),
        *asyncio.run(interactions.rows()),
        *asyncio.run(card.rows()),
        *asyncio.run(signups.rows()),
        *asyncio.run(notes.rows()),
        *asyncio.run(progress.rows()),
        *asyncio.run(coverage.rows()),
        *asyncio.run(clubs.rows()),
        *asyncio.run(deliveries.rows()),
        *asyncio.run(splitting.rows()),
        *startup.rows(),
    ]
    print_table(rows)
    return int(any(not row.reached for row in rows))


if __name__ == "__main__":
    sys.exit(main())
