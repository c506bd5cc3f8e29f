"""Splitting a list so that a community covers more of it, and saying why.

``split(Problem.of(...))`` gives who reads what this round. With a number of places the answer is
the best there is; with hours it comes from a search whose first levels are usually proved. All
values are plain and can be pickled; nothing here knows of Discord or a database.
"""

from bot.domain.split.errors import Fault, PairUnknown, SplitProblemWrong
from bot.domain.split.metrics import Metrics
from bot.domain.split.problem import (
    LEVELS,
    Dropped,
    Item,
    Level,
    Member,
    Pair,
    Problem,
    Ranking,
    Scores,
)
from bot.domain.split.result import Certificate, Split
from bot.domain.split.rounds import Difference, PairState, continued, difference
from bot.domain.split.solve import LARGE, split, usual_slack
from bot.domain.split.table import Bar
from bot.domain.split.unmet import Reason, Unmet
from bot.domain.split.why import Instead, why

__all__ = [
    "LARGE",
    "LEVELS",
    "Bar",
    "Certificate",
    "Difference",
    "Dropped",
    "Fault",
    "Instead",
    "Item",
    "Level",
    "Member",
    "Metrics",
    "Pair",
    "PairState",
    "PairUnknown",
    "Problem",
    "Ranking",
    "Reason",
    "Scores",
    "Split",
    "SplitProblemWrong",
    "Unmet",
    "continued",
    "difference",
    "split",
    "usual_slack",
    "why",
]
