"""The one alarm: rings when the next thing is due, and costs nothing in between."""

from __future__ import annotations

from datetime import datetime


class Alarm:
    """Set by whoever makes something due; ``due`` is the earliest it knows of."""

    def __init__(self) -> None:
        self.due: datetime | None = None

    def wake(self, at: datetime) -> None:
        """Something is due at ``at``."""
        if self.due is None or at < self.due:
            self.due = at
