"""A club's sessions for calendar programs: an iCalendar file, and a link for one session."""

from bot.exchange.calendar.file import calendar_file, segment_uid
from bot.exchange.calendar.values import CalendarSegment, ClubCalendar, SessionText

__all__ = [
    "CalendarSegment",
    "ClubCalendar",
    "SessionText",
    "calendar_file",
    "segment_uid",
]
