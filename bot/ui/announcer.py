"""Says and shows things by itself: boards, panels of rounds, news of clubs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import discord

from bot.domain.boards import BoardListing
from bot.domain.club_news import Change
from bot.domain.living import LivingMessage, Shown
from bot.domain.rounds import Panel
from bot.render.words import Words
from bot.ui.board_layout import board_layout
from bot.ui.club_news import ClubNewsBoard
from bot.ui.living import LivingMessages
from bot.ui.presence import is_here
from bot.ui.round_panel import panel_layout


class DiscordAnnouncer:
    """Speaks with Discord through ``client``, which is handed over once it is made."""

    def __init__(self, topics: Mapping[str, str], words: Words) -> None:
        self.client: discord.Client | None = None
        self._topics = topics
        self._words = words
        self._living = LivingMessages(self._ready)
        self._club_news = ClubNewsBoard(self._living, words)

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

    async def announce(self, change: Change, now: datetime, nonce: str) -> Shown:
        """Says what has changed in the club's channel."""
        return await self._club_news.announce(change, now, nonce)

    async def take_down(self, message: LivingMessage) -> None:
        """Deletes a message that is of no more use; it may be gone already."""
        await self._living.take_down(message)

    def _ready(self) -> discord.Client | None:
        client = self.client
        return None if client is None or client.is_closed() else client
