"""Says and shows things by itself: direct messages, boards, panels of rounds, news of clubs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime

import discord

from bot.domain.boards import BoardListing
from bot.domain.catalogue import Catalogue
from bot.domain.club_news import Change
from bot.domain.living import LivingMessage, Shown
from bot.domain.notices import Addressed, Delivery
from bot.domain.proposals import Proposal
from bot.domain.rounds import Panel
from bot.render.markdown import escape, fit
from bot.render.notices import told
from bot.render.words import Words
from bot.ui.board_layout import board_layout
from bot.ui.catalogues import CatalogueOf
from bot.ui.club_news import ClubNewsBoard
from bot.ui.living import PATIENCE, UNCERTAIN, LivingMessages
from bot.ui.notice_controls import notice_view
from bot.ui.presence import is_here
from bot.ui.proposal_layout import proposal_layout
from bot.ui.round_panel import panel_layout

log = logging.getLogger(__name__)

_UNREACHABLE = frozenset({50007, 50278, 10013})


def _with_server(client: discord.Client, addressed: Addressed, content: str) -> str:
    """A direct message says which server it is about."""
    guild = client.get_guild(addressed.notice.guild_id)
    return content if guild is None else f"**{fit(escape(guild.name), 64)}**\n{content}"


class DiscordAnnouncer:
    """Speaks with Discord through ``client``, which is handed over once it is made."""

    def __init__(self, catalogue_of: CatalogueOf, topics: Mapping[str, str], words: Words) -> None:
        self.client: discord.Client | None = None
        self._catalogue_of = catalogue_of
        self._topics = topics
        self._words = words
        self._living = LivingMessages(self._ready)
        self._club_news = ClubNewsBoard(self._living, words)

    async def is_here(self, guild_id: int, user_id: int) -> bool:
        """Whether the member is still in the server; in any doubt they are."""
        client = self._ready()
        return client is None or await is_here(client, guild_id, user_id)

    async def send_dm(self, addressed: Addressed, nonce: str) -> Delivery:
        """Writes a notice to its member; the same nonce is the same message."""
        catalogue = await self._catalogue_of(addressed.notice.guild_id)
        said = told(addressed.notice, catalogue, self._words, addressed.names)
        view = notice_view(said, addressed.notice.guild_id, self._words, by_dm=True)
        client = self._ready()
        if client is None:
            return Delivery.UNKNOWN
        try:
            async with asyncio.timeout(PATIENCE):
                channel = await client.create_dm(discord.Object(addressed.notice.user_id))
                await channel.send(
                    _with_server(client, addressed, said.content),
                    view=view,
                    nonce=nonce,
                    suppress_embeds=True,
                )
        except UNCERTAIN:
            log.warning("notice %s may or may not have arrived", addressed.notice.id)
            return Delivery.UNKNOWN
        except discord.HTTPException as refused:
            if refused.code not in _UNREACHABLE:
                log.warning("notice %s was refused: %s", addressed.notice.id, refused.code)
            return Delivery.CLOSED
        return Delivery.SENT

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

    async def announce(self, change: Change, now: datetime, nonce: str) -> Shown:
        """Says what has changed in the club's channel."""
        return await self._club_news.announce(change, now, nonce)

    async def take_down(self, message: LivingMessage) -> None:
        """Deletes a message that is of no more use; it may be gone already."""
        await self._living.take_down(message)

    def _ready(self) -> discord.Client | None:
        client = self.client
        return None if client is None or client.is_closed() else client
