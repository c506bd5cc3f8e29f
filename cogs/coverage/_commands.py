"""The command, and the presses under its answers."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.coverage import View
from bot.domain.errors import StaleControl
from bot.render.coverage_members import declined_text, introduced_text, introduction_text
from bot.render.words import N_
from bot.ui.controls import Press
from bot.ui.pictures import Pictures
from bot.ui.place import actor, actor_anywhere
from bot.ui.reply import acknowledge, in_time, reply, turn_layout
from cogs.coverage._views import Views

_ANSWERS = {"yes": True, "no": False}


class CoverageCog(commands.Cog, name="coverage"):
    """The map of the community and the other sides of it."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._pictures = Pictures()
        self._views = Views(bot.services, self._pictures, bot.words)
        self._introductions = bot.services.introductions
        bot.controls.on("coverage", self.press_view)
        bot.controls.on("introduce", self.press_introduce)
        bot.controls.on("introduction", self.press_answer)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """The library that draws is imported once the bot is there for its members."""
        await self._pictures.warm_up()

    @app_commands.command(
        name="coverage",
        description=N_("What this community knows, how evenly, and where the gaps are"),
    )
    @app_commands.describe(view=N_("Which side of it; without this, the map"))
    @app_commands.choices(
        view=[
            app_commands.Choice(name=N_("map of all theories"), value="map"),
            app_commands.Choice(name=N_("trend by week"), value="trend"),
            app_commands.Choice(name=N_("pairs that somebody can join up"), value="pairs"),
            app_commands.Choice(name=N_("overlap: who reads unlike me"), value="overlap"),
            app_commands.Choice(name=N_("at risk (organisers)"), value="at-risk"),
        ]
    )
    @app_commands.guild_only()
    async def coverage(self, interaction: discord.Interaction, view: str = "map") -> None:
        """``/coverage [view]``."""
        chosen, who = _view(view), actor(interaction)
        await acknowledge(interaction, private=chosen.is_private)
        layout, files = await self._views.compose(who, chosen, 0)
        await reply(interaction, view=layout, files=files, private=chosen.is_private)

    async def press_view(self, press: Press) -> None:
        """A button to another view: in place, or privately where it must not be seen."""
        interaction, chosen = press.interaction, _view(press.argument(0))
        page = press.number(1) if len(press.arguments) > 1 else 0
        work = self._views.compose(actor(interaction), chosen, page)
        layout, files = await in_time(interaction, work, private=True)
        message = interaction.message
        if chosen.is_private and (message is None or not message.flags.ephemeral):
            await reply(interaction, view=layout, files=files, private=True)
        else:
            await turn_layout(interaction, layout, files)

    async def press_introduce(self, press: Press) -> None:
        """*Introduce me to …*."""
        work = self._introductions.ask(actor(press.interaction), press.number(0))
        name = await in_time(press.interaction, work, private=True)
        await self._say(press.interaction, introduction_text(name, self._words))

    async def press_answer(self, press: Press) -> None:
        """The answer to whether one wants to be introduced."""
        answer = _ANSWERS.get(press.argument(1))
        if answer is None:
            raise StaleControl
        work = self._introductions.answer(actor_anywhere(press), press.number(0), agreed=answer)
        name = await in_time(press.interaction, work, private=True)
        words = self._words
        text = declined_text(words) if name is None else introduced_text(name, words)
        await self._say(press.interaction, text)

    async def _say(self, interaction: discord.Interaction, text: str) -> None:
        await reply(interaction, content=text, private=True)


def _view(value: str) -> View:
    try:
        return View(value)
    except ValueError:
        raise StaleControl from None
