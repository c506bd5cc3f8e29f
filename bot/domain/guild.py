"""What a server has decided for its reading group."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.coverage import DEFAULT_TARGET
from bot.domain.members import Actor, OrganisersOnly
from bot.domain.signups import DEFAULT_OPEN_LIMIT, DEFAULT_SEATS


@dataclass(frozen=True, slots=True)
class GuildRules:
    """Readers a theory needs, open sign-ups a member may have, seats a paper has by default."""

    target_readers: int = DEFAULT_TARGET
    open_limit: int = DEFAULT_OPEN_LIMIT
    seats: int = DEFAULT_SEATS
    organiser_role_id: int | None = None

    def require_organiser(self, actor: Actor) -> None:
        """Raises OrganisersOnly unless the member may organise here."""
        if not actor.is_organiser(self.organiser_role_id):
            raise OrganisersOnly
