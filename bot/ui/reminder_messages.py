"""A reminder as a message of Discord: text, which needs no more than the right to write."""

from __future__ import annotations

import discord

from bot.domain.reminders import Outgoing
from bot.render.markdown import fit
from bot.render.reminders import called_text, reminder_text
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.catalogues import CatalogueOf
from bot.ui.reminder_sender import Composed

_LONGEST, _IN_FRAME = 2000, 4096


class ReminderMessages:
    """Composes what a DiscordSender sends."""

    def __init__(self, catalogue_of: CatalogueOf, words: Words) -> None:
        self._catalogue_of = catalogue_of
        self._words = words

    async def compose(self, message: Outgoing) -> Composed:
        """A message within Discord's limits; its usual button is the sender's.

        Only where so many are called that there is no room for more is the text framed.
        """
        catalogue = await self._catalogue_of(message.lead.guild_id)
        text = reminder_text(message, catalogue, self._words)
        called = called_text(message)
        whole = f"{text}\n{called}" if called else text
        if len(whole) <= _LONGEST or not called:
            return Composed(fit(whole, _LONGEST))
        frame = discord.Embed(description=fit(text, _IN_FRAME), colour=COLOUR)
        return Composed(called, (frame,))
