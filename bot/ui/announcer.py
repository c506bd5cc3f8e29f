"""Says and shows things by itself: direct messages, and the messages of boards."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

import aiohttp
import discord

from bot.domain.boards import Board, BoardListing, BoardTrouble, Shown
from bot.domain.catalogue import Catalogue
from bot.domain.notices import Addressed, Delivery
from bot.render.markdown import escape, fit
from bot.render.notices import told
from bot.render.words import Words
from bot.ui.board_layout import board_layout, board_marker, digest
from bot.ui.notice_controls import notice_view
from bot.ui.presence import is_here

log = logging.getLogger(__name__)

# discord.py itself tries again for minutes; nothing here waits that long.
_PATIENCE = 20.0
_UNREACHABLE = frozenset({50007, 50278, 10013})
_MESSAGE_GONE, _CHANNEL_GONE, _TOO_OLD = 10008, 10003, 30046
_FORBIDDEN = frozenset({50001, 50013})
_UNCERTAIN = (TimeoutError, discord.DiscordServerError, aiohttp.ClientError, OSError)
_LOOKED_THROUGH = 100
# Discord's clock is not this machine's: what is looked for may seem a little older than it is.
_SLACK = timedelta(seconds=60)


def _with_server(client: discord.Client, addressed: Addressed, content: str) -> str:
    """A direct message says which server it is about."""
    guild = client.get_guild(addressed.notice.guild_id)
    return content if guild is None else f"**{fit(escape(guild.name), 64)}**\n{content}"


class DiscordAnnouncer:
    """Speaks with Discord through ``client``, which is handed over once it is made."""

    def __init__(self, catalogue: Catalogue, topics: Mapping[str, str], words: Words) -> None:
        self.client: discord.Client | None = None
        self._catalogue = catalogue
        self._topics = topics
        self._words = words

    async def is_here(self, guild_id: int, user_id: int) -> bool:
        """Whether the member is still in the server; in any doubt they are."""
        client = self._ready()
        return client is None or await is_here(client, guild_id, user_id)

    async def send_dm(self, addressed: Addressed, nonce: str) -> Delivery:
        """Writes a notice to its member; the same nonce is the same message."""
        said = told(addressed.notice, self._catalogue, self._words, addressed.names)
        view = notice_view(said, addressed.notice.guild_id, self._words, by_dm=True)
        client = self._ready()
        if client is None:
            return Delivery.UNKNOWN
        try:
            async with asyncio.timeout(_PATIENCE):
                channel = await client.create_dm(discord.Object(addressed.notice.user_id))
                await channel.send(
                    _with_server(client, addressed, said.content),
                    view=view,
                    nonce=nonce,
                    suppress_embeds=True,
                )
        except _UNCERTAIN:
            log.warning("notice %s may or may not have arrived", addressed.notice.id)
            return Delivery.UNKNOWN
        except discord.HTTPException as refused:
            if refused.code not in _UNREACHABLE:
                log.warning("notice %s was refused: %s", addressed.notice.id, refused.code)
            return Delivery.CLOSED
        return Delivery.SENT

    async def show_board(self, listing: BoardListing, nonce: str) -> Shown:
        """Brings a board's message up to date, or posts it when there is none."""
        board = listing.board
        view = board_layout(listing, 0, self._topics, self._words)
        mark = digest(view)
        if board.message_id is not None and mark == board.shown and board.trouble is None:
            return Shown(board.message_id, mark)
        if self._ready() is None:
            return Shown(board.message_id, board.shown, uncertain=True)
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._show(board, view, mark, nonce)
        except _UNCERTAIN:
            log.warning("board %s may or may not be up to date", board.id)
            return Shown(board.message_id, board.shown, uncertain=True)
        except discord.HTTPException as refused:
            if refused.code == _TOO_OLD:
                return await self._replaced(board)
            return self._refused(board, refused)

    async def take_down(self, board: Board) -> None:
        """Deletes the message of a board that is no more; it may be gone already."""
        await self._deleted(board)

    async def _replaced(self, board: Board) -> Shown:
        """A message that takes no edit makes room for a new one, if it surely goes."""
        if await self._deleted(board):
            return Shown(None, None)
        return Shown(board.message_id, board.shown)

    async def _deleted(self, board: Board) -> bool:
        client = self._ready()
        if client is None or board.message_id is None:
            return False
        channel = client.get_partial_messageable(board.channel_id, guild_id=board.guild_id)
        try:
            async with asyncio.timeout(_PATIENCE):
                await channel.get_partial_message(board.message_id).delete()
        except (*_UNCERTAIN, discord.HTTPException) as refused:
            why = getattr(refused, "code", type(refused).__name__)
            if why == _MESSAGE_GONE:
                return True
            log.warning("the message of board %s stays: %s", board.id, why)
            return False
        return True

    async def _show(
        self, board: Board, view: discord.ui.LayoutView, mark: str, nonce: str
    ) -> Shown:
        client = self._ready()
        assert client is not None
        channel = client.get_partial_messageable(board.channel_id, guild_id=board.guild_id)
        message_id = board.message_id
        if message_id is None and board.posted_at is not None:
            if not _may_look(client, board):
                # Discord would show an empty channel, and a second message would follow.
                return Shown(None, None, BoardTrouble.FORBIDDEN)
            message_id = await self._find(channel, board)
        if message_id is not None:
            message = channel.get_partial_message(message_id)
            # An edit does not follow the client's own setting.
            await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())
            return Shown(message_id, mark)
        posted = await channel.send(view=view, nonce=nonce)
        return Shown(posted.id, mark)

    async def _find(self, channel: discord.PartialMessageable, board: Board) -> int | None:
        """The message of an attempt to post of which nobody knows how it ended."""
        client = self._ready()
        if board.posted_at is None or client is None or client.user is None:
            return None
        since = board.posted_at - _SLACK
        async for message in channel.history(limit=_LOOKED_THROUGH, after=since):
            shown = str([part.to_dict() for part in message.components])
            if message.author.id == client.user.id and board_marker(board.id) in shown:
                return message.id
        return None

    def _refused(self, board: Board, refused: discord.HTTPException) -> Shown:
        if refused.code == _MESSAGE_GONE:
            return Shown(None, None)
        if refused.code == _CHANNEL_GONE:
            return Shown(None, None, BoardTrouble.CHANNEL_GONE)
        if refused.code not in _FORBIDDEN:
            log.error("board %s was refused: %s", board.id, refused.code)
        return Shown(board.message_id, board.shown, BoardTrouble.FORBIDDEN)

    def _ready(self) -> discord.Client | None:
        client = self.client
        return None if client is None or client.is_closed() else client


def _may_look(client: discord.Client, board: Board) -> bool:
    """Whether the messages of the board's channel can be read back."""
    guild = client.get_guild(board.guild_id)
    channel = None if guild is None else guild.get_channel_or_thread(board.channel_id)
    if guild is None or channel is None:
        return False
    rights = channel.permissions_for(guild.me)
    return rights.read_messages and rights.read_message_history
