"""Theories that a community could lose with one member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.catalogue import Theory
from bot.domain.coverage.snapshot import Snapshot, best_depths, theory_by_primary

SILENT_AFTER = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Risk:
    """A theory at risk. ``understanders`` have not left; ``active`` of them are not silent.

    ``last_seen`` is when one of them last gave a sign of life.
    """

    slug: str
    understanders: int
    active: int
    last_seen: datetime


def at_risk(
    snapshot: Snapshot,
    theories: Iterable[Theory],
    last_seen: Mapping[int, datetime],
    now: datetime,
) -> tuple[Risk, ...]:
    """The theories with exactly one active understander, or with none but silent ones.

    Silent is who gave no sign of life for 60 days. ``last_seen`` is each member's last sign; what
    they logged counts in any case. Members who left are not in the snapshot.
    """
    listed = tuple(theories)
    seen = dict(last_seen)
    for user_id, _, _, at in snapshot.readings:
        seen[user_id] = max(at, seen.get(user_id, at))
    understanders: defaultdict[str, list[datetime]] = defaultdict(list)
    for user_id, own in best_depths(snapshot.readings, theory_by_primary(listed)).items():
        for slug, depth in own.items():
            if depth.is_understander:
                understanders[slug].append(seen[user_id])
    found = []
    for theory in listed:
        moments = understanders.get(theory.slug, [])
        active = sum(now - at < SILENT_AFTER for at in moments)
        if moments and active <= 1:
            found.append(Risk(theory.slug, len(moments), active, max(moments)))
    return tuple(found)
