"""What use cases need of Discord, and no more: the second protocol beside the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.boards import BoardListing
from bot.domain.catalogue import Catalogue
from bot.domain.club_news import News
from bot.domain.club_sessions import ClubSession
from bot.domain.living import LivingMessage, Shown
from bot.domain.paper_polls import PaperPoll, PollCount, PollResult
from bot.domain.proposals import Proposal
from bot.domain.rounds import Panel


class Announcer(Protocol):
    """Says and shows things by itself. Never called within a transaction; never raises."""

    async def is_here(self, guild_id: int, user_id: int) -> bool:
        """Whether the member is still in the server; in any doubt they are."""
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

    async def announce(self, news: News, nonce: str) -> Shown:
        """Brings the announcement of a club up to date, or posts it when there is none."""
        ...

    async def show_card(self, found: ClubSession, message: LivingMessage, now: datetime) -> Shown:
        """Brings a message that shows this session up to date."""
        ...

    async def read_poll(self, poll: PaperPoll) -> PollCount | None:
        """How a poll stands now; None when Discord does not say."""
        ...

    async def show_result(self, result: PollResult, nonce: str) -> Shown:
        """Posts who has won a poll, unless that stands already."""
        ...

    async def take_down(self, message: LivingMessage) -> None:
        """Deletes the message that is of no more use."""
        ...
