"""Who acts, and what a member has decided about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import ClubError

# So many interests a member names at most.
MOST_INTERESTS = 3
# Hours a week a member can say they have for reading.
HOURS_A_WEEK = range(81)
LONGEST_ABSENCE = timedelta(days=366)
# How far ahead an absence may begin.
FARTHEST_ABSENCE = timedelta(days=366)


class Visibility(StrEnum):
    """What others in the server see of a member's reading beside their open sign-ups.

    PRIVATE: nothing. SERVER: papers and depths, under ``/progress member`` and *Reading profile*.
    """

    PRIVATE = "private"
    SERVER = "server"


class NoteSharing(StrEnum):
    """What happens with a new note: shared, private, or asked each time until decided."""

    ASK = "ask"
    PRIVATE = "private"
    SHARED = "shared"


class DmConsent(StrEnum):
    """Whether the bot may write to a member by itself. Asked at the first sign-up, once."""

    UNASKED = "unasked"
    YES = "yes"
    NO = "no"


class OrganisersOnly(ClubError):
    """Only an organiser may do that."""


class HoursImpossible(ClubError):
    """The hours a week are no whole number within HOURS_A_WEEK."""


class TagUnknown(ClubError):
    """No prerequisite of the catalogue is called that."""


class DateUnclear(ClubError):
    """No date can be made of what was written as ``option`` ("from" or "to")."""

    def __init__(self, option: str) -> None:
        super().__init__(option)
        self.option = option


class AbsenceIncomplete(ClubError):
    """An absence needs both of its ends."""


class AbsenceBackwards(ClubError):
    """The absence would end before it begins."""


class AbsenceOver(ClubError):
    """The absence has ended already."""


class AbsenceTooLong(ClubError):
    """The absence is longer than LONGEST_ABSENCE, or begins later than FARTHEST_ABSENCE."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A member who does something in a server, as Discord vouches for them at this moment.

    ``role_ids`` are the roles they hold and ``manages`` is the permission *Manage Server*. In a
    direct message Discord tells neither these nor the name they bear there: it is None.
    """

    guild_id: int
    user_id: int
    display_name: str | None
    role_ids: frozenset[int] = frozenset()
    manages: bool = False

    def is_organiser(self, organiser_role_id: int | None) -> bool:
        """Whether they may organise: the server's organiser role, or *Manage Server*."""
        return self.manages or organiser_role_id in self.role_ids


@dataclass(frozen=True, slots=True)
class Absence:
    """When a member is away: from ``begins`` until just before ``ends``."""

    begins: datetime
    ends: datetime

    @classmethod
    def planned(cls, begins: datetime, ends: datetime, now: datetime) -> Absence:
        """An absence that can still be taken; one that has begun begins now.

        Raises AbsenceBackwards, AbsenceOver or AbsenceTooLong.
        """
        if ends <= begins:
            raise AbsenceBackwards
        if ends <= now:
            raise AbsenceOver
        begins = max(begins, now)
        if ends - begins > LONGEST_ABSENCE or begins - now > FARTHEST_ABSENCE:
            raise AbsenceTooLong
        return cls(begins, ends)

    def covers(self, now: datetime) -> bool:
        """Whether the member is away at this moment."""
        return self.begins <= now < self.ends


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a member can be counted on: their absence, and since when they have left."""

    absence: Absence | None = None
    departed_at: datetime | None = None

    def is_here(self, now: datetime) -> bool:
        """Whether they are neither away nor gone: their sign-ups go on."""
        away = self.absence is not None and self.absence.covers(now)
        return self.departed_at is None and not away


@dataclass(frozen=True, slots=True)
class MemberSettings:
    """What a member has decided about themselves; the defaults hold for whoever decided nothing.

    ``zone`` is an IANA name, ``tags`` are prerequisites of the catalogue that they know, and
    ``interests`` topics or prerequisites that they would like to read about.
    """

    zone: str | None = None
    hours_a_week: int | None = None
    visibility: Visibility = Visibility.PRIVATE
    explains: bool = False
    on_name_board: bool = False
    note_sharing: NoteSharing = NoteSharing.ASK
    dm: DmConsent = DmConsent.UNASKED
    absence: Absence | None = None
    tags: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """What a member wants changed; None leaves a thing as it is."""

    zone: str | None = None
    hours_a_week: int | None = None
    visibility: Visibility | None = None
    explains: bool | None = None
    on_name_board: bool | None = None
    note_sharing: NoteSharing | None = None
    dm: DmConsent | None = None
    tags: frozenset[str] | None = None
    interests: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Raises HoursImpossible."""
        if self.hours_a_week is not None and self.hours_a_week not in HOURS_A_WEEK:
            raise HoursImpossible

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be changed."""
        return self == SettingsChange()
