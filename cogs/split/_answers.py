"""Being in: the buttons of the panel, and the form of wishes."""

from __future__ import annotations

from collections.abc import Iterable

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.members import Actor
from bot.domain.papers import Paper
from bot.domain.rounds import Joined, papers_of
from bot.render.rounds.answers import item_names, joined_text, leave_question, left_text
from bot.ui.controls import Press, button, controls_view
from bot.ui.forms import Submission
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, reply
from cogs.split._form import ACTION, sent_of, wishes_form


class AnswersCog(commands.Cog, name="split-answers"):
    """*I'm in*, *Not this time*."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._answers = bot.services.round_answers
        self._catalogues = bot.services.catalogues
        bot.controls.on("split-join", self.press_join)
        bot.controls.on("split-leave", self.press_leave)
        bot.forms.on(ACTION, self.submit)

    async def press_join(self, press: Press) -> None:
        """*I'm in*: the form, filled in with what was answered before."""
        shown = await self._answers.form(actor(press.interaction), press.number(0))
        await open_form(press.interaction, wishes_form(shown, self._words), self._words)

    async def submit(self, sent: Submission) -> None:
        """The wishes."""
        work = self._answers.join(actor(sent.interaction), sent.number(0), sent_of(sent))
        joined = await in_time(sent.interaction, work, private=True)
        catalogue = await self._catalogues.of(joined.round.guild_id)
        names = item_names(joined.round, papers_of(joined.round, catalogue))
        text = joined_text(joined, names, self._words)
        await reply(sent.interaction, content=text, view=self._view(joined), private=True)

    async def press_leave(self, press: Press) -> None:
        """*Not this time*; who would give papers back is asked once more."""
        interaction, number, words = press.interaction, press.number(0), self._words
        who = actor(interaction)
        held = await in_time(interaction, self._answers.held(who, number), private=True)
        if held and len(press.arguments) < 2:
            sure = button(
                words.text("Give them back"), "split-leave", number, "yes",
                style=discord.ButtonStyle.danger,
            )  # fmt: skip
            text = leave_question(await self._papers(who, held), words)
            await reply(interaction, content=text, view=controls_view([sure]), private=True)
            return
        gone = await in_time(interaction, self._answers.leave(who, number), private=True)
        text = left_text(await self._papers(who, gone or ()), was_in=gone is not None, words=words)
        await reply(interaction, content=text, private=True)

    async def _papers(self, who: Actor, ids: Iterable[str]) -> list[Paper]:
        catalogue = await self._catalogues.of(who.guild_id)
        found = ((catalogue.theory_of(paper_id), paper_id) for paper_id in ids)
        papers = (theory.paper(paper_id) for theory, paper_id in found if theory is not None)
        return [paper for paper in papers if paper is not None]

    def _view(self, joined: Joined) -> discord.ui.View:
        words, number = self._words, joined.round.id
        items = [
            button(words.text("Change"), "split-join", number, row=0),
            button(words.text("Not this time"), "split-leave", number, row=0),
        ]
        if joined.asks_dm:
            items += [
                button(words.text("Tell me by DM"), "dm", "yes", row=1),
                button(words.text("No DMs"), "dm", "no", row=1),
            ]
        return controls_view(items)
