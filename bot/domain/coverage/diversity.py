"""Measures of how many theories a community knows and how evenly.

Sources: M. O. Hill, "Diversity and evenness: a unifying notation and its consequences",
Ecology 54 (1973) 427-432; L. Jost, "Entropy and diversity", Oikos 113 (2006) 363-375;
E. C. Pielou, "The measurement of diversity in different types of biological collections",
Journal of Theoretical Biology 13 (1966) 131-144.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def hill(weights: Iterable[float], order: float) -> float:
    """The effective number of theories (Hill 1973): as many, evenly known, are as diverse.

    ``weights`` are what the readers of each theory weigh together; only their shares count.
    Order 0 counts what anybody knows, order 1 is exp of Shannon's entropy and weighs every theory
    by its share, order 2 is the inverse of Simpson's concentration and heeds the common ones
    most. Never rises with the order; twice as many such theories give twice the number (Jost
    2006). 0 where nothing is known.
    """
    known = [weight for weight in weights if weight > 0]
    total = math.fsum(known)
    if not known:
        return 0.0
    shares = [weight / total for weight in known]
    if order == 0:
        return float(len(shares))
    if order == 1:
        return math.exp(-math.fsum(p * math.log(p) for p in shares))
    return math.pow(math.fsum(math.pow(p, order) for p in shares), 1 / (1 - order))


def evenness(weights: Sequence[float]) -> float | None:
    """Pielou's J (1966): ln of the effective number over ln of the number of theories.

    1 where all theories are known alike, 0 where one holds everything. All theories count,
    those nobody knows too. None with fewer than two theories, or where nothing is known.
    """
    effective = hill(weights, 1)
    if len(weights) < 2 or effective == 0:
        return None
    return min(1.0, max(0.0, math.log(effective) / math.log(len(weights))))


def explained(readers: Iterable[int], completion: float) -> float:
    """How many theories somebody can be expected to explain: the sum of 1 - (1 - p)^readers.

    ``completion`` is p, the chance that one reader can; readers are taken to be independent.
    """
    return math.fsum(1 - (1 - completion) ** count for count in readers)
