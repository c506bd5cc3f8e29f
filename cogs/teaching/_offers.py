"""Offers to explain: made in a channel, answered by whoever listened, and closed."""

from __future__ import annotations

import asyncio

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.teaching import LONGEST_STEP, OfferStands, step_of
from bot.render.teaching import clear_text, closed_text, offer_text, unclear_text
from bot.ui.controls import Control, Press, button, controls_view
from bot.ui.forms import Submission, form
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import ACKNOWLEDGE_AFTER, in_time, reply, revise

_STEP = "step"


class OffersCog(commands.Cog, name="offers"):
    """*I can explain this*, and what its listeners say."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._teaching = bot.services.teaching
        self._words = bot.words
        bot.controls.on("explain-offer", self.press_offer)
        bot.controls.on("explain-heard", self.press_heard)
        bot.controls.on("explain-close", self.press_close)
        bot.forms.on("explain-step", self.send_step)

    async def press_offer(self, press: Press) -> None:
        """*I can explain this*: a public message in the channel where it was pressed."""
        interaction = press.interaction
        work = self._teaching.offer(actor(interaction), press.argument(0))
        try:
            made = await in_time(interaction, work)
        except OfferStands as error:
            sentence = self._bot.errors.sentence(error)
            view = controls_view([self._close(error.offer.id)])
            await reply(interaction, content=sentence, view=view, private=True)
            return
        content = offer_text(made.name, made.paper, self._words)
        await reply(interaction, content=content, view=self._offer_view(made.offer.id))

    async def press_heard(self, press: Press) -> None:
        """What a listener says: at once that it is clear, or in a form which step is not."""
        offer_id, said = press.number(0), press.argument(1)
        if said == "unclear":
            await self._ask_step(press.interaction, offer_id)
            return
        if said != "clear":
            raise StaleControl
        work = self._teaching.say_clear(actor(press.interaction), offer_id)
        heard = await in_time(press.interaction, work)
        content = clear_text(heard.name, heard.paper, self._words)
        await reply(press.interaction, content=content, private=True)

    async def send_step(self, sent: Submission) -> None:
        """The step that was unclear: passed on to the explainer alone."""
        step = sent.text(_STEP)
        work = self._teaching.say_unclear(actor(sent.interaction), sent.number(0), step)
        heard = await in_time(sent.interaction, work, private=True)
        content = unclear_text(heard.name, heard.paper, step_of(step), self._words)
        await reply(sent.interaction, content=content, private=True)

    async def press_close(self, press: Press) -> None:
        """*Close*: by the explainer or an organiser."""
        work = self._teaching.close(actor(press.interaction), press.number(0))
        await in_time(press.interaction, work)
        await revise(press.interaction, content=closed_text(self._words))

    async def _ask_step(self, interaction: discord.Interaction, offer_id: int) -> None:
        # Where the store is too slow to say in time whether the member may answer, the form opens
        # all the same, before anything acknowledges: what comes back is authorised again.
        try:
            async with asyncio.timeout(ACKNOWLEDGE_AFTER / 2):
                await self._teaching.listen(actor(interaction), offer_id)
        except TimeoutError:
            pass
        words = self._words
        field: discord.ui.Label[discord.ui.Modal] = discord.ui.Label(
            text=words.text("Which step?"),
            description=words.text("The explainer reads it, and nobody else."),
            component=discord.ui.TextInput(custom_id=_STEP, max_length=LONGEST_STEP),
        )
        title = words.text("A step was unclear")
        await open_form(
            interaction, form(title, "explain-step", offer_id, fields=[field]), self._words
        )

    def _offer_view(self, offer_id: int) -> discord.ui.View:
        words = self._words
        clear = button(
            words.text("I could now explain it"),
            "explain-heard",
            offer_id,
            "clear",
            style=discord.ButtonStyle.success,
        )
        unclear = button(words.text("A step was unclear"), "explain-heard", offer_id, "unclear")
        return controls_view([clear, unclear, self._close(offer_id)])

    def _close(self, offer_id: int) -> Control:
        return button(self._words.text("Close"), "explain-close", offer_id)
