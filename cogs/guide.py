"""The bot about itself: ``/help`` and ``/about``."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

import bot as theory_club
from bot.client import ClubBot
from bot.render.guide import about_page, help_page
from bot.render.words import N_
from bot.ui.reply import reply


class GuideCog(commands.Cog, name="guide"):
    """One screen each, for the asker alone."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot

    @app_commands.command(name="help", description=N_("What can be done here"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: discord.Interaction) -> None:
        """``/help``."""
        await reply(interaction, embed=help_page(self._bot.words), private=True)

    @app_commands.command(name="about", description=N_("Version, sources and privacy"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(self, interaction: discord.Interaction) -> None:
        """``/about``."""
        catalogue = self._bot.services.catalogues.shipped
        papers = sum(len(theory.papers) for theory in catalogue)
        embed = about_page(
            theory_club.__version__, len(catalogue), papers, self._bot.source_url, self._bot.words
        )
        await reply(interaction, embed=embed, private=True)


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(GuideCog(bot))
