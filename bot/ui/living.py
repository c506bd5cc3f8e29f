"""Messages that live on in their channels: posted once, edited in place, found again."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from datetime import timedelta

import aiohttp
import discord

from bot.domain.living import (
    POSTING,
    LivingMessage,
    MessageTrouble,
    PostingForbidden,
    PostingNowhere,
    Shown,
)
from bot.ui.rights import lacking

log = logging.getLogger(__name__)

# discord.py itself tries again for minutes; nothing here waits that long.
PATIENCE = 20.0
UNCERTAIN = (TimeoutError, discord.DiscordServerError, aiohttp.ClientError, OSError)
_MESSAGE_GONE, _CHANNEL_GONE, _TOO_OLD = 10008, 10003, 30046
_FORBIDDEN = frozenset({50001, 50013})
_LOOKED_THROUGH = 100
# Discord's clock is not this machine's: what is looked for may seem a little older than it is.
_SLACK = timedelta(seconds=60)


class LivingMessages:
    """Shows them through the client that ``ready`` gives, or gives None when there is none."""

    def __init__(self, ready: Callable[[], discord.Client | None]) -> None:
        self._ready = ready

    async def show(self, message: LivingMessage, view: discord.ui.LayoutView, nonce: str) -> Shown:
        """Brings a message up to date, or posts it when there is none."""
        mark = digest(view)
        if message.message_id is not None and mark == message.shown and message.trouble is None:
            return Shown(message.message_id, mark)
        if self._ready() is None:
            return Shown(message.message_id, message.shown, uncertain=True)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._show(message, view, mark, nonce)
        except UNCERTAIN:
            log.warning("%s may or may not be up to date", message.subject)
            return Shown(message.message_id, message.shown, uncertain=True)
        except discord.HTTPException as refused:
            if refused.code == _TOO_OLD:
                return await self._replaced(message)
            return _refused(message, refused)

    async def take_down(self, message: LivingMessage) -> bool:
        """Deletes a message; whether it is surely gone."""
        client = self._ready()
        if client is None or message.message_id is None:
            return False
        channel = client.get_partial_messageable(message.channel_id, guild_id=message.guild_id)
        try:
            async with asyncio.timeout(PATIENCE):
                await channel.get_partial_message(message.message_id).delete()
        except (*UNCERTAIN, discord.HTTPException) as refused:
            why = getattr(refused, "code", type(refused).__name__)
            if why == _MESSAGE_GONE:
                return True
            log.warning("the message of %s stays: %s", message.subject, why)
            return False
        return True

    async def _replaced(self, message: LivingMessage) -> Shown:
        """A message that takes no edit makes room for a new one, if it surely goes."""
        if await self.take_down(message):
            return Shown(None, None)
        return Shown(message.message_id, message.shown)

    async def _show(
        self, message: LivingMessage, view: discord.ui.LayoutView, mark: str, nonce: str
    ) -> Shown:
        client = self._ready()
        assert client is not None
        channel = client.get_partial_messageable(message.channel_id, guild_id=message.guild_id)
        message_id = message.message_id
        if message_id is None and message.posted_at is not None:
            if not _may_look(client, message):
                # Discord would show an empty channel, and a second message would follow.
                return Shown(None, None, MessageTrouble.FORBIDDEN)
            found = await self._find(client, channel, message)
            message_id = None if found is None else found.id
        if message_id is not None:
            partial = channel.get_partial_message(message_id)
            # An edit does not follow the client's own setting.
            await partial.edit(view=view, allowed_mentions=discord.AllowedMentions.none())
            return Shown(message_id, mark)
        posted = await channel.send(view=view, nonce=nonce)
        return Shown(posted.id, mark)

    async def _find(
        self,
        client: discord.Client,
        channel: discord.PartialMessageable,
        message: LivingMessage,
    ) -> discord.Message | None:
        """The message of an attempt to post of which nobody knows how it ended."""
        if message.posted_at is None or client.user is None:
            return None
        since = message.posted_at - _SLACK
        async for found in channel.history(limit=_LOOKED_THROUGH, after=since):
            shown = str([part.to_dict() for part in found.components])
            # With the sign that ends the id, or number 3 would be found in number 31.
            if found.author.id == client.user.id and f"{message.marker}'" in shown:
                return found
        return None


def require_posting(interaction: discord.Interaction, channel_id: int) -> None:
    """Raises PostingForbidden where the bot could not keep a message up to date, and
    PostingNowhere where the server has no such channel, or shows the bot none.
    """
    guild = interaction.guild
    channel = None if guild is None else guild.get_channel_or_thread(channel_id)
    if channel is None and channel_id != interaction.channel_id:
        raise PostingNowhere
    if channel is None:
        # Discord names a thread that is not known yet only to who was called there.
        allowed = interaction.app_permissions
        missing = tuple(name for name in POSTING if not getattr(allowed, name))
    else:
        missing = lacking(channel, POSTING)
    if missing:
        raise PostingForbidden(channel_id, missing)


def digest(view: discord.ui.LayoutView) -> str:
    """Tells two states of a message apart."""
    shown: list[object] = view.to_components()  # type: ignore[no-untyped-call]  # discord.py's
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]


def _refused(message: LivingMessage, refused: discord.HTTPException) -> Shown:
    if refused.code == _MESSAGE_GONE:
        return Shown(None, None)
    if refused.code == _CHANNEL_GONE:
        return Shown(None, None, MessageTrouble.CHANNEL_GONE)
    if refused.code not in _FORBIDDEN:
        log.error("%s was refused: %s", message.subject, refused.code)
    return Shown(message.message_id, message.shown, MessageTrouble.FORBIDDEN)


def _may_look(client: discord.Client, message: LivingMessage) -> bool:
    """Whether the messages of the channel can be read back."""
    guild = client.get_guild(message.guild_id)
    channel = None if guild is None else guild.get_channel_or_thread(message.channel_id)
    if guild is None or channel is None:
        return False
    rights = channel.permissions_for(guild.me)
    return rights.read_messages and rights.read_message_history
