"""Presses on others' notes: read in full, report, and what organisers do."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.members import Actor
from bot.domain.notes import OpenNote
from bot.render.notes import open_note, paper_of
from bot.ui.controls import Press
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, turn
from cogs.notes._views import open_view, report_view


class SharedNotesCog(commands.Cog, name="shared notes"):
    """Every press names a note, and every note is looked up as one the presser may read."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._shared = bot.services.shared_notes
        self._catalogues = bot.services.catalogues
        bot.controls.on("note-open", self.press_open)
        bot.controls.on("note-back", self.press_back)
        bot.controls.on("note-report", self.press_report)
        bot.controls.on("note-report-yes", self.press_report_yes)
        bot.controls.on("note-hide", self.press_hide)
        bot.controls.on("note-show", self.press_show)
        bot.controls.on("note-settle", self.press_settle)

    async def press_open(self, press: Press) -> None:
        """A choice in a menu of notes: that note, for the chooser alone."""
        interaction, who = press.interaction, actor(press.interaction)
        found = await in_time(interaction, self._shared.open(who, _note_id(press)), private=True)
        embed = await self._embed(who, found)
        await reply(interaction, embed=embed, view=open_view(found, self._words), private=True)

    async def press_back(self, press: Press) -> None:
        """The note again, after a question about it."""
        await self._turn(press, await self._open(press))

    async def press_report(self, press: Press) -> None:
        """*Report*: ask first."""
        found = await self._open(press)
        embed = await self._embed(actor(press.interaction), found)
        embed.set_footer(
            text=self._words.text(
                "Report this note to the organisers? They see it, not who reported it."
            )
        )
        view = report_view(found.note.id, self._words)
        if press.values:
            await reply(press.interaction, embed=embed, view=view, private=True)
        else:
            await turn(press.interaction, embed=embed, view=view)

    async def press_report_yes(self, press: Press) -> None:
        """*Report it*."""
        work = self._shared.report(actor(press.interaction), press.number(0))
        await in_time(press.interaction, work)
        said = self._words.text("Thank you. The organisers will look at the note.")
        await reply(press.interaction, content=said, private=True)

    async def press_hide(self, press: Press) -> None:
        """*Hide*."""
        who, note_id = actor(press.interaction), _note_id(press)
        await in_time(press.interaction, self._shared.hide(who, note_id))
        await self._turn(press, await self._open(press))

    async def press_show(self, press: Press) -> None:
        """*Show again*."""
        who, note_id = actor(press.interaction), _note_id(press)
        await in_time(press.interaction, self._shared.show_again(who, note_id))
        await self._turn(press, await self._open(press))

    async def press_settle(self, press: Press) -> None:
        """*It may stay*."""
        who, note_id = actor(press.interaction), _note_id(press)
        await in_time(press.interaction, self._shared.settle_reports(who, note_id))
        await self._turn(press, await self._open(press))

    async def _open(self, press: Press) -> OpenNote:
        work = self._shared.open(actor(press.interaction), _note_id(press))
        return await in_time(press.interaction, work)

    async def _turn(self, press: Press, found: OpenNote) -> None:
        embed = await self._embed(actor(press.interaction), found)
        await turn(press.interaction, embed=embed, view=open_view(found, self._words))

    async def _embed(self, who: Actor, found: OpenNote) -> discord.Embed:
        catalogue = await self._catalogues.of(who.guild_id)
        return open_note(found, paper_of(found.note, catalogue), who.guild_id, self._words)


def _note_id(press: Press) -> int:
    """The note a button names, or the one chosen in a menu. Raises StaleControl."""
    if not press.values:
        return press.number(0)
    (chosen, *_) = press.values
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) <= 18):
        raise StaleControl
    return int(chosen)
