"""Builders of communities for the tests of coverage, and a second way to count them (numpy)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import strategies as st

from bot.domain.catalogue import Theory
from bot.domain.coverage import Reading, Snapshot, Taught
from bot.domain.papers import Role
from bot.domain.progress import Depth
from tests.domain.theories import paper, theory

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
# Five theories: the first has two primary papers and one more that counts for itself only.
THEORIES: tuple[Theory, ...] = (
    theory("a", paper("a1", "A1"), paper("a2", "A2"), paper("a3", "A3", role=Role.FOLLOWUP), order=1),
    *(theory(s, paper(f"{s}1", s.upper()), order=n) for n, s in enumerate("bcde", 2)),
)  # fmt: skip
PAPERS = ("a1", "a2", "a3", "b1", "c1", "d1", "e1")


def read(user: int, paper_id: str, depth: Depth = Depth.READ, days_ago: float = 1) -> Reading:
    return Reading(user, paper_id, depth, NOW - timedelta(days=days_ago))


def snapshot(*readings: Reading, taught: Sequence[Taught] = (), target: int = 2) -> Snapshot:
    return Snapshot(readings, tuple(taught), target)


# One depth a member and paper, as the table's key has it.
readings = st.dictionaries(
    st.tuples(st.integers(1, 8), st.sampled_from(PAPERS)),
    st.tuples(st.sampled_from(Depth), st.integers(0, 400)),
    max_size=30,
).map(lambda found: [read(*key, *value) for key, value in found.items()])


def matrix(rows: Sequence[Reading], theories: Sequence[Theory] = THEORIES) -> Any:
    """Members x theories: the rank of the deepest depth over the primary papers, -1 for none."""
    members = sorted({row.user_id for row in rows})
    best = np.full((len(members), len(theories)), -1)
    for row in rows:
        for column, one in enumerate(theories):
            if row.paper_id in {p.id for p in one.primary_papers}:
                at = members.index(row.user_id), column
                best[at] = max(best[at], row.depth.rank)
    return best
