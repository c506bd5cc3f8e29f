"""Taking back what an organiser did: for ten minutes, unless something else came after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import ClubError
from bot.domain.trail import TrailLine

UNDO_FOR = timedelta(minutes=10)
"""How long a step can be taken back."""


class UndoOver(ClubError):
    """The time to take ``action`` back was over at ``until``."""

    def __init__(self, action: str, until: datetime) -> None:
        super().__init__(action, until)
        self.action = action
        self.until = until


class UndoneAlready(ClubError):
    """Somebody has taken the step back before."""


class UndoOvertaken(ClubError):
    """What the step changed was changed again since: ``later`` says by whom and how.

    The line holds a member's name, so it stays out of what a traceback would show.
    """

    def __init__(self, later: TrailLine) -> None:
        super().__init__(later.action)
        self.later = later


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A line of the trail that can be taken back.

    ``before`` is what the use case needs to do so, in a form of its own that holds nobody's id;
    ``until`` is when the time is over.
    """

    line_id: int
    action: str
    subject: str
    before: str
    until: datetime
    is_undone: bool

    def require_open(self, now: datetime) -> None:
        """Raises UndoneAlready, UndoOver."""
        if self.is_undone:
            raise UndoneAlready
        if now >= self.until:
            raise UndoOver(self.action, self.until)
