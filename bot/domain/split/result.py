"""The answer: who reads what, what that reaches, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.domain.split.metrics import Metrics
from bot.domain.split.problem import Dropped, Level, Pair
from bot.domain.split.unmet import Unmet


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is known to be best.

    ``proved`` are the first levels, in order, of which no split can do better; ``bound`` is the
    most that the next one could reach (the fewest, for a count of classes), ``None`` at the end.
    """

    proved: tuple[Level, ...]
    next: Level | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """One round's assignment with everything a group wants to know about it.

    ``assignment`` are all pairs in order, those already started included. ``slack`` is how many
    percent of the gain could be given up for wishes. ``free`` are the figures if everybody took
    what they like.
    """

    assignment: tuple[Pair, ...]
    levels: Mapping[Level, int]
    metrics: Metrics
    free: Metrics
    unmet: tuple[Unmet, ...]
    certificate: Certificate
    slack: int = 0
    dropped: tuple[Dropped, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON, floats to three places."""
        certificate = self.certificate
        return {
            "assignment": [list(pair) for pair in self.assignment],
            "levels": {level.value: value for level, value in self.levels.items()},
            "metrics": _figures(self.metrics),
            "free_choice": _figures(self.free),
            "unmet": [_unmet(each) for each in self.unmet],
            "certificate": {
                "proved": [level.value for level in certificate.proved],
                "next": certificate.next.value if certificate.next else None,
                "bound": certificate.bound,
            },
            "slack": self.slack,
            "dropped": [[each.key, each.id] for each in self.dropped],
        }


def _figures(metrics: Metrics) -> dict[str, Any]:
    """The three orders of a Hill number each on its own: ``hill0``, ``hill1``, ``hill2``."""
    figures: dict[str, Any] = {}
    for name, value in asdict(metrics).items():
        if isinstance(value, tuple):
            figures |= {name.replace("hill", f"hill{n}"): _rounded(v) for n, v in enumerate(value)}
        else:
            figures[name] = _rounded(value)
    return figures


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


def _unmet(unmet: Unmet) -> dict[str, Any]:
    found: dict[str, Any] = {
        "item": unmet.item,
        "reason": unmet.reason.value,
        "need": unmet.need,
        "got": unmet.got,
        "can": unmet.can,
        "bars": {bar.value: count for bar, count in unmet.bars},
    }
    if unmet.items:
        found |= {
            "items": list(unmet.items),
            "members": list(unmet.members),
            "needed": unmet.needed,
            "places": unmet.places,
        }
    return found | {"met": unmet.met}
