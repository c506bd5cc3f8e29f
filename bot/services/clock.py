"""The one clock of the program, handed down; tests and the demo move it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant, aware and in UTC (``discord.utils.utcnow`` in a running bot)."""

    def __call__(self) -> datetime:
        """Now."""
        ...
