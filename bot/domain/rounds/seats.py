"""How many seats each paper would need, so that seats keep nobody from a better split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.domain.rounds.posing import Facts
from bot.domain.signups import SEAT_LIMITS
from bot.domain.split import Split


def is_tight(facts: Facts, found: Split) -> bool:
    """Whether some paper has no seat left, so that more might change the split."""
    taken = Counter(paper_id for _, paper_id in found.assignment)
    return any(_left(facts, paper_id) <= count for paper_id, count in taken.items())


def more_seats(facts: Facts, roomy: Split) -> Mapping[str, int]:
    """The seats that ``roomy``, a split without regard to seats, takes beyond those there are."""
    taken = Counter(paper_id for _, paper_id in roomy.assignment)
    wanted = {
        paper_id: min(SEAT_LIMITS[-1], count + facts.items[paper_id].held - shared)
        for paper_id, count in sorted(taken.items())
        for shared in (facts.shared.get(paper_id, 0),)
    }
    return {
        paper_id: seats for paper_id, seats in wanted.items() if seats > facts.items[paper_id].seats
    }


def unlimited(facts: Facts) -> Mapping[str, int]:
    """As many seats for every paper as a server can give."""
    return dict.fromkeys(facts.items, SEAT_LIMITS[-1])


def _left(facts: Facts, paper_id: str) -> int:
    item = facts.items[paper_id]
    return max(0, item.seats - item.held) + facts.shared.get(paper_id, 0)
