"""What a cell of the table delivers: a session's reminder, a digest, or something to one member."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta

from bot.domain.reminders import Planned, Preferences, QuietHours, ReminderKind
from tests.faults.discord_process import DM
from tests.services.reminding import ANN, planned
from tests.storage.builders import NOW

SESSION = "a session"
# Quiet hours that end when the faults begin.
_QUIET = QuietHours(time(17), time(18), "UTC")
HELD = NOW - timedelta(minutes=30)


@dataclass(frozen=True)
class Subject:
    """What is planned, and what its reader has chosen.

    ``held``: a start half an hour earlier, in the reader's quiet hours, finds it due and holds it.
    ``told`` is all that readers see.
    """

    plans: list[Planned]
    told: str
    wanted: dict[int, Preferences] = field(default_factory=dict)
    held: bool = False

    @property
    def place(self) -> int:
        """The channel that the message stands in."""
        first = self.plans[0]
        return DM + first.dest if first.by_dm else first.dest


SUBJECTS = {
    SESSION: Subject([planned()], "day-before v1"),
    "weekly digest": Subject([planned(ReminderKind.DIGEST, key="2026-01-05")], "digest v1"),
    "read by then, direct": Subject([planned(ReminderKind.READ_BY, reader=ANN)], "read-by v1"),
    "held and merged, direct": Subject(
        [
            planned(due=HELD, reader=ANN),
            planned(ReminderKind.READ_BY, HELD, reader=ANN, club_id=8),
        ],
        "day-before v1; read-by v1",
        {ANN: Preferences(takes_dms=True, quiet=_QUIET)},
        held=True,
    ),
}

assert _QUIET.held_until(HELD) == NOW
