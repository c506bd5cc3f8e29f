"""Suggesting where a member adds most: ``/suggest``."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.suggesting import Suggestions
from bot.render.markdown import fit
from bot.render.suggested import suggestions_embed
from bot.render.suggestions import topic_titles
from bot.render.words import N_, Words
from bot.ui.controls import button, controls_view
from bot.ui.place import actor
from bot.ui.reply import in_time, reply

_LABEL = 80


class SuggestCog(commands.Cog, name="suggest"):
    """Three papers with their reasons, one tap each."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._topics = topic_titles(bot.services.catalogues.shipped.vocabulary)

    @app_commands.command(name="suggest", description=N_("Three papers where you add most"))
    @app_commands.describe(hours=N_("How many hours you have for one; else those of /me settings"))
    @app_commands.guild_only()
    async def suggest(
        self,
        interaction: discord.Interaction,
        hours: app_commands.Range[int, 1, 1000] | None = None,
    ) -> None:
        """``/suggest [hours]``."""
        work = self._bot.services.suggesting.suggest(actor(interaction), hours)
        found = await in_time(interaction, work, private=True)
        words = self._bot.words
        view = _view(found, words)
        embed = suggestions_embed(found, self._topics, words)
        await reply(interaction, embed=embed, view=view, private=True)


def _view(found: Suggestions, words: Words) -> discord.ui.View:
    return controls_view(
        button(
            fit(words.text("Read {paper}", paper=one.candidate.paper.title), _LABEL),
            "sign-up",
            one.candidate.paper.id,
            style=discord.ButtonStyle.primary if number == 0 else discord.ButtonStyle.secondary,
            row=number,
        )
        for number, one in enumerate(found.chosen)
    )


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(SuggestCog(bot))
