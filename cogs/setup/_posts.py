"""A test in the home channel, and taking back what was posted at the set-up."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import NotFound
from bot.render.theory_card import COLOUR
from bot.ui.controls import Press, button, controls_view
from bot.ui.layouts import layout
from bot.ui.place import actor, channel_meant
from bot.ui.posting import post_layout
from bot.ui.reply import in_time, reply, revise

# What can be taken back here bears a control of one of these actions.
_OURS = (":setup-undo", ":newcomer-join")


class PostsCog(commands.Cog, name="setup-posts"):
    """Nothing of it is stored: the private answer knows which message it speaks of."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._settings = bot.services.guild_settings
        bot.controls.on("setup-test", self.press_test)
        bot.controls.on("setup-undo", self.press_undo)

    async def press_test(self, press: Press) -> None:
        """*Post a test*: a message where boards and clubs will be."""
        interaction, words = press.interaction, self._words
        held = await in_time(interaction, self._settings.setup(actor(interaction)), private=True)
        channel_id = channel_meant(interaction, held.rules.home_channel_id)
        is_home = channel_id == held.rules.home_channel_id
        text = (
            words.text("I can post here. Boards, sessions and splits will come to this channel.")
            if is_home
            else words.text(
                "I can post here. While no home channel is chosen, things go where one asks."
            )
        )
        undo = button(words.text("Undo"), "setup-undo")
        view = layout(words.text("A test"), [text], [[undo]], colour=COLOUR)
        posted = await post_layout(interaction, channel_id, view)
        done = words.text("A test stands in {channel}.", channel=f"<#{channel_id}>")
        back = button(words.text("Undo"), "setup-undo", channel_id, posted.id)
        await reply(interaction, content=done, view=controls_view([back]), private=True)

    async def press_undo(self, press: Press) -> None:
        """*Undo*: the message goes, whether it is pressed on itself or under the answer."""
        interaction = press.interaction
        await in_time(interaction, self._settings.setup(actor(interaction)), private=True)
        text = self._words.text("It is gone.")
        if press.arguments:
            await self._delete(interaction, press.number(0), press.number(1))
            await revise(interaction, content=text, view=controls_view([]))
        elif interaction.message is not None:
            await self._delete(interaction, interaction.message.channel.id, interaction.message.id)
            await reply(interaction, content=text, private=True)

    async def _delete(
        self, interaction: discord.Interaction, channel_id: int, message_id: int
    ) -> None:
        """Delete a message of ours in this server. Raises NotFound for any other."""
        guild = interaction.guild
        channel = None if guild is None else guild.get_channel_or_thread(channel_id)
        if not isinstance(channel, discord.TextChannel | discord.Thread):
            raise NotFound
        try:
            message = await channel.fetch_message(message_id)
        except (discord.NotFound, discord.Forbidden):
            raise NotFound from None
        parts = str([part.to_dict() for part in message.components])
        me = interaction.client.user
        if me is None or message.author.id != me.id or not any(action in parts for action in _OURS):
            raise NotFound
        await message.delete()
