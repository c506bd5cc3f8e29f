"""What organisers press: the preview, its choices, publishing, calling off."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.rounds import Preview, SplitChanged
from bot.ui.controls import Press, button, controls_view
from bot.ui.pictures import Pictures
from bot.ui.place import actor
from bot.ui.reply import acknowledge, in_time, reply, turn_layout
from cogs.split._views import compose

_KEEPS = {"on": True, "off": False}


class OrganisingCog(commands.Cog, name="split-organising"):
    """Everything is checked again, and answered where nobody else reads it."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._rounds = bot.services.rounds
        self._splitting = bot.services.splitting
        self._pictures = Pictures()
        bot.controls.on("split-organise", self.press_organise)
        bot.controls.on("split-slack", self.press_slack)
        bot.controls.on("split-keeps", self.press_keeps)
        bot.controls.on("split-seats", self.press_seats)
        bot.controls.on("split-publish", self.press_publish)
        bot.controls.on("split-cancel", self.press_cancel)

    async def press_organise(self, press: Press) -> None:
        """The preview, or another page of it."""
        page = press.number(1) if len(press.arguments) > 1 else 0
        work = self._splitting.preview(actor(press.interaction), press.number(0))
        await self._show(press.interaction, work, page)

    async def press_slack(self, press: Press) -> None:
        """How much of the coverage may go to wishes."""
        chosen = press.values[0] if press.values else ""
        if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 4):
            raise StaleControl
        who, number = actor(press.interaction), press.number(0)
        work = self._splitting.choose(who, number, slack=int(chosen))
        await self._show(press.interaction, work)

    async def press_keeps(self, press: Press) -> None:
        """Whether promises may move."""
        keeps = _KEEPS.get(press.argument(1))
        if keeps is None:
            raise StaleControl
        who, number = actor(press.interaction), press.number(0)
        await self._show(press.interaction, self._splitting.choose(who, number, keeps=keeps))

    async def press_seats(self, press: Press) -> None:
        """*Raise seats*."""
        work = self._splitting.raise_seats(actor(press.interaction), press.number(0))
        await self._show(press.interaction, work)

    async def press_publish(self, press: Press) -> None:
        """*Publish*: what this organiser has looked at, and nothing else."""
        await self.publish(press.interaction, press.number(0), press.argument(1))

    async def publish(
        self, interaction: discord.Interaction, number: int | None, seen: str | None
    ) -> None:
        """Publish, or show again what has changed meanwhile."""
        who, words = actor(interaction), self._words
        work = self._splitting.publish(who, number, seen)
        try:
            changed = await in_time(interaction, work, private=True)
        except SplitChanged:
            note = words.text(
                "Something has changed meanwhile, so nothing is published yet. Look once more:"
            )
            await self._show(interaction, self._splitting.preview(who, number), note=note)
            return
        members = {member for member, _ in (*changed.added, *changed.removed)}
        text = words.plural(
            "Published: for {n} member something changes. They are told by DM where they said yes, "
            "else after their next command.",
            "Published: for {n} members something changes. They are told by DM where they said "
            "yes, else after their next command.",
            len(members),
        )
        await reply(interaction, content=text, private=True)

    async def press_cancel(self, press: Press) -> None:
        """*End the round*, asked once more."""
        who, words, number = actor(press.interaction), self._words, press.number(0)
        if len(press.arguments) < 2:
            await self._rounds.require_organiser(who)
            await self.ask_to_cancel(press.interaction, number)
            return
        await in_time(press.interaction, self._rounds.cancel(who, number), private=True)
        text = words.text("The round is over. Sign-ups that came of it stay with their readers.")
        await reply(press.interaction, content=text, private=True)

    async def ask_to_cancel(self, interaction: discord.Interaction, number: int) -> None:
        """One question before wishes are put away."""
        words = self._words
        text = words.text(
            "Shall the round end? Papers that were published stay with their readers, and "
            "`/suggest` goes on hearing their wishes."
        )
        danger = discord.ButtonStyle.danger
        view = controls_view(
            [button(words.text("End the round"), "split-cancel", number, "yes", style=danger)]
        )
        await reply(interaction, content=text, view=view, private=True)

    async def show(self, interaction: discord.Interaction) -> None:
        """The preview as a command's answer."""
        await acknowledge(interaction, private=True)
        await self._show(interaction, self._splitting.preview(actor(interaction)))

    async def _show(
        self,
        interaction: discord.Interaction,
        work: Coroutine[Any, Any, Preview],
        page: int = 0,
        note: str = "",
    ) -> None:
        preview = await in_time(interaction, work, private=True)
        drawn = compose(preview, page, self._pictures, self._words, note)
        view, files = await in_time(interaction, drawn, private=True)
        message = interaction.message
        if message is not None and message.flags.ephemeral:
            await turn_layout(interaction, view, files)
        else:
            await reply(interaction, view=view, files=files, private=True)
