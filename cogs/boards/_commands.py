"""Posting a board, turning its pages, taking it down."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.boards import BoardScope
from bot.domain.errors import ClubError
from bot.domain.members import Actor
from bot.render.suggestions import theory_choices, topic_choices, topic_key, topic_titles
from bot.render.words import N_
from bot.ui.board_layout import board_layout
from bot.ui.controls import Press, button, controls_view
from bot.ui.living import require_posting
from bot.ui.place import actor, channel_meant, home_guild_id
from bot.ui.reply import in_time, reply, revise_layout

_CHOICES = 25

BoardChannel = discord.TextChannel | discord.Thread


@app_commands.guild_only()
class BoardCog(commands.GroupCog, name="board", description=N_("Sign-up boards")):
    """One message a board, kept up to date by itself."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._words = bot.words
        self._boards = bot.services.boards
        self._settings = bot.services.guild_settings
        self._lookup = bot.services.lookup
        self._topics = topic_titles(bot.services.catalogues.shipped.vocabulary)
        bot.controls.on("board-page", self.press_page)
        bot.controls.on("board-remove", self.press_remove)
        bot.controls.on("board-post", self.press_post)

    @app_commands.command(
        name="post", description=N_("Organisers: post a sign-up board that stays up to date")
    )
    @app_commands.describe(
        theory=N_("Only this theory, or this topic; without it the whole list"),
        channel=N_("Where; without it, in the home channel or here"),
    )
    async def post(
        self,
        interaction: discord.Interaction,
        theory: str | None = None,
        channel: BoardChannel | None = None,
    ) -> None:
        """``/board post [theory] [channel]``."""
        work = self._boards.require_organiser(actor(interaction))
        await in_time(interaction, work, private=True)
        scope, subject = await self._meant(actor(interaction), theory)
        await self._post(interaction, None if channel is None else channel.id, scope, subject)

    @post.autocomplete("theory")
    async def complete_theory(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Theories, then topics."""
        found = await self._lookup.suggestions(typed, home_guild_id(interaction))
        offered = theory_choices(found, self._words)[:_CHOICES]
        taken = {choice.name for choice in offered}
        topics = [c for c in topic_choices(self._topics, typed) if c.name not in taken]
        return [*offered, *topics][:_CHOICES]

    async def press_post(self, press: Press) -> None:
        """*Post a board*, at the set-up: the whole list."""
        work = self._boards.require_organiser(actor(press.interaction))
        await in_time(press.interaction, work, private=True)
        await self._post(press.interaction, None, BoardScope.ALL, None)

    async def _post(
        self,
        interaction: discord.Interaction,
        chosen_id: int | None,
        scope: BoardScope,
        subject: str | None,
    ) -> None:
        who = actor(interaction)
        rules = await in_time(interaction, self._settings.rules(who.guild_id), private=True)
        channel_id = chosen_id or channel_meant(interaction, rules.home_channel_id)
        require_posting(interaction, channel_id)
        work = self._boards.post(who, channel_id, scope, subject)
        board_id = await in_time(interaction, work, private=True)
        text = self._words.text(
            "The board is on its way to {channel}, and stays up to date by itself. Pin it there, "
            "so that everybody finds it.",
            channel=f"<#{channel_id}>",
        )
        view = controls_view(
            [button(self._words.text("Remove this board"), "board-remove", board_id)]
        )
        await reply(interaction, content=text, view=view, private=True)

    async def press_page(self, press: Press) -> None:
        """*More papers*: another page, for whoever asks alone."""
        interaction = press.interaction
        work = self._boards.listing(actor(interaction).guild_id, press.number(0))
        listing = await in_time(interaction, work, private=True)
        view = board_layout(listing, press.number(1), self._topics, self._words)
        message = interaction.message
        if message is not None and message.flags.ephemeral:
            await revise_layout(interaction, view)
        else:
            await reply(interaction, view=view, private=True)

    async def press_remove(self, press: Press) -> None:
        """*Remove this board*."""
        work = self._boards.remove(actor(press.interaction), press.number(0))
        await in_time(press.interaction, work, private=True)
        await reply(press.interaction, content=self._words.text("The board is gone."), private=True)

    async def _meant(self, who: Actor, typed: str | None) -> tuple[BoardScope, str | None]:
        """What the option means. Raises TheoryUnknown for neither a theory nor a topic."""
        if typed is None:
            return BoardScope.ALL, None
        try:
            return BoardScope.TOPIC, topic_key(self._topics, typed)
        except ClubError:
            pass
        return BoardScope.THEORY, (await self._lookup.offered(typed, who.guild_id)).slug
