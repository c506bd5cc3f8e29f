"""Clubs as organisers write them: words that are not read yet, and what they come to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.club_names import LONGEST_NAME, club_name
from bot.domain.clubs import (
    LONGEST_LINK,
    Club,
    ClubDraft,
    ClubEdit,
    ClubOver,
    LengthOutOfRange,
    Place,
    club_length,
)
from bot.domain.schedule import Series, dates
from bot.domain.schedule.reading import When

LONGEST_WHEN = 200
LONGEST_LENGTH = 20
_LENGTH = re.compile(r"([0-9]{1,4})(?: ?(?:m|min|mins|minutes?))?")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a club, each on one line. ``place`` empty: it meets in its channel."""

    name: str
    when: str
    place: str
    length: str
    channel_id: int

    @classmethod
    def of(cls, name: str, when: str, place: str, length: str, channel_id: int) -> Written:
        """What was written, no longer than it can be and without needless space."""
        return cls(
            _line(name, LONGEST_NAME * 2),
            _line(when, LONGEST_WHEN).replace("`", "'"),
            _line(place, LONGEST_LINK).replace("`", "'"),
            _line(length, LONGEST_LENGTH).replace("`", "'"),
            channel_id,
        )

    @property
    def minutes(self) -> timedelta:
        """How long a session lasts: "90", "90 min". Raises LengthOutOfRange."""
        found = _LENGTH.fullmatch(self.length.casefold())
        if found is None or not found[1].isascii():
            raise LengthOutOfRange
        return club_length(int(found[1]))

    def draft(self, when: When, place: Place) -> ClubDraft:
        """The club it would be. Raises ClubNameUnclear, LengthOutOfRange."""
        name = club_name(self.name)
        return ClubDraft(name, when.series, self.channel_id, place, self.minutes)


def edit_of(
    club: Club, written: Written, place: Place, when: When | None, original: date | None
) -> tuple[ClubEdit, date | None]:
    """What is to change about a club, and from which session on (None: the next).

    ``when`` is None where the words for it are those that were there. A first day that was said
    names the session, unless ``original`` does. Raises ClubNameUnclear, LengthOutOfRange, ClubOver.
    """
    name, length = club_name(written.name), written.minutes
    edit = ClubEdit(
        name=None if name == club.name else name,
        channel_id=None if written.channel_id == club.channel_id else written.channel_id,
        place=None if place == club.place else place,
        length=None if length == club.length else length,
    )
    if when is None:
        return edit, original
    if original is None and when.is_start_said:
        original = next(club.timetable.days(when.series.start), None)
        if original is None:
            raise ClubOver
    return _with_rule(edit, club.series, when.series, original), original


def _with_rule(edit: ClubEdit, old: Series, new: Series, original: date | None) -> ClubEdit:
    """The edit with what differs about the rule; an end and breaks stay unless others are said."""
    until = new.until
    if new.count is not None:
        counted = replace(new, start=max(new.start, original or new.start))
        until = max(dates(counted), default=None)
    return replace(
        edit,
        recurrence=None if new.recurrence == old.recurrence else new.recurrence,
        zone=None if new.zone == old.zone else new.zone,
        until=None if until == old.until else until,
        breaks=new.breaks if new.breaks and new.breaks != old.breaks else None,
    )


def _line(text: str, longest: int) -> str:
    visible = "".join(c if c.isprintable() else " " for c in text[:longest])
    return " ".join(visible.split())
