"""How a community's coverage came about, week by week, from the history of depths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.catalogue import Theory
from bot.domain.coverage.diversity import hill
from bot.domain.coverage.snapshot import Change, History, theory_by_primary
from bot.domain.progress import Depth

_DEPTHS = tuple(Depth)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Theories known, met and covered at a moment, and the effective number of order 1."""

    at: datetime
    known: int
    met: int
    covered: int
    effective: float


def week_ends(now: datetime, weeks: int) -> tuple[datetime, ...]:
    """The last ends of weeks (Mondays 00:00 UTC) and, as the last of ``weeks``, ``now``."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    if monday == now:
        monday -= timedelta(weeks=1)
    past = (monday - timedelta(weeks=back) for back in range(weeks - 2, -1, -1))
    return (*past, now)


def trend(
    history: History,
    theories: Sequence[Theory],
    target: int,
    moments: Sequence[datetime],
) -> tuple[TrendPoint, ...]:
    """The state at each of ``moments`` (ascending), by today's target.

    Each change costs a step and each moment one step a theory.
    """
    ledger = _Ledger(theories)
    events = _in_order(history)
    coming = next(events, None)
    points = []
    for moment in moments:
        while coming is not None and coming[0] <= moment:
            ledger.apply(coming[1])
            coming = next(events, None)
        points.append(ledger.point(moment, target))
    return tuple(points)


def _in_order(history: History) -> Iterator[tuple[datetime, Change | int]]:
    """Changes and departures by time; a member who left logs nothing any more."""
    departures = history.departures
    kept: list[tuple[datetime, Change | int]] = [
        (change.changed_at, change)
        for change in history.changes
        if change.user_id not in departures or change.changed_at < departures[change.user_id]
    ]
    kept += [(at, user_id) for user_id, at in departures.items()]
    # Stable: changes of one moment stay in the order in which they were written.
    return iter(sorted(kept, key=lambda event: event[0]))


class _Ledger:
    """Members by depth a theory, kept up to date change by change."""

    def __init__(self, theories: Sequence[Theory]) -> None:
        self._theory_of = theory_by_primary(theories)
        self._counts = {theory.slug: dict.fromkeys(_DEPTHS, 0) for theory in theories}
        # member -> theory -> paper -> depth
        self._own: defaultdict[int, defaultdict[str, dict[str, Depth]]] = defaultdict(
            lambda: defaultdict(dict)
        )

    def apply(self, event: Change | int) -> None:
        """One change of a depth, or the departure of the member with this id."""
        if isinstance(event, int):
            for known, read in self._own.pop(event, {}).items():
                self._count(known, read, -1)
            return
        slug = self._theory_of.get(event.paper_id)
        if slug is None:
            return
        papers = self._own[event.user_id][slug]
        self._count(slug, papers, -1)
        if event.depth is None:
            papers.pop(event.paper_id, None)
        else:
            papers[event.paper_id] = event.depth
        self._count(slug, papers, +1)

    def _count(self, slug: str, papers: Mapping[str, Depth], by: int) -> None:
        if papers:
            self._counts[slug][max(papers.values())] += by

    def point(self, at: datetime, target: int) -> TrendPoint:
        """The state as it is now."""
        readers, understanders, weights = [], [], []
        for counts in self._counts.values():
            readers.append(sum(n for depth, n in counts.items() if depth.is_reader))
            understanders.append(sum(n for depth, n in counts.items() if depth.is_understander))
            weights.append(sum(n * depth.weight for depth, n in counts.items()))
        return TrendPoint(
            at,
            known=sum(n >= 1 for n in readers),
            met=sum(n >= target for n in readers),
            covered=sum(n >= target for n in understanders),
            effective=hill(weights, 1),
        )
