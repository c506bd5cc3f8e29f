"""How a session shall be shown among Discord's scheduled events, and the tag it is known by."""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

# How many coming sessions of a club are mirrored.
MIRRORED = 4
# Discord's limits: the length of a name, of a place and of a description.
LONGEST_NAME = 100
LONGEST_PLACE = 100
LONGEST_DESCRIPTION = 1000
_TAG = re.compile(r"(?:^|\s)(tc-[a-z2-7]{8}-[a-z2-7]{13})\s*$")


@dataclass(frozen=True, slots=True)
class WantedEvent:
    """How an event shall be; made by ``wanted_event``, which keeps Discord's limits."""

    tag: str
    name: str
    description: str
    place: str
    starts: datetime
    ends: datetime


def mirrored(events: Iterable[WantedEvent], now: datetime) -> tuple[WantedEvent, ...]:
    """Those of a club's sessions that shall be events: the one that runs and the next ones."""
    open_ = (one for one in events if one.ends > now)
    return tuple(sorted(open_, key=lambda one: (one.starts, one.tag))[:MIRRORED])


def tag_of(deployment: UUID, session_id: int) -> str:
    """The tag of a session's event: this installation's mark and the session's.

    By the key of the session's row, which it keeps on whatever day it is held: an event follows
    its session when the rule is changed, with everybody who is interested in it.
    """
    return f"{_mark(deployment)}{_digest(f'{deployment}|{session_id}', 13)}"


def tag_in(description: str, deployment: UUID) -> str | None:
    """The tag at the end of an event's description, if it is one of this installation."""
    match = _TAG.search(description)
    if match is None or not match[1].startswith(_mark(deployment)):
        return None
    return match[1]


def wanted_event(
    tag: str, name: str, text: str, place: str, starts: datetime, ends: datetime
) -> WantedEvent:
    """An event within Discord's limits, its description ending with the tag.

    White space is made as Discord will hand it back, so that nothing seems to have changed. A
    place is needed: without one, the name stands for it. Times are whole seconds.
    """
    line = " ".join(name.split())
    room = LONGEST_DESCRIPTION - len(tag) - 2
    return WantedEvent(
        tag,
        _fit(line, LONGEST_NAME),
        f"{_fit(text.strip(), room)}\n\n{tag}".strip(),
        _fit(" ".join(place.split()) or line, LONGEST_PLACE),
        starts.replace(microsecond=0),
        ends.replace(microsecond=0),
    )


def _mark(deployment: UUID) -> str:
    return f"tc-{_digest(str(deployment), 8)}-"


def _digest(text: str, length: int) -> str:
    return b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()[:length]


def _fit(text: str, longest: int) -> str:
    """At most so many UTF-16 units, which is how Discord may count."""
    if _size(text) <= longest:
        return text
    cut = text[: longest - 1]
    while _size(cut) > longest - 1:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
