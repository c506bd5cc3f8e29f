"""Clubs: what they are called, where and how long they meet, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.errors import ClubError
from bot.domain.presets import Preset
from bot.domain.schedule import Break, Occurrence, Pause, Recurrence, Series, Timetable

DEFAULT_LENGTH = timedelta(hours=1)
# Minutes a session may last.
LENGTHS = range(10, 12 * 60 + 1)
LONGEST_LINK = 400
# Clubs a server may have at a time; as many as one menu shows.
MOST_CLUBS = 25


class TooManyClubs(ClubError):
    """The server has as many clubs as it can have, ``limit``."""

    def __init__(self, limit: int = MOST_CLUBS) -> None:
        super().__init__(limit)
        self.limit = limit


class LengthOutOfRange(ClubError):
    """A session lasts so many minutes, ``numbers``."""

    def __init__(self, numbers: range = LENGTHS) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class LinkUnclear(ClubError):
    """The place is no link to a page that begins with https://, of at most LONGEST_LINK."""


class NoClubYet(ClubError):
    """No reading club meets in the server (any more)."""


class ClubUnclear(ClubError):
    """It has to be said which club is meant; ``names`` are those there are."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


class ClubOver(ClubError):
    """The club has no session to come: there is nothing of its rule left to change."""


class ClubEnded(ClubError):
    """The club has ended: nothing of it can be changed any more."""


class PauseOver(ClubError):
    """The pause would be over before it begins."""


class NotPaused(ClubError):
    """There is no pause to end."""


class ClubTrouble(StrEnum):
    """What keeps a club from its channel, until an organiser mends it."""

    CHANNEL_GONE = "channel-gone"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a club meets: a voice channel, or a link, or neither: in its own channel."""

    voice_channel_id: int | None = None
    link: str | None = None

    @classmethod
    def at(cls, link: str) -> Place:
        """Where a link leads. Raises LinkUnclear for one that is no plain https link."""
        link = link.strip()
        try:
            parts = urlsplit(link)
            is_page = parts.scheme == "https" and bool(parts.hostname) and parts.username is None
        except ValueError:
            is_page = False
        if not is_page or len(link) > LONGEST_LINK or not _is_plain(link):
            raise LinkUnclear
        return cls(link=link)


@dataclass(frozen=True, slots=True)
class Club:
    """A recurring series of sessions.

    ``series_ids`` are the keys of the timetable's segments, for good. ``version`` grows with every
    change, and ``changed_at`` is when the last one was. ``zones`` is the version of the time-zone
    database its sessions were last planned with. Once ``ended_at`` has come it meets no more.
    """

    id: int
    guild_id: int
    name: str
    channel_id: int
    place: Place
    timetable: Timetable
    series_ids: tuple[int, ...]
    version: int
    changed_at: datetime
    zones: str
    created_by: int | None = None
    ended_at: datetime | None = None
    trouble: ClubTrouble | None = None
    preset: Preset | None = None
    created_at: datetime | None = None

    @property
    def series(self) -> Series:
        """The series by which it meets now, or met last."""
        return self.timetable.segments[-1]

    @property
    def length(self) -> timedelta:
        """How long a session lasts."""
        return self.timetable.length

    @property
    def held(self) -> Timetable:
        """When it meets: its timetable, which stops where it was ended."""
        if self.ended_at is None:
            return self.timetable
        pauses = (*self.timetable.pauses, Pause(self.ended_at))
        return replace(self.timetable, pauses=pauses)

    def sessions(
        self,
        since: datetime,
        before: datetime | None = None,
        limit: int | None = None,
    ) -> tuple[Occurrence, ...]:
        """Its sessions from ``since`` to just before ``before``, the skipped ones too, marked."""
        return self.held.sessions(since, before, limit)

    def next_session(self, now: datetime) -> Occurrence | None:
        """The first session that takes place and is not over; None without one."""
        return self.held.next_session(now - self.length + _MOMENT)

    def last_session(self, now: datetime, within: timedelta) -> Occurrence | None:
        """The latest session that took place and ended at most so long ago; None without one."""
        begun = self.sessions(now - self.length - within, now - self.length + _MOMENT)
        return next((one for one in reversed(begun) if not one.is_skipped), None)

    def pause_at(self, now: datetime) -> Pause | None:
        """The pause it is in at this moment."""
        return next((pause for pause in self.timetable.pauses if pause.covers(now)), None)

    def session_on(self, original: date) -> Occurrence:
        """One session by its original local day. Raises SessionUnknown."""
        return self.timetable.session_on(original)

    def require_live(self) -> None:
        """Raises ClubEnded."""
        if self.ended_at is not None:
            raise ClubEnded


_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ClubDraft:
    """A club that is to be made."""

    name: str
    series: Series
    channel_id: int
    place: Place = Place()
    length: timedelta = DEFAULT_LENGTH


@dataclass(frozen=True, slots=True)
class ClubEdit:
    """What is to change about a club; None leaves a thing as it is.

    ``place`` replaces the whole place. A new rule holds from one session on, ``breaks`` too.
    """

    name: str | None = None
    channel_id: int | None = None
    place: Place | None = None
    length: timedelta | None = None
    recurrence: Recurrence | None = None
    zone: str | None = None
    until: date | None = None
    breaks: tuple[Break, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be changed."""
        return self == ClubEdit()

    @property
    def changes_rule(self) -> bool:
        """Whether it changes when the club meets."""
        return (self.recurrence, self.zone, self.until, self.breaks) != (None,) * 4


@dataclass(frozen=True, slots=True)
class ClubChange:
    """A club before and after a change, for the one announcement of the difference."""

    before: Club
    after: Club


def club_length(minutes: int) -> timedelta:
    """How long a session lasts. Raises LengthOutOfRange."""
    return require_length(timedelta(minutes=minutes))


def require_length(length: timedelta) -> timedelta:
    """The length itself, when a session may last so long. Raises LengthOutOfRange."""
    minutes, rest = divmod(length, timedelta(minutes=1))
    if rest or minutes not in LENGTHS:
        raise LengthOutOfRange
    return length


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and not any(c in ' <>"\\^`{|}' for c in text)
