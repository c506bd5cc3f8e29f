"""The reminders of a club as organisers look at them: what will be sent, and a test of the next."""

from __future__ import annotations

import discord

from bot.client import ClubBot
from bot.render.markdown import fit
from bot.render.reminders import closed_text, rehearsed_text
from bot.ui.controls import Control, Press, button
from bot.ui.place import actor
from bot.ui.reminder_messages import ReminderMessages
from bot.ui.reminder_sender import reminder_view
from bot.ui.reply import in_time, reply

_TEST = "schedule-test"
_LONGEST = 2000


class ReminderDoor:
    """Who organises sees the next reminder as it will look, privately."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._reminders = bot.services.club_reminders
        self._messages = ReminderMessages(bot.services.catalogues.of, bot.words)
        bot.controls.on(_TEST, self.press_test)

    def test_button(self, club_id: int) -> Control:
        """*Send a test reminder to me*."""
        return button(self._words.text("Send a test reminder to me"), _TEST, club_id)

    async def press_test(self, press: Press) -> None:
        """To whoever pressed and nobody else; here, only for them, when they take no messages."""
        interaction = press.interaction
        work = self._reminders.rehearse(actor(interaction), press.number(0))
        message = await in_time(interaction, work, private=True)
        shown = await self._messages.compose(message)
        text = fit(rehearsed_text(message, shown.content, self._words), _LONGEST)
        view = reminder_view(message, shown.controls, self._words, resting=True)
        none = discord.AllowedMentions.none()
        try:
            await interaction.user.send(
                text,
                embeds=list(shown.embeds),
                view=view,
                suppress_embeds=not shown.embeds,
                allowed_mentions=none,
            )
        except discord.Forbidden:
            told = fit(f"{closed_text(self._words)}\n{text}", _LONGEST)
            await reply(interaction, content=told, view=view, private=True)
            return
        await reply(
            interaction, content=self._words.text("I sent it to you privately."), private=True
        )
