"""The card of a session, its answers, and the club's calendar file."""

from __future__ import annotations

import io
from collections.abc import Callable

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.errors import StaleControl
from bot.domain.sessions import Answer, SessionOver, SessionSkipped
from bot.render.refusals import refusal
from bot.render.session_words import calendar_description, calendar_place, calendar_title
from bot.services.club_calendars import CalendarWords
from bot.ui.controls import Press
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, revise_layout
from bot.ui.session_layout import session_layout, thread_url


class CardsCog(commands.Cog, name="club-cards"):
    """One card for everybody: a press changes it under everybody's eyes."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._catalogues = bot.services.catalogues
        self._calendars = bot.services.club_calendars
        self._sessions = bot.services.sessions
        bot.controls.on("session-answer", self.press_answer)
        bot.controls.on("session-show", self.press_show)
        bot.controls.on("club-calendar", self.press_calendar)

    async def press_answer(self, press: Press) -> None:
        """*Going*, *Maybe*, *Can't make it*."""
        try:
            answer = Answer(press.argument(2))
        except ValueError:
            raise StaleControl from None
        interaction, club_id, day = press.interaction, press.number(0), press.day(1)
        who = actor(interaction)
        try:
            work = self._sessions.answer(who, club_id, day, answer)
            await self.revise(interaction, await in_time(interaction, work))
        except (SessionOver, SessionSkipped) as refused:
            # The card is of another time: it comes to show what can be pressed now.
            await self.revise(interaction, await self._sessions.session(who.guild_id, club_id, day))
            await reply(interaction, content=refusal(refused, self._words), private=True)

    async def press_show(self, press: Press) -> None:
        """*Last session*: its card, for everybody."""
        guild_id = actor(press.interaction).guild_id
        work = self._sessions.session(guild_id, press.number(0), press.day(1))
        await reply(press.interaction, view=await self.card(await in_time(press.interaction, work)))

    async def press_calendar(self, press: Press) -> None:
        """*Calendar file*."""
        await self.send_calendar(press.interaction, press.number(0))

    async def send_calendar(self, interaction: discord.Interaction, club_id: int) -> None:
        """The club's calendar file, for whoever asks alone."""
        words = self._words
        guild_id = actor(interaction).guild_id
        reminder = words.text("Your reading club meets soon.")
        told = self._told(await self._catalogues.of(guild_id))
        work = self._calendars.file(guild_id, club_id, told, reminder)
        club, file = await in_time(interaction, work, private=True)
        text = words.text(
            "All sessions of the club. Open the file with your calendar; after a change, fetch it "
            "again: nothing comes twice."
        )
        attached = discord.File(io.BytesIO(file), filename=f"club-{club.id}.ics")
        await reply(interaction, content=text, files=[attached], private=True)

    async def card(self, found: ClubSession) -> discord.ui.LayoutView:
        """The session as a message."""
        thread_id = found.session.thread_id
        url = "" if thread_id is None else thread_url(found.club.guild_id, thread_id)
        catalogue = await self._catalogues.of(found.club.guild_id)
        google = self._calendars.link(found, self._told(catalogue), url)
        now = discord.utils.utcnow()
        return session_layout(found, catalogue, google, now, self._words)

    async def revise(self, interaction: discord.Interaction, found: ClubSession) -> None:
        """Answer a press on a card by bringing it up to date for everybody."""
        await revise_layout(interaction, await self.card(found))

    def _told(self, catalogue: Catalogue) -> Callable[[ClubSession], CalendarWords]:
        def told(found: ClubSession) -> CalendarWords:
            return CalendarWords(
                calendar_title(found, catalogue, self._words),
                calendar_description(found, catalogue, self._words),
                calendar_place(found, self._words),
            )

        return told
