"""What members choose about reminders of their own: where, how long before, and when not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.errors import ClubError
from bot.domain.members import DmConsent
from bot.domain.reminders.budget import DEFAULT_BUDGET
from bot.domain.reminders.kinds import ReminderKind
from bot.domain.reminders.quiet import QuietHours


class BudgetImpossible(ClubError):
    """The prompts a week are no whole number within BUDGETS."""


class QuietUnclear(ClubError):
    """Quiet hours need a beginning and an end, both as times of a day."""


@dataclass(frozen=True, slots=True)
class ReminderChoices:
    """What a member has chosen in one server; the defaults hold for whoever chose nothing.

    ``by_dm``: sessions are told of directly, a day and/or an hour before; otherwise the club's
    channel does. ``reads_by``: what is left to read is told of three days before, directly.
    ``quiet`` are two times on the wall clock of the member's zone.
    """

    by_dm: bool = False
    day_before: bool = True
    hour_before: bool = True
    reads_by: bool = False
    mentioned: bool = True
    quiet: tuple[time, time] | None = None
    budget: int = DEFAULT_BUDGET

    @property
    def kinds(self) -> frozenset[ReminderKind]:
        """What the member is told of directly before a session."""
        wanted = {
            ReminderKind.DAY_BEFORE: self.by_dm and self.day_before,
            ReminderKind.HOUR_BEFORE: self.by_dm and self.hour_before,
            ReminderKind.READ_BY: self.reads_by,
        }
        return frozenset(kind for kind, is_wanted in wanted.items() if is_wanted)

    def quiet_hours(self, zone: str | None) -> QuietHours | None:
        """The quiet hours in a zone; in UTC without one, or when it is gone from a newer list.

        Raises QuietHoursTooLong.
        """
        if self.quiet is None:
            return None
        try:
            ZoneInfo(zone or "UTC")
        except (KeyError, ValueError, OSError):
            zone = None
        return QuietHours(*self.quiet, zone or "UTC")


@dataclass(frozen=True, slots=True)
class OwnReminders:
    """All that decides about a member's reminders. ``clubs`` are the server's, id and name."""

    choices: ReminderChoices
    dm: DmConsent
    zone: str | None = None
    dm_closed_at: datetime | None = None
    clubs: tuple[tuple[int, str], ...] = ()
    muted: frozenset[int] = frozenset()
