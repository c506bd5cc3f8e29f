"""How often a member is prompted: at most so many times a week, and not while nobody answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.reminders.deliveries import Reason
from bot.domain.reminders.kinds import BUDGETED, ReminderKind
from bot.domain.reminders.quiet import QuietHours

WEEK = timedelta(days=7)
DEFAULT_BUDGET = 2
BUDGETS = range(15)
"""What a member may choose: none at all, up to two a day."""

PATIENCE = 2
"""So many prompts in a row may stay unanswered before there is silence."""

REMEMBERED = timedelta(days=90)
"""Prompts longer ago than this decide nothing any more: the ledger has forgotten them."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a member has chosen about their reminders.

    ``answered_at`` is when they last did anything with the bot; None: never.
    """

    takes_dms: bool
    quiet: QuietHours | None = None
    budget: int = DEFAULT_BUDGET
    answered_at: datetime | None = None


def refused_prompt(
    kind: ReminderKind, sent: Iterable[datetime], wanted: Preferences, now: datetime
) -> Reason | None:
    """Why a member is not prompted now; None when they may be.

    ``sent`` are the prompts they were sent, of all kinds with a budget. The week is any seven days
    that end now, so that a turn of the calendar brings no second helping. After two that were
    not answered there is silence until the member does something.
    """
    if kind not in BUDGETED:
        return None
    before = sorted(at for at in sent if at <= now)
    if sum(now - at < WEEK for at in before) >= wanted.budget:
        return Reason.BUDGET
    answered = wanted.answered_at
    unanswered = [at for at in before if answered is None or at > answered]
    return Reason.BACK_OFF if len(unanswered) >= PATIENCE else None
