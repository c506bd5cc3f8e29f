"""One-tap presses: a depth, taking a paper back, turning a page, the name board."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.progress import Depth
from bot.render.progress import logged, own_overview, removal, removed
from bot.ui.controls import Press
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, turn, turns_privately
from cogs.progress._views import logged_view, overview_view, removal_view, removed_view


class CorrectionsCog(commands.Cog, name="progress corrections"):
    """What is pressed under one's own progress."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._logbook = bot.services.logbook
        self._progress = bot.services.progress
        bot.controls.on("depth", self.press_depth)
        bot.controls.on("progress-remove", self.press_remove)
        bot.controls.on("progress-me", self.press_page)
        bot.controls.on("name-board", self.press_board)

    async def press_depth(self, press: Press) -> None:
        """*Read it all?*, or a correction of a depth."""
        try:
            depth = Depth(press.argument(1))
        except ValueError:
            raise StaleControl from None
        work = self._logbook.set_depth(actor(press.interaction), press.argument(0), depth)
        result = await in_time(press.interaction, work, private=True)
        await self._answer(press, logged(result, self._words), logged_view(result, self._words))

    async def press_remove(self, press: Press) -> None:
        """*Remove it*: asked once more first, then done or left."""
        who, paper_id = actor(press.interaction), press.argument(0)
        answer = press.arguments[1] if len(press.arguments) > 1 else None
        if answer == "yes":
            gone = await in_time(press.interaction, self._logbook.remove(who, paper_id))
            await self._answer(press, removed(gone, self._words), removed_view(gone, self._words))
            return
        stored = await in_time(press.interaction, self._logbook.stored(who, paper_id))
        if answer is None:
            view = removal_view(paper_id, self._words)
            await self._answer(press, removal(stored, self._words), view)
        else:
            view = logged_view(stored, self._words)
            await self._answer(press, logged(stored, self._words), view)

    async def press_page(self, press: Press) -> None:
        """A neighbouring page of one's own overview."""
        work = self._progress.own(actor(press.interaction), press.number(0))
        overview = await in_time(press.interaction, work)
        embed, view = own_overview(overview, self._words), overview_view(overview, self._words)
        await self._answer(press, embed, view)

    async def press_board(self, press: Press) -> None:
        """Onto the name board, or off it."""
        answer = press.argument(0)
        if answer not in ("on", "off"):
            raise StaleControl
        work = self._progress.show_on_name_board(actor(press.interaction), on=answer == "on")
        await in_time(press.interaction, work)
        text = self._words.text("Your name is off the board.")
        if answer == "on":
            text = self._words.text(
                "Your name is on the board: the group sees what you finish each month. You can "
                "take it off at any time."
            )
        await reply(press.interaction, content=text, private=True)

    async def _answer(self, press: Press, embed: discord.Embed, view: discord.ui.View) -> None:
        """In place where only the member sees it; never into a message that others read."""
        if turns_privately(press.interaction):
            await turn(press.interaction, embed=embed, view=view)
        else:
            await reply(press.interaction, embed=embed, view=view, private=True)
