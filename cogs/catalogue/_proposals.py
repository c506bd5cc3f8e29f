"""*Approve*, *Ask* and *Reject* under a proposal, and the way to propose what was not found."""

from __future__ import annotations

from typing import Any

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.proposals import LONGEST_QUESTION
from bot.render.curating import alike_text, entry_title
from bot.render.words import Words
from bot.services.alikeness import Alike
from bot.ui.controls import Press, button, controls_view
from bot.ui.forms import Submission, form
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, reply
from cogs.catalogue._forms import theory_form
from cogs.catalogue._part_controls import made_controls

_ASK, _ANYWAY, _REJECT = "proposal-ask", "proposal-anyway", "proposal-reject"


class ProposalsCog(commands.Cog, name="catalogue-proposals"):
    """Organisers decide; the message itself is brought up to date a moment later."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._proposals = bot.services.proposals
        self._topics = bot.services.catalogues.shipped.vocabulary.topics
        bot.controls.on("theory-propose", self.press_propose)
        bot.controls.on("proposal-approve", self.press_approve)
        bot.controls.on(_ANYWAY, self.press_anyway)
        bot.controls.on(_ASK, self.press_ask)
        bot.controls.on(_REJECT, self.press_reject)
        bot.forms.on(_ASK, self.submit_ask)
        bot.forms.on(_REJECT, self.submit_reject)

    async def press_propose(self, press: Press) -> None:
        """*Propose a theory*, where a search found none."""
        actor(press.interaction)
        await open_form(press.interaction, theory_form(self._topics, self._words), self._words)

    async def press_approve(self, press: Press) -> None:
        """*Approve*."""
        await self._approve(press, anyway=False)

    async def press_anyway(self, press: Press) -> None:
        """*Approve it anyway*, where something alike was shown."""
        await self._approve(press, anyway=True)

    async def _approve(self, press: Press, *, anyway: bool) -> None:
        words, number, who = self._words, press.number(0), actor(press.interaction)
        # A message of an older version does not say what it shows.
        seen = press.argument(1) if len(press.arguments) > 1 else None
        work = self._proposals.approve(who, number, seen, anyway=anyway)
        made = await in_time(press.interaction, work, private=True)
        if isinstance(made, Alike):
            found = await self._proposals.require_waiting(who, number)
            text = alike_text(found.entry, made.title, made.evidence, True, words, made.called)
            choice = [
                button(words.text("Show the one there is"), "card", made.slug, "card"),
                button(words.text("Approve it anyway"), _ANYWAY, number, found.seen),
            ]
            view = controls_view(choice)
            await reply(press.interaction, content=text, view=view, private=True)
            return
        text = words.text(
            "{title} is in the catalogue of this server now, and its proposer is told.",
            title=entry_title(made.entry),
        )
        items = made_controls(made, words)
        await reply(press.interaction, content=text, view=controls_view(items), private=True)

    async def press_ask(self, press: Press) -> None:
        """*Ask*: a form with the question."""
        found = await self._proposals.require_waiting(actor(press.interaction), press.number(0))
        await open_form(press.interaction, _question(found.id, self._words), self._words)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone, and perhaps a proposal with it."""
        await self._proposals.thread_gone(payload.guild_id, payload.thread_id)

    async def submit_ask(self, sent: Submission) -> None:
        """The question."""
        work = self._proposals.ask(actor(sent.interaction), sent.number(0), sent.text("question"))
        await in_time(sent.interaction, work, private=True)
        text = self._words.text(
            "Your question stands under the proposal, and its proposer is told."
        )
        await reply(sent.interaction, content=text, private=True)

    async def press_reject(self, press: Press) -> None:
        """*Reject*: a form, as it stands beside *Ask* and cannot be taken back."""
        found = await self._proposals.require_waiting(actor(press.interaction), press.number(0))
        await open_form(press.interaction, _reason(found.id, self._words), self._words)

    async def submit_reject(self, sent: Submission) -> None:
        """It is not taken up, perhaps for a reason."""
        work = self._proposals.reject(actor(sent.interaction), sent.number(0), sent.text("reason"))
        await in_time(sent.interaction, work, private=True)
        text = self._words.text("Not taken up; its proposer is told so, kindly.")
        await reply(sent.interaction, content=text, private=True)


def _question(proposal_id: int, words: Words) -> discord.ui.Modal:
    field = discord.ui.Label(
        text=words.text("What would you like to know?"), component=_paragraph("question")
    )
    return form(words.text("Ask about a proposal"), _ASK, proposal_id, fields=[field])


def _reason(proposal_id: int, words: Words) -> discord.ui.Modal:
    field = discord.ui.Label(
        text=words.text("Why is it not taken up?"),
        description=words.text("Only its proposer is told. It may stay empty."),
        component=_paragraph("reason", required=False),
    )
    return form(words.text("Reject a proposal"), _REJECT, proposal_id, fields=[field])


def _paragraph(custom_id: str, *, required: bool = True) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=custom_id,
        style=discord.TextStyle.paragraph,
        max_length=LONGEST_QUESTION,
        required=required,
    )
