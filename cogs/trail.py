"""The audit trail: ``/log``, for organisers."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.trail import TrailPage
from bot.render.trail import trail_embed
from bot.render.words import N_
from bot.ui.controls import Press, button, controls_view
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, turn


class TrailCog(commands.Cog, name="trail"):
    """Who did what for the server."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._trail = bot.services.trail
        self._catalogues = bot.services.catalogues
        bot.controls.on("log-page", self.press_page)

    @app_commands.command(
        name="log", description=N_("Organisers: who did what for this server, newest first")
    )
    @app_commands.guild_only()
    async def log(self, interaction: discord.Interaction) -> None:
        """``/log``."""
        who = actor(interaction)
        work = self._trail.page(who)
        page = await in_time(interaction, work, private=True)
        embed = trail_embed(page, await self._catalogues.of(who.guild_id), self._words)
        await reply(interaction, embed=embed, view=self._view(page), private=True)

    async def press_page(self, press: Press) -> None:
        """Older lines, or back to the newest."""
        before, who = press.number(0) or None, actor(press.interaction)
        work = self._trail.page(who, before)
        page = await in_time(press.interaction, work, private=True)
        embed = trail_embed(page, await self._catalogues.of(who.guild_id), self._words)
        await turn(press.interaction, embed=embed, view=self._view(page, turned=bool(before)))

    def _view(self, page: TrailPage, *, turned: bool = False) -> discord.ui.View:
        items = []
        if turned:
            items.append(button(self._words.text("Newest"), "log-page", 0))
        if page.older is not None:
            items.append(button(self._words.text("Older"), "log-page", page.older))
        return controls_view(items)


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(TrailCog(bot))
