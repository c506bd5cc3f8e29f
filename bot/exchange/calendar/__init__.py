"""A club's sessions for calendar programs: an iCalendar file, and a link for one session."""

from bot.exchange.calendar.file import calendar_file, segment_uid
from bot.exchange.calendar.link import LONGEST_LINK, LinkedSession, google_link
from bot.exchange.calendar.values import CalendarSegment, ClubCalendar, SessionText

__all__ = [
    "LONGEST_LINK",
    "CalendarSegment",
    "ClubCalendar",
    "LinkedSession",
    "SessionText",
    "calendar_file",
    "google_link",
    "segment_uid",
]
