"""Who reads unlike whom, among those who let themselves be seen.

Source of the distance: M. Ruzicka, "Anwendung mathematisch-statistischer Methoden in der
Geobotanik", Biologia (Bratislava) 13 (1958) 647-661, the weighted form of P. Jaccard, "The
distribution of the flora in the alpine zone", New Phytologist 11 (1912) 37-50.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.progress import Depth


@dataclass(frozen=True, slots=True)
class Consent:
    """What a member lets others in the server see.

    ``shows_reading``: papers and depths. ``explains``: that they can explain what they
    understand. Somebody with neither agreed to be named, and to no more.
    """

    user_id: int
    display_name: str
    shows_reading: bool
    explains: bool

    def visible(self, depths: Mapping[str, Depth]) -> frozenset[str]:
        """The theories that may be shown beside the name: read ones, or those explained."""
        if self.shows_reading:
            return frozenset(slug for slug, depth in depths.items() if depth.is_reader)
        if self.explains:
            return frozenset(slug for slug, depth in depths.items() if depth.is_understander)
        return frozenset()


@dataclass(frozen=True, slots=True)
class Unlike:
    """A member who reads otherwise: ``brings`` are theories they read and the asker did not.

    Only what they let others see is in it.
    """

    user_id: int
    display_name: str
    brings: frozenset[str]


def distance(one: Mapping[str, Depth], other: Mapping[str, Depth]) -> float:
    """How little two members' reading overlaps: 0 the same, 1 nothing in common.

    Ruzicka's distance of the weights of the depths a theory (0.5 read, 0.8 almost, 1
    understood): 1 - sum of minima / sum of maxima. 0 where neither has read anything.
    """
    slugs = one.keys() | other.keys()
    pairs = [(_weight(one, slug), _weight(other, slug)) for slug in slugs]
    # Exact sums, so that it is the same from either side, in whatever order a set comes.
    most = math.fsum(max(pair) for pair in pairs)
    return 1 - math.fsum(min(pair) for pair in pairs) / most if most else 0.0


def unlike(
    me: int,
    depths: Mapping[int, Mapping[str, Depth]],
    consents: Mapping[int, Consent],
    limit: int,
) -> tuple[Unlike, ...]:
    """At most ``limit`` members who agreed to be seen and whose reading overlaps least.

    Only members who have read something; the order says how far apart, never how much. ``depths``
    holds each member's depth a theory.
    """
    own = depths.get(me, {})
    found = [
        (distance(own, theirs), consents[user_id])
        for user_id, theirs in depths.items()
        if user_id != me and user_id in consents and any(d.is_reader for d in theirs.values())
    ]
    far = sorted((pair for pair in found if pair[0] > 0), key=lambda p: (-p[0], p[1].user_id))
    mine = {slug for slug, depth in own.items() if depth.is_reader}
    return tuple(
        Unlike(c.user_id, c.display_name, c.visible(depths[c.user_id]) - mine)
        for _, c in far[:limit]
    )


def _weight(depths: Mapping[str, Depth], slug: str) -> float:
    depth = depths.get(slug)
    return 0.0 if depth is None else depth.weight
