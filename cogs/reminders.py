"""Reminders in the channels of clubs: what their button answers."""

from __future__ import annotations

from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import NotFound
from bot.render.reminders import coming_text
from bot.ui.controls import Press
from bot.ui.place import actor
from bot.ui.reply import in_time, reply


class RemindersCog(commands.Cog, name="reminders"):
    """Whoever presses the button under a reminder learns when the next ones come."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._reminders = bot.services.club_reminders
        bot.controls.on("reminders", self.press)

    async def press(self, press: Press) -> None:
        """The message that was pressed tells the club, whatever stands in the button's id."""
        interaction = press.interaction
        guild_id, message = actor(interaction).guild_id, interaction.message
        if message is None:
            raise NotFound
        work = self._reminders.coming(guild_id, message.channel.id, message.id)
        coming = await in_time(interaction, work, private=True)
        await reply(interaction, content=coming_text(coming, self._words), private=True)


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(RemindersCog(bot))
