"""A link that puts one session into Google's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from bot.exchange.calendar.text import LONGEST_PLACE, LONGEST_TITLE, line

# Discord: the url of a link button has at most 512 characters.
LONGEST_LINK = 512
_BASE = "https://calendar.google.com/calendar/render?action=TEMPLATE"
_ELLIPSIS = quote("…")
# So much of the link is kept for the title, whatever else there is to say.
_TITLE = 160


@dataclass(frozen=True, slots=True)
class LinkedSession:
    """One session as the link gives it. ``zone`` is what the times are shown in at first.

    ``details`` may be an address (of the session's thread): addresses are never cut.
    """

    title: str
    starts: datetime
    length: timedelta
    zone: str
    place: str = ""
    details: str = ""


def google_link(session: LinkedSession) -> str:
    """At most LONGEST_LINK characters: what does not fit is cut, the details before the rest."""
    starts = session.starts.astimezone(UTC)
    dates = "/".join(f"{at:%Y%m%dT%H%M%SZ}" for at in (starts, starts + session.length))
    made = f"{_BASE}&dates={dates}&ctz={quote(session.zone, safe='/')}"
    room = LONGEST_LINK - len(made) - len("&text=")
    title = line(session.title, LONGEST_TITLE)
    place, details = (line(text, LONGEST_PLACE) for text in (session.place, session.details))
    wanted = sum(len(quote(text, safe="")) for text in (title, place, details))
    spare = room - wanted - len("&location=&details=")
    made += f"&text={_cut(title, room if spare >= 0 else _TITLE)}"
    for key, text in (("location", place), ("details", details)):
        cut = _cut(text, LONGEST_LINK - len(made) - len(f"&{key}="))
        if cut:
            made += f"&{key}={cut}"
    return made


def _cut(text: str, room: int) -> str:
    """``text`` encoded within ``room`` characters; a cut one ends with an ellipsis.

    An address is whole or left out.
    """
    whole = quote(text, safe="")
    if len(whole) <= room:
        return whole
    if text.startswith(("https://", "http://")):
        return ""
    kept = ""
    for character in text:
        longer = kept + quote(character, safe="")
        if len(longer) + len(_ELLIPSIS) > room:
            break
        kept = longer
    return kept + _ELLIPSIS if kept else ""
