"""The card of a session, its answers, and the club's calendar file."""

from __future__ import annotations

import io

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.club_sessions import ClubSession
from bot.domain.errors import StaleControl
from bot.domain.sessions import Answer, SessionOver, SessionSkipped
from bot.render.refusals import refusal
from bot.ui.controls import Press
from bot.ui.living import digest
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, revise_layout
from bot.ui.session_layout import session_layout


class CardsCog(commands.Cog, name="club-cards"):
    """One card for everybody: a press changes it under everybody's eyes."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._catalogues = bot.services.catalogues
        self._calendars = bot.services.club_calendars
        self._sessions = bot.services.sessions
        self._living = bot.services.session_cards
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
        await self.post(press.interaction, await in_time(press.interaction, work))

    async def press_calendar(self, press: Press) -> None:
        """*Calendar file*."""
        await self.send_calendar(press.interaction, press.number(0))

    async def send_calendar(self, interaction: discord.Interaction, club_id: int) -> None:
        """The club's calendar file, for whoever asks alone."""
        words = self._words
        guild_id = actor(interaction).guild_id
        reminder = words.text("Your reading club meets soon.")
        work = self._calendars.file(guild_id, club_id, reminder)
        club, file = await in_time(interaction, work, private=True)
        text = words.text(
            "All sessions of the club. Open the file with your calendar; after a change, fetch it "
            "again: nothing comes twice."
        )
        attached = discord.File(io.BytesIO(file), filename=f"club-{club.id}.ics")
        await reply(interaction, content=text, files=[attached], private=True)

    async def post(self, interaction: discord.Interaction, found: ClubSession) -> None:
        """Answer with the card of a session; from then on it is kept up to date."""
        view = await self.card(found)
        message_id = await reply(interaction, view=view)
        await self._stands(interaction, found, message_id, view)

    async def revise(self, interaction: discord.Interaction, found: ClubSession) -> None:
        """Answer a press on a card by bringing it up to date for everybody."""
        view, message = await self.card(found), interaction.message
        await revise_layout(interaction, view)
        if message is not None and message.flags.components_v2 and not message.flags.ephemeral:
            await self._stands(interaction, found, message.id, view)

    async def card(self, found: ClubSession) -> discord.ui.LayoutView:
        """The session as a message."""
        now = discord.utils.utcnow()
        catalogue = await self._catalogues.of(found.club.guild_id)
        return session_layout(found, catalogue, self._calendars.link, now, self._words)

    async def _stands(
        self,
        interaction: discord.Interaction,
        found: ClubSession,
        message_id: int | None,
        view: discord.ui.LayoutView,
    ) -> None:
        """A card that was pressed or posted shows from then on what changes about its session."""
        if message_id is None or interaction.channel_id is None:
            return
        club, day = found.club, found.occurrence.original
        await self._living.stands(
            club.guild_id, club.id, day, interaction.channel_id, message_id, digest(view)
        )
