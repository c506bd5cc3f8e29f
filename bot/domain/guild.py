"""What a server has decided for its reading group."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.coverage import DEFAULT_TARGET
from bot.domain.errors import ClubError
from bot.domain.members import Actor, OrganisersOnly
from bot.domain.presets import Preset
from bot.domain.signups import DEFAULT_OPEN_LIMIT, DEFAULT_SEATS

# The most and fewest readers a server may ask for before a theory counts as met.
TARGET_READERS = range(1, 51)


class RoleOfEverybody(ClubError):
    """The role that every member has makes nobody an organiser."""


@dataclass(frozen=True, slots=True)
class GuildRules:
    """What holds in a server; the defaults for one that has decided nothing.

    Readers a theory needs, open sign-ups a member may have, seats a paper has by default. The
    home channel is where clubs, boards and splits go when nobody says where, ``zone`` (an IANA
    name) the one in which clubs meet when nobody says one.
    """

    target_readers: int = DEFAULT_TARGET
    open_limit: int = DEFAULT_OPEN_LIMIT
    seats: int = DEFAULT_SEATS
    organiser_role_id: int | None = None
    home_channel_id: int | None = None
    zone: str | None = None
    preset: Preset | None = None

    def require_organiser(self, actor: Actor) -> None:
        """Raises OrganisersOnly unless the member may organise here."""
        if not actor.is_organiser(self.organiser_role_id):
            raise OrganisersOnly


@dataclass(frozen=True, slots=True)
class Setup:
    """A server as its organisers see it: what it has decided, and how much there is already."""

    rules: GuildRules
    clubs: int = 0
    boards: int = 0
