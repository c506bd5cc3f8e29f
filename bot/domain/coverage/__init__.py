"""Coverage: what a community knows of its theories, how evenly, and what holds it together.

A reader of a theory is a member whose depth on one of its primary papers is at least *read*;
an understander one at *almost understood* or better.
"""

from __future__ import annotations

from bot.domain.coverage.community import Community, TheoryState, survey
from bot.domain.coverage.diversity import evenness, explained, hill
from bot.domain.coverage.introductions import CannotBeIntroduced, Introduction
from bot.domain.coverage.overlap import Consent, Unlike, distance, unlike
from bot.domain.coverage.risk import SILENT_AFTER, Risk, at_risk
from bot.domain.coverage.snapshot import (
    Change,
    Completion,
    History,
    Reading,
    Snapshot,
    Taught,
)
from bot.domain.coverage.state import (
    DEFAULT_TARGET,
    Standing,
    TheoryCoverage,
    most_needed,
)
from bot.domain.coverage.trend import TrendPoint, trend, week_ends
from bot.domain.coverage.views import View

__all__ = [
    "DEFAULT_TARGET",
    "SILENT_AFTER",
    "CannotBeIntroduced",
    "Change",
    "Community",
    "Completion",
    "Consent",
    "History",
    "Introduction",
    "Reading",
    "Risk",
    "Snapshot",
    "Standing",
    "Taught",
    "TheoryCoverage",
    "TheoryState",
    "TrendPoint",
    "Unlike",
    "View",
    "at_risk",
    "distance",
    "evenness",
    "explained",
    "hill",
    "most_needed",
    "survey",
    "trend",
    "unlike",
    "week_ends",
]
