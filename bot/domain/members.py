"""Who acts, and what a member has decided about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import ClubError


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
