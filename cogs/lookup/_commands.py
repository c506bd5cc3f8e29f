"""The two commands and the presses that lead on from them."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl, TheoryUnknown
from bot.domain.lookup import CardPage, Show, TheoryCard
from bot.render.suggestions import theory_choices, topic_choices, topic_key, topic_titles
from bot.render.theory_card import theory_card
from bot.render.theory_list import theory_list
from bot.render.words import N_
from bot.ui.controls import Press
from bot.ui.place import home_guild_id
from bot.ui.reply import in_time, reply, turn, turns_privately
from cogs.lookup._notes import TheoryNotesCog
from cogs.lookup._views import card_view, list_view, nearest_view


class LookupCog(commands.Cog, name="lookup"):
    """Cards of theories and the list of them."""

    def __init__(self, bot: ClubBot, notes: TheoryNotesCog) -> None:
        self._bot = bot
        self._notes = notes
        self._lookup = bot.services.lookup
        self._words = bot.words
        self._topics = topic_titles(bot.services.catalogues.shipped.vocabulary)
        bot.controls.on("card", self.press_card)
        bot.controls.on("list", self.press_list)
        bot.controls.on("open", self.press_open)

    @app_commands.command(name="theory", description=N_("Look up a theory of machine learning"))
    @app_commands.describe(
        name=N_("A name, an author, an arXiv number or a link; typing errors are fine"),
        private=N_("Show the card to me only"),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def theory(
        self, interaction: discord.Interaction, name: str, private: bool = False
    ) -> None:
        """``/theory name [private]``."""
        work = self._lookup.card(name, home_guild_id(interaction), interaction.user.id)
        try:
            card = await in_time(interaction, work, private=private)
        except TheoryUnknown as error:
            missed = error
        else:
            await self._show(interaction, card, private=private)
            return
        # Outside the handler, so that a fault of the answer does not drag the words asked for
        # into the log as its context.
        await self._offer_nearest(interaction, missed)

    async def _show(
        self, interaction: discord.Interaction, card: TheoryCard, *, private: bool
    ) -> None:
        if not private and interaction.guild_id is not None:
            card = card.for_everybody()
        embed = theory_card(card, CardPage.CARD, self._words)
        view = card_view(card, CardPage.CARD, self._words)
        await reply(interaction, embed=embed, view=view, private=private)

    @theory.autocomplete("name")
    async def complete_theory(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """From memory: matches for what is typed, or the most needed theories."""
        found = await self._lookup.suggestions(typed, home_guild_id(interaction))
        return theory_choices(found, self._words)

    @app_commands.command(
        name="theories", description=N_("List the theories, the most needed here first")
    )
    @app_commands.describe(
        show=N_("Which of them"), topic=N_("Only one topic, or what builds on something I know")
    )
    @app_commands.choices(
        show=[
            app_commands.Choice(name=N_("all"), value="all"),
            app_commands.Choice(name=N_("not covered here yet"), value="uncovered"),
            app_commands.Choice(name=N_("those I read"), value="mine"),
        ]
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def theories(
        self,
        interaction: discord.Interaction,
        show: str = "all",
        topic: str | None = None,
    ) -> None:
        """``/theories [show] [topic]``."""
        chosen = _shown(show)
        private = chosen is Show.MINE
        key = None if topic is None else topic_key(self._topics, topic)
        alone = private or interaction.guild_id is None
        work = self._page(interaction, chosen, key, 0, alone=alone)
        embed, view = await in_time(interaction, work, private=private)
        await reply(interaction, embed=embed, view=view, private=private)

    @theories.autocomplete("topic")
    async def complete_topic(
        self, _interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Topics and prerequisites."""
        return topic_choices(self._topics, typed)

    async def press_card(self, press: Press) -> None:
        """A page button or a relation on a card: that card, in place."""
        await self._show_card(press, press.argument(0), press.argument(1))

    async def press_open(self, press: Press) -> None:
        """A choice in a list's menu: that card, for the chooser alone."""
        interaction = press.interaction
        if not press.values:
            raise StaleControl
        work = self._lookup.open(press.values[0], home_guild_id(interaction), interaction.user.id)
        card = await in_time(interaction, work, private=True)
        await self._show(interaction, card, private=True)

    async def press_list(self, press: Press) -> None:
        """A page button of the list."""
        show, topic = _shown(press.argument(0)), press.argument(1) or None
        page = press.number(2)
        if topic is not None and topic not in self._topics:
            raise StaleControl
        alone = turns_privately(press.interaction)
        work = self._page(press.interaction, show, topic, page, alone=alone)
        embed, view = await in_time(press.interaction, work)
        await turn(press.interaction, embed=embed, view=view)

    async def _show_card(self, press: Press, slug: str, page: str) -> None:
        try:
            shown = CardPage(page)
        except ValueError:
            raise StaleControl from None
        interaction = press.interaction
        if shown is CardPage.NOTES:
            await self._notes.show(interaction, slug, 0)
            return
        work = self._lookup.open(slug, home_guild_id(interaction), interaction.user.id)
        card = await in_time(interaction, work)
        if not turns_privately(interaction):
            card = card.for_everybody()
        embed = theory_card(card, shown, self._words)
        await turn(interaction, embed=embed, view=card_view(card, shown, self._words))

    async def _page(
        self,
        interaction: discord.Interaction,
        show: Show,
        topic: str | None,
        page: int,
        *,
        alone: bool,
    ) -> tuple[discord.Embed, discord.ui.View]:
        found = await self._lookup.page(
            show, topic, page, home_guild_id(interaction), interaction.user.id
        )
        shown = found if alone else found.for_everybody()
        embed = theory_list(shown, self._topics, self._words)
        return embed, list_view(found, self._words)

    async def _offer_nearest(
        self, interaction: discord.Interaction, unknown: TheoryUnknown
    ) -> None:
        catalogue = await self._bot.services.catalogues.of(home_guild_id(interaction))
        near = [catalogue.get(slug) for slug in unknown.nearest]
        theories = [theory for theory in near if theory is not None]
        sentence = self._bot.errors.sentence(unknown)
        in_server = home_guild_id(interaction) is not None
        how = (
            self._words.text("These come nearest. If yours is missing, propose it.")
            if in_server
            else self._words.text(
                "These come nearest. In a server where I am, you can propose one that is missing."
            )
        )
        view = nearest_view(theories, self._words, in_server=in_server)
        await reply(interaction, content=f"{sentence} {how}", view=view, private=True)


def _shown(value: str) -> Show:
    """What ``show`` means. Raises StaleControl for what no version of ours has offered."""
    try:
        return Show(value)
    except ValueError:
        raise StaleControl from None
