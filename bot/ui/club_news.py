"""Announcements in a club's channel: one a change, edited when the same changes soon after."""

from __future__ import annotations

import logging
from asyncio import Lock, timeout
from dataclasses import replace
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

import discord

from bot.domain.club_news import EDITED_FOR, Change, club_of, topic_of
from bot.domain.living import LivingMessage, Shown
from bot.render.club_news import News, club_news
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import button
from bot.ui.living import PATIENCE, UNCERTAIN, LivingMessages
from bot.ui.routes import custom_id

log = logging.getLogger(__name__)

_ACTION = "schedule-news"
# The component that tells what was before the first of several changes.
_WAS = 100


class ClubNewsBoard:
    """Says and corrects. It remembers nothing: what was said is read back from the channel."""

    def __init__(self, living: LivingMessages, words: Words) -> None:
        self._living = living
        self._words = words
        # Two changes of one club at once are told one after the other.
        self._locks: WeakValueDictionary[int, Lock] = WeakValueDictionary()

    async def announce(self, change: Change, now: datetime, nonce: str) -> Shown:
        """Brings the announcement of the same topic of the last hour up to date, or posts one."""
        lock = self._locks.setdefault(club_of(change).id, Lock())
        async with lock:
            return await self._announce(change, now, nonce)

    async def _announce(self, change: Change, now: datetime, nonce: str) -> Shown:
        club, topic = club_of(change), topic_of(change)
        message = LivingMessage(
            subject=f"news of club {club.id}",
            marker=custom_id(_ACTION, club.id, topic),
            guild_id=club.guild_id,
            channel_id=club.channel_id,
            message_id=None,
            posted_at=now - EDITED_FOR,
            shown=None,
            trouble=None,
        )
        try:
            async with timeout(PATIENCE):
                earlier = await self._living.find(message)
        except UNCERTAIN:
            log.warning("%s: earlier ones could not be read", message.subject)
            return Shown(None, None, uncertain=True)
        except discord.HTTPException:
            # Whatever is in the way will be told of the posting.
            earlier = None
        news = club_news(change, now, self._words)
        message = replace(message, posted_at=None)
        if earlier is not None:
            news = replace(news, was=_was_on(earlier) or news.was)
            edited = await self._living.show(
                replace(message, message_id=earlier.id), self._layout(news, club.id, topic), nonce
            )
            if edited.message_id is not None or edited.trouble is not None or edited.uncertain:
                return edited
        return await self._living.show(message, self._layout(news, club.id, topic), nonce)

    def _layout(self, news: News, club_id: int, topic: str) -> discord.ui.LayoutView:
        frame: discord.ui.Container[Any] = discord.ui.Container(accent_colour=COLOUR)
        frame.add_item(discord.ui.TextDisplay(f"### {news.title}"))
        if news.was:
            frame.add_item(discord.ui.TextDisplay(news.was, id=_WAS))
        frame.add_item(discord.ui.TextDisplay(news.now))
        more = button(self._words.text("The coming sessions"), _ACTION, club_id, topic)
        frame.add_item(discord.ui.ActionRow(more))
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(frame)
        view.stop()
        return view


def _was_on(message: discord.Message) -> str:
    """What an announcement says that was before; empty where it says nothing of it."""
    for frame in message.components:
        for part in getattr(frame, "children", ()):
            if isinstance(part, discord.TextDisplay) and part.id == _WAS:
                return part.content
    return ""
