"""A reminder as a message of Discord: text, which needs no more than the right to write."""

from __future__ import annotations

from collections.abc import Callable

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.club_digests import ClubDigest
from bot.domain.reminders import Outgoing
from bot.render.digests import sign_up_label
from bot.render.markdown import fit, size
from bot.render.personal_reminders import answers_of, headed
from bot.render.reminders import called_text, reminder_text
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.catalogues import CatalogueOf
from bot.ui.controls import Control, button
from bot.ui.notice_controls import notice_buttons
from bot.ui.reminder_sender import Composed

_LONGEST, _IN_FRAME = 2000, 4096
# Under a direct message the last of the five rows is the usual one.
_ROWS = 4


class ReminderMessages:
    """Composes what a DiscordSender sends. ``server_name`` is handed over once it is known."""

    def __init__(self, catalogue_of: CatalogueOf, words: Words) -> None:
        self.server_name: Callable[[int], str | None] = lambda _: None
        self._catalogue_of = catalogue_of
        self._words = words

    async def compose(self, message: Outgoing) -> Composed:
        """A message within Discord's limits; its usual buttons are the sender's.

        Only where there is no room for the text, as under many who are called or where many
        things are told at once, is it framed.
        """
        catalogue = await self._catalogue_of(message.lead.guild_id)
        text = reminder_text(message, catalogue, self._words)
        if message.lead.by_dm:
            text = headed(text, self.server_name(message.lead.guild_id))
            controls = tuple(self._answers(message, catalogue))
            if size(text) <= _LONGEST:
                return Composed(text, controls=controls)
            head, _, rest = text.partition("\n")
            return Composed(fit(head, _LONGEST), (_frame(rest),), controls)
        called = called_text(message)
        whole = f"{text}\n{called}" if called else text
        if size(whole) <= _LONGEST or not called:
            return Composed(fit(whole, _LONGEST), controls=self._controls(message))
        return Composed(called, (_frame(text),))

    def _controls(self, message: Outgoing) -> tuple[Control, ...]:
        """Signing up for the paper that a digest says is wanted most."""
        subject = message.told[0].said.subject
        if message.lead.by_dm or not isinstance(subject, ClubDigest) or subject.wanted is None:
            return ()
        label, paper_id = sign_up_label(subject.wanted, self._words), subject.wanted.paper.id
        return (button(label, "sign-up", paper_id, style=discord.ButtonStyle.primary, row=1),)

    def _answers(self, message: Outgoing, catalogue: Catalogue) -> list[Control]:
        """One row of buttons for each thing that can be answered; what has no room can be
        answered in ``/progress me``.
        """
        told = answers_of(message, catalogue, self._words)
        several = len(told) > 1
        asked = [(number, answers) for number, answers in enumerate(told, 1) if answers]
        made: list[Control] = []
        for row, (number, answers) in enumerate(asked[:_ROWS]):
            guild_id = message.lead.guild_id
            made += notice_buttons(answers, guild_id, row, number if several else None)
        return made


def _frame(text: str) -> discord.Embed:
    return discord.Embed(description=fit(text, _IN_FRAME), colour=COLOUR)
