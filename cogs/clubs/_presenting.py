"""*I would present* on the card, and the two answers of whoever is asked privately."""

from __future__ import annotations

from discord.ext import commands

from bot.client import ClubBot
from bot.domain.presenting import Offer
from bot.render.session_words import accepted_text, declined_text, offer_text
from bot.ui.controls import Press
from bot.ui.place import actor, actor_anywhere
from bot.ui.reply import in_time, reply
from cogs.clubs._cards import CardsCog


class PresentingCog(commands.Cog, name="club-presenting"):
    """Answers are private: nobody learns who was asked or who declined."""

    def __init__(self, bot: ClubBot, cards: CardsCog) -> None:
        self._cards = cards
        self._words = bot.words
        self._presenters = bot.services.presenters
        bot.controls.on("session-present", self.press_offer)
        bot.controls.on("present-accept", self.press_accept)
        bot.controls.on("present-decline", self.press_decline)

    async def press_offer(self, press: Press) -> None:
        """*I would present*: the card shows it at once if they do."""
        interaction = press.interaction
        work = self._presenters.offer(actor(interaction), press.number(0), press.day(1))
        found, offer = await in_time(interaction, work)
        if offer is Offer.PRESENTS:
            await self._cards.revise(interaction, found)
        await reply(interaction, content=offer_text(found, offer, self._words), private=True)

    async def press_accept(self, press: Press) -> None:
        """*I'll present*; also under a direct message."""
        work = self._presenters.accept(actor_anywhere(press), press.number(0), press.day(1))
        found = await in_time(press.interaction, work, private=True)
        await reply(press.interaction, content=accepted_text(found, self._words), private=True)

    async def press_decline(self, press: Press) -> None:
        """*Not this time*; also under a direct message."""
        work = self._presenters.decline(actor_anywhere(press), press.number(0), press.day(1))
        await in_time(press.interaction, work, private=True)
        await reply(press.interaction, content=declined_text(self._words), private=True)
