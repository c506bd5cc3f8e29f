"""*Who can explain this?*, asking one of them, and letting others ask."""

from __future__ import annotations

from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.teaching import Explainers
from bot.render.teaching import (
    ask_label,
    asked_text,
    explainers_text,
    opted_text,
)
from bot.ui.controls import Control, Press, button, controls_view
from bot.ui.place import actor, actor_anywhere
from bot.ui.reply import in_time, reply


class AskingCog(commands.Cog, name="asking"):
    """Members who let others ask them, for the asker alone to see."""

    def __init__(self, bot: ClubBot) -> None:
        self._teaching = bot.services.teaching
        self._papers = bot.services.papers
        self._words = bot.words
        bot.controls.on("explain-who", self.press_who)
        bot.controls.on("explain-ask", self.press_ask)
        bot.controls.on("explain-opt", self.press_opt)

    async def press_who(self, press: Press) -> None:
        """*Who can explain this?*: names, each with one tap that asks."""
        interaction = press.interaction
        work = self._teaching.who_can_explain(actor(interaction), press.argument(0))
        found = await in_time(interaction, work)
        items = self._items(found)
        await reply(
            interaction,
            content=explainers_text(found, self._words),
            view=controls_view(items) if items else None,
            private=True,
        )

    async def press_ask(self, press: Press) -> None:
        """*Ask somebody*: they are told privately."""
        interaction = press.interaction
        paper_id, asked_id = press.argument(0), press.number(1)
        who = actor(interaction)
        work = self._teaching.ask(who, paper_id, asked_id)
        asked = await in_time(interaction, work)
        _, paper = await self._papers.get(who.guild_id, paper_id)
        await reply(interaction, content=asked_text(asked, paper, self._words), private=True)

    async def press_opt(self, press: Press) -> None:
        """*Let others ask me*, and back; also under a notice in a direct message."""
        side = press.argument(0)
        if side not in ("in", "out"):
            raise StaleControl
        on = side == "in"
        await in_time(press.interaction, self._teaching.let_ask(actor_anywhere(press), on))
        in_server = press.interaction.guild_id is not None
        view = controls_view([self._opt(listed=on)]) if in_server else None
        content = opted_text(on=on, words=self._words)
        await reply(press.interaction, content=content, view=view, private=True)

    def _items(self, found: Explainers) -> list[Control]:
        items = [
            button(ask_label(one, self._words), "explain-ask", one.paper_id, one.user_id)
            for one in found.people
        ]
        return items if found.explains is None else [*items, self._opt(listed=found.explains)]

    def _opt(self, *, listed: bool) -> Control:
        if listed:
            return button(self._words.text("Do not list me"), "explain-opt", "out")
        return button(self._words.text("Let others ask me"), "explain-opt", "in")
