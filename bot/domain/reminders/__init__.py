"""Reminders: what is planned, when it is due, whether it goes out, and what became of it."""

from __future__ import annotations

from bot.domain.reminders.answers import Answer, Meaning, is_invalid_request, meaning_of
from bot.domain.reminders.budget import (
    BUDGETS,
    DEFAULT_BUDGET,
    REMEMBERED,
    Preferences,
    pause_after,
    refused_prompt,
)
from bot.domain.reminders.deliveries import (
    CHANNEL,
    MISSED,
    OPEN_STATES,
    Delivery,
    DeliveryState,
    Planned,
    Reason,
    mark,
)
from bot.domain.reminders.kinds import (
    BEFORE_SESSION,
    BUDGETED,
    DIGEST_USEFUL,
    HORIZON,
    LATE,
    MENTIONED_AT_MOST,
    ReminderKind,
    Timing,
    may_mention,
    urgency,
)
from bot.domain.reminders.misfire import Rival, Turn, is_late, late_by, misfire
from bot.domain.reminders.pacing import Breaker, Pace, Skew
from bot.domain.reminders.planning import (
    LeadOutOfRange,
    Meeting,
    Wish,
    digest_mondays,
    mentioned,
    plan_change,
    plan_digest,
    plan_session,
)
from bot.domain.reminders.quiet import QuietHours, QuietHoursTooLong

__all__ = [
    "BEFORE_SESSION",
    "BUDGETED",
    "BUDGETS",
    "CHANNEL",
    "DEFAULT_BUDGET",
    "DIGEST_USEFUL",
    "HORIZON",
    "LATE",
    "MENTIONED_AT_MOST",
    "MISSED",
    "OPEN_STATES",
    "REMEMBERED",
    "Answer",
    "Breaker",
    "Delivery",
    "DeliveryState",
    "LeadOutOfRange",
    "Meaning",
    "Meeting",
    "Pace",
    "Planned",
    "Preferences",
    "QuietHours",
    "QuietHoursTooLong",
    "Reason",
    "ReminderKind",
    "Rival",
    "Skew",
    "Timing",
    "Turn",
    "Wish",
    "digest_mondays",
    "is_invalid_request",
    "is_late",
    "late_by",
    "mark",
    "may_mention",
    "meaning_of",
    "mentioned",
    "misfire",
    "pause_after",
    "plan_change",
    "plan_digest",
    "plan_session",
    "refused_prompt",
    "urgency",
]
