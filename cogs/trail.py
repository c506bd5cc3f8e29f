"""The audit trail: ``/log``, for organisers, and *Undo* wherever it stands."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.club_sessions import SessionChange
from bot.domain.errors import StaleControl
from bot.domain.own_entries import Edit
from bot.domain.trail import TrailPage
from bot.render.club_sessions import put_back_text
from bot.render.club_words import announced_text
from bot.render.curating import undone_text
from bot.render.trail import trail_embed, undo_options
from bot.render.words import N_
from bot.services.undoing import Undone
from bot.ui import undoing
from bot.ui.controls import Press, button, controls_view, menu
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, turn

_PAGE, _UNDO = "log-page", "log-undo"


class TrailCog(commands.Cog, name="trail"):
    """Who did what for the server, and taking it back."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._trail = bot.services.trail
        self._undoing = bot.services.undoing
        self._news = bot.services.club_news
        self._catalogues = bot.services.catalogues
        bot.controls.on(_PAGE, self.press_page)
        bot.controls.on(_UNDO, self.choose_undo)
        bot.controls.on(undoing.ACTION, self.press_undo)

    @app_commands.command(
        name="log", description=N_("Organisers: who did what for this server, newest first; undo")
    )
    @app_commands.guild_only()
    async def log(self, interaction: discord.Interaction) -> None:
        """``/log``."""
        page = await in_time(interaction, self._trail.page(actor(interaction)), private=True)
        embed, view = await self._shown(interaction, page)
        await reply(interaction, embed=embed, view=view, private=True)

    async def press_page(self, press: Press) -> None:
        """Older lines, or back to the newest."""
        before, who = press.number(0) or None, actor(press.interaction)
        page = await in_time(press.interaction, self._trail.page(who, before), private=True)
        embed, view = await self._shown(press.interaction, page, turned=bool(before))
        await turn(press.interaction, embed=embed, view=view)

    async def press_undo(self, press: Press) -> None:
        """*Undo* under the answer to what it takes back."""
        text = await in_time(press.interaction, self._undone(press, press.number(0)), private=True)
        await undoing.show_undone(press.interaction, text, self._words)

    async def choose_undo(self, press: Press) -> None:
        """A line of ``/log`` to take back; the page has the newest lines afterwards."""
        chosen = press.values[0] if press.values else press.argument(0)
        if not (chosen.isascii() and chosen.isdecimal() and len(chosen) <= 18):
            raise StaleControl
        text = await in_time(press.interaction, self._undone(press, int(chosen)), private=True)
        page = await self._trail.page(actor(press.interaction))
        embed, view = await self._shown(press.interaction, page)
        await turn(press.interaction, embed=embed, view=view)
        await reply(press.interaction, content=text, private=True)

    async def _undone(self, press: Press, line_id: int) -> str:
        undone = await self._undoing.undo(actor(press.interaction), line_id)
        return await self._told(undone)

    async def _told(self, undone: Undone) -> str:
        """What is so again; those whom it concerns are told of it."""
        match undone:
            case SessionChange():
                announced = await self._news.tell(undone)
                channel_id = undone.after.club.channel_id
                told = announced_text(announced, channel_id, self._words)
                return f"{put_back_text(undone, self._words)}\n{told}"
            case Edit():
                return undone_text(undone, self._words)

    async def _shown(
        self, interaction: discord.Interaction, page: TrailPage, *, turned: bool = False
    ) -> tuple[discord.Embed, discord.ui.View]:
        catalogue = await self._catalogues.of(interaction.guild_id)
        items = []
        options = undo_options(page, catalogue, self._words)
        if options:
            items.append(menu(self._words.text("Undo one of these"), options, _UNDO, row=0))
        if turned:
            items.append(button(self._words.text("Newest"), _PAGE, 0, row=1))
        if page.older is not None:
            items.append(button(self._words.text("Older"), _PAGE, page.older, row=1))
        return trail_embed(page, catalogue, self._words), controls_view(items)


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(TrailCog(bot))
