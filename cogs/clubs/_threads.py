"""A thread a session, opened by whoever wants to talk about it first."""

from __future__ import annotations

from asyncio import Lock
from datetime import date
from weakref import WeakValueDictionary

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.club_sessions import ClubSession
from bot.domain.sessions import ThreadImpossible
from bot.render.session_words import thread_name
from bot.ui.controls import Press
from bot.ui.place import actor
from bot.ui.reply import in_time
from cogs.clubs._cards import CardsCog

# Discord: the message has a thread already; it bears the message's id.
_EXISTS = 160004


class ThreadsCog(commands.Cog, name="club-threads"):
    """The thread hangs on the card that was pressed."""

    def __init__(self, bot: ClubBot, cards: CardsCog) -> None:
        self._cards = cards
        self._words = bot.words
        self._sessions = bot.services.sessions
        self._catalogues = bot.services.catalogues
        self._locks: WeakValueDictionary[tuple[int, date], Lock] = WeakValueDictionary()
        bot.controls.on("session-thread", self.press_thread)

    async def press_thread(self, press: Press) -> None:
        """*Open a thread*; where there is one already, the card comes to show it."""
        interaction = press.interaction
        guild_id, club_id, day = actor(interaction).guild_id, press.number(0), press.day(1)
        found = await in_time(interaction, self._sessions.session(guild_id, club_id, day))
        if found.session.thread_id is None:
            found = await in_time(interaction, self._opened(interaction, found))
        await self._cards.revise(interaction, found)

    async def _opened(self, interaction: discord.Interaction, found: ClubSession) -> ClubSession:
        """The session with its thread. Of two cards pressed at once one gets it.

        Killed before the thread is known, the next press on the card finds it there.
        """
        guild_id, club_id = found.club.guild_id, found.club.id
        day = found.occurrence.original
        lock = self._locks.setdefault((club_id, day), Lock())
        async with lock:
            found = await self._sessions.session(guild_id, club_id, day)
            if found.session.thread_id is not None:
                return found
            catalogue = await self._catalogues.of(guild_id)
            name = thread_name(found, catalogue, self._words)
            thread_id = await _opened(interaction, name)
            return await self._sessions.set_thread(guild_id, club_id, day, thread_id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone: another one can be opened."""
        await self._sessions.forget_thread(payload.guild_id, payload.thread_id)


async def _opened(interaction: discord.Interaction, name: str) -> int:
    """The id of the card's thread. Raises ThreadImpossible."""
    message, rights = interaction.message, interaction.app_permissions
    allowed = rights.create_public_threads and rights.send_messages_in_threads
    if message is None or message.flags.ephemeral or not allowed:
        raise ThreadImpossible
    try:
        return (await message.create_thread(name=name)).id
    except discord.HTTPException as refused:
        if refused.code == _EXISTS:
            return message.id
        if refused.status < 500:
            raise ThreadImpossible from None
        raise
    except ValueError:
        # A message in a thread, or where the library knows no server.
        raise ThreadImpossible from None
