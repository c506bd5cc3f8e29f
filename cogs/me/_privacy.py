"""What is kept about a member: shown, given as files, erased."""

from __future__ import annotations

import io

import discord

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.privacy import ErasureUnconfirmed, is_confirmed
from bot.render.member_privacy import (
    erasure_asked,
    erasure_page,
    privacy_panel,
    section_titles,
)
from bot.ui.controls import Press
from bot.ui.forms import Submission
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, think
from cogs.me._views import erasure_form, erasure_view, privacy_view, undo_view

_KEEP = {"keep": True, "delete": False}


class PrivacyDoor:
    """Every press is about the data of whoever presses."""

    def __init__(self, bot: ClubBot) -> None:
        self._privacy = bot.services.privacy
        self._words = bot.words
        bot.controls.on("me-export", self.press_export)
        bot.controls.on("me-erase", self.press_erase)
        bot.controls.on("me-erase-notes", self.press_notes)
        bot.controls.on("me-erase-undo", self.press_undo)
        bot.forms.on("me-erase", self.submit_erase)

    async def show(self, interaction: discord.Interaction) -> None:
        """What is kept, by kind."""
        work = self._privacy.overview(actor(interaction))
        found = await in_time(interaction, work, private=True)
        embed = privacy_panel(found.file, found.erasure, self._words)
        view = privacy_view(found.erasure, self._words)
        await reply(interaction, embed=embed, view=view, private=True)

    async def press_export(self, press: Press) -> None:
        """Everything as files, for the member alone."""
        # Files take longer to make and to send than Discord waits.
        interaction = press.interaction
        await think(interaction, private=True)
        heading = self._words.text("What Theory Club keeps about you")
        made = await self._privacy.files(actor(interaction), section_titles(self._words), heading)
        files = [discord.File(io.BytesIO(file.content), file.name) for file in made]
        text = self._words.text(
            "Everything kept about you in this server. Only you see this message."
        )
        await reply(interaction, content=text, files=files, private=True)

    async def press_erase(self, press: Press) -> None:
        """What an erasure does, and the choice about notes."""
        actor(press.interaction)
        embed = erasure_page(discord.utils.utcnow(), self._words)
        await reply(press.interaction, embed=embed, view=erasure_view(self._words), private=True)

    async def press_notes(self, press: Press) -> None:
        """The choice is made; a form asks for the word that confirms."""
        choice = press.argument(0)
        if choice not in _KEEP:
            raise StaleControl
        actor(press.interaction)
        await open_form(press.interaction, erasure_form(choice, self._words), self._words)

    async def submit_erase(self, sent: Submission) -> None:
        """Confirmed; it takes effect in a while."""
        keep_notes = _KEEP.get(sent.argument(0))
        if keep_notes is None:
            raise StaleControl
        if not is_confirmed(sent.text("word")):
            raise ErasureUnconfirmed
        work = self._privacy.ask_erasure(actor(sent.interaction), keep_notes=keep_notes)
        erasure = await in_time(sent.interaction, work, private=True)
        text = erasure_asked(erasure, self._words)
        await reply(sent.interaction, content=text, view=undo_view(self._words), private=True)

    async def press_undo(self, press: Press) -> None:
        """Thought better of it in time."""
        await in_time(
            press.interaction, self._privacy.undo_erasure(actor(press.interaction)), private=True
        )
        text = self._words.text("Nothing is erased. Everything about you here stays as it is.")
        await reply(press.interaction, content=text, private=True)
