"""Says and shows things by itself: boards, panels of rounds, news of clubs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import discord

from bot.domain.boards import BoardListing
from bot.domain.catalogue import Catalogue
from bot.domain.club_news import News
from bot.domain.club_sessions import ClubSession
from bot.domain.living import LivingMessage, Shown
from bot.domain.paper_polls import PaperPoll, PollCount, PollResult
from bot.domain.proposals import Proposal
from bot.domain.rounds import Panel
from bot.render.words import Words
from bot.ui.board_layout import board_layout
from bot.ui.catalogues import CatalogueOf
from bot.ui.club_news import news_layout
from bot.ui.living import LivingMessages
from bot.ui.paper_polls import read_poll, result_layout
from bot.ui.presence import is_here
from bot.ui.proposal_layout import proposal_layout
from bot.ui.round_panel import panel_layout
from bot.ui.session_layout import Google, session_layout


class DiscordAnnouncer:
    """Speaks with Discord through ``client``, which is handed over once it is made."""

    def __init__(
        self, catalogue_of: CatalogueOf, topics: Mapping[str, str], google: Google, words: Words
    ) -> None:
        self.client: discord.Client | None = None
        self._catalogue_of = catalogue_of
        self._topics = topics
        self._google = google
        self._words = words
        self._living = LivingMessages(self._ready)

    async def is_here(self, guild_id: int, user_id: int) -> bool:
        """Whether the member is still in the server; in any doubt they are."""
        client = self._ready()
        return client is None or await is_here(client, guild_id, user_id)

    async def show_board(self, listing: BoardListing, nonce: str) -> Shown:
        """Brings a board's message up to date, or posts it when there is none."""
        view = board_layout(listing, 0, self._topics, self._words)
        return await self._living.show(listing.board.message, view, nonce)

    async def show_panel(self, panel: Panel, nonce: str) -> Shown:
        """Brings the panel of a round up to date, or posts it when there is none."""
        return await self._living.show(panel.round.message, panel_layout(panel, self._words), nonce)

    async def show_proposal(self, proposal: Proposal, catalogue: Catalogue, nonce: str) -> Shown:
        """Brings a proposal's message up to date, or posts it when there is none."""
        view = proposal_layout(proposal, catalogue, self._words)
        return await self._living.show(proposal.message, view, nonce)

    async def announce(self, news: News, nonce: str) -> Shown:
        """Brings the announcement of a club up to date, or posts it when there is none."""
        view = news_layout(news, self._words)
        return await self._living.show(news.announcement.message, view, nonce)

    async def show_card(self, found: ClubSession, message: LivingMessage, now: datetime) -> Shown:
        """Brings a message that shows this session up to date."""
        catalogue = await self._catalogue_of(found.club.guild_id)
        view = session_layout(found, catalogue, self._google, now, self._words)
        # Nothing is posted, so there is nothing to tell from another posting.
        return await self._living.show(message, view, nonce="")

    async def read_poll(self, poll: PaperPoll) -> PollCount | None:
        """How a poll stands now; None when Discord does not say."""
        client = self._ready()
        if client is None:
            return None
        return await read_poll(client, poll, await self._catalogue_of(poll.guild_id))

    async def show_result(self, result: PollResult, nonce: str) -> Shown:
        """Posts who has won a poll, unless that stands already."""
        catalogue = await self._catalogue_of(result.poll.guild_id)
        view = result_layout(result, catalogue, self._words)
        return await self._living.show(result.poll.message, view, nonce)

    async def take_down(self, message: LivingMessage) -> None:
        """Deletes a message that is of no more use; it may be gone already."""
        await self._living.take_down(message)

    def _ready(self) -> discord.Client | None:
        client = self.client
        return None if client is None or client.is_closed() else client
