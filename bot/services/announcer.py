"""What use cases need of Discord, and no more: the second protocol beside the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.boards import BoardListing
from bot.domain.catalogue import Catalogue
from bot.domain.club_news import Change
from bot.domain.living import LivingMessage, Shown
from bot.domain.notices import Addressed, Delivery
from bot.domain.proposals import Proposal
from bot.domain.rounds import Panel


class Announcer(Protocol):
    """Says and shows things by itself. Never called within a transaction; never raises."""

    async def is_here(self, guild_id: int, user_id: int) -> bool:
        """Whether the member is still in the server; in any doubt they are."""
        ...

    async def send_dm(self, addressed: Addressed, nonce: str) -> Delivery:
        """Writes a notice to its member. The same ``nonce`` again is the same message."""
        ...

    async def show_board(self, listing: BoardListing, nonce: str) -> Shown:
        """Brings a board's message up to date, or posts it when there is none."""
        ...

    async def show_panel(self, panel: Panel, nonce: str) -> Shown:
        """Brings the panel of a round up to date, or posts it when there is none."""
        ...

    async def show_proposal(self, proposal: Proposal, catalogue: Catalogue, nonce: str) -> Shown:
        """Brings a proposal's message up to date, or posts it when there is none."""
        ...

    async def announce(self, change: Change, now: datetime, nonce: str) -> Shown:
        """Says what has changed in the club's channel; soon after another change of the same
        thing, by bringing that announcement up to date.
        """
        ...

    async def take_down(self, message: LivingMessage) -> None:
        """Deletes the message that is of no more use."""
        ...
