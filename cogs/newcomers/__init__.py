"""*Join the club*: a newcomer's way from four questions to a first paper."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.members import HoursImpossible, SettingsChange
from bot.render.newcomers import later_text
from bot.render.suggestions import topic_titles
from bot.render.theory_card import COLOUR
from bot.ui.controls import Press, button, controls_view
from bot.ui.forms import Submission
from bot.ui.layouts import layout
from bot.ui.newcomer_layouts import JOIN, LATER, OFFER, join_form, newcomers_panel, offer_layout
from bot.ui.opening import open_form
from bot.ui.place import actor, channel_meant
from bot.ui.posting import post_layout
from bot.ui.reply import in_time, reply, revise_layout


class NewcomerCog(commands.Cog, name="newcomers"):
    """The panel outlives a restart; everything else is for the newcomer alone."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._newcomers = bot.services.newcomers
        self._settings = bot.services.guild_settings
        self._topics = topic_titles(bot.services.catalogues.shipped.vocabulary)
        bot.controls.on("newcomer-post", self.press_post)
        bot.controls.on(JOIN, self.press_join)
        bot.controls.on(OFFER, self.press_offer)
        bot.controls.on(LATER, self.press_later)
        bot.forms.on(JOIN, self.submit)

    async def press_post(self, press: Press) -> None:
        """*Post a panel for newcomers*, at the set-up."""
        interaction, words, who = press.interaction, self._words, actor(press.interaction)
        held = await in_time(interaction, self._settings.setup(who), private=True)
        channel_id = channel_meant(interaction, held.rules.home_channel_id)
        posted = await post_layout(interaction, channel_id, newcomers_panel(words))
        await in_time(interaction, self._settings.record(who, "newcomers-posted"), private=True)
        text = words.text(
            "The panel stands in {channel}. Pin it there, so that newcomers find it.",
            channel=f"<#{channel_id}>",
        )
        undo = button(words.text("Undo"), "setup-undo", channel_id, posted.id)
        await reply(interaction, content=text, view=controls_view([undo]), private=True)

    async def press_join(self, press: Press) -> None:
        """*Join the club*, *Find my first paper*: the form."""
        words = self._words
        asked = await self._newcomers.asked(actor(press.interaction))
        topics = {key: self._topics[key] for key in asked.topics}
        made = join_form(asked.settings, asked.zones, topics, asked.clubs, asked.joined, words)
        await open_form(press.interaction, made, self._words)

    async def submit(self, sent: Submission) -> None:
        """The form was sent in: keep it, and offer the first paper."""
        hours = sent.text("hours").strip()
        if not (hours.isascii() and hours.isdecimal() and len(hours) <= 3):
            raise HoursImpossible
        change = SettingsChange(
            zone=sent.text("zone") or None,
            hours_a_week=int(hours),
            interests=frozenset(sent.choices("interests")),
        )
        who = actor(sent.interaction)
        clubs = _numbers(sent.choices("clubs"))
        work = self._newcomers.introduce(who, change, clubs)
        found = await in_time(sent.interaction, work, private=True)
        view = offer_layout(
            found.offers, 0, self._topics, self._words, clubs=len(clubs), kept=found.kept
        )
        await reply(sent.interaction, view=view, private=True)

    async def press_offer(self, press: Press) -> None:
        """*Another one*."""
        work = self._newcomers.offers(actor(press.interaction))
        offers = await in_time(press.interaction, work, private=True)
        view = offer_layout(offers, press.number(0), self._topics, self._words)
        await self._turn(press.interaction, view)

    async def press_later(self, press: Press) -> None:
        """*Not now*."""
        actor(press.interaction)
        title = self._words.text("Your first paper")
        view = layout(title, [later_text(self._words)], [], colour=COLOUR)
        await self._turn(press.interaction, view)

    async def _turn(self, interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
        """In place of what was offered; never in place of a message that others see."""
        message = interaction.message
        if message is not None and message.flags.ephemeral:
            await revise_layout(interaction, view)
        else:
            await reply(interaction, view=view, private=True)


def _numbers(chosen: tuple[str, ...]) -> list[int]:
    if not all(one.isascii() and one.isdecimal() and len(one) < 19 for one in chosen):
        raise StaleControl
    return [int(one) for one in chosen]


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(NewcomerCog(bot))
