"""Reads a time of day that stands alone: "22:00", "22", "10 pm", "midnight"."""

from __future__ import annotations

from datetime import time

from bot.domain.schedule.reading.clock import read_clock
from bot.domain.schedule.reading.errors import WhenUnread
from bot.domain.schedule.reading.tokens import Cursor


def read_time(said: str) -> time | None:
    """The time that ``said`` means on a clock of 24 hours; None when it means none."""
    try:
        cursor = Cursor(said)
        clock = read_clock(cursor, is_after_at=True)
    except WhenUnread:
        return None
    return time(clock.hour, clock.minute) if clock is not None and cursor.is_done else None
