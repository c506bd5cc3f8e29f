"""Reads times as people write them, for a series and for a single session.

A small grammar over words: what it does not know, it asks about, one question at a time. Nothing
is guessed, and nothing here takes longer than a few passes over at most 200 characters.
"""

from bot.domain.schedule.reading import errors
from bot.domain.schedule.reading.errors import WhenUnread
from bot.domain.schedule.reading.moment import read_moment
from bot.domain.schedule.reading.time_of_day import read_time
from bot.domain.schedule.reading.when import When, read_when

__all__ = ["When", "WhenUnread", "errors", "read_moment", "read_time", "read_when"]
