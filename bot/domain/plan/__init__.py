"""A plan: the sections of papers laid over the coming sessions, by hours a week.

A session's budget is the time for reading between two sessions. The sections keep their order,
the sessions are as few as possible, and as even as they then can be. A section is split only
when it is longer than a budget by itself.
"""

from bot.domain.plan.laying import lay, replan
from bot.domain.plan.values import (
    MOST_HOURS,
    MOST_PARTS,
    HoursOutOfRange,
    NoSessionToPlan,
    NothingToPlan,
    Part,
    Plan,
    PlanTooLong,
    Reading,
    Shift,
    Sitting,
    budget,
    difference,
)

__all__ = [
    "MOST_HOURS",
    "MOST_PARTS",
    "HoursOutOfRange",
    "NoSessionToPlan",
    "NothingToPlan",
    "Part",
    "Plan",
    "PlanTooLong",
    "Reading",
    "Shift",
    "Sitting",
    "budget",
    "difference",
    "lay",
    "replan",
]
