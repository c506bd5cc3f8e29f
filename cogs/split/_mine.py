"""A member's own part of a round: *My reading*, *Accept*, *Swap*, *Too much*."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.members import Actor
from bot.domain.rounds import NotInRound, OwnPaper, OwnReading
from bot.domain.split import PairState
from bot.render.markdown import fit
from bot.render.papers import number_text, title_text
from bot.render.rounds.answers import item_name, waiting_text
from bot.render.rounds.own_reading import own_texts, own_title
from bot.render.rounds.reasons import own_paper_text
from bot.render.theory_card import COLOUR
from bot.ui.controls import Control, Press, button, controls_view, menu
from bot.ui.layouts import layout
from bot.ui.place import actor, actor_anywhere
from bot.ui.reply import in_time, reply, turn_layout

# Each paper takes up to six of Discord's 40 components.
_A_PAGE = 5
_OPTIONS, _LABEL = 25, 100
_OPEN = (PairState.PROPOSED, PairState.ACCEPTED, PairState.STARTED)


class OwnReadingCog(commands.Cog, name="split-mine"):
    """Every press is about the part of whoever presses."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._own = bot.services.own_readings
        self._answers_of = bot.services.round_answers
        bot.controls.on("split-mine", self.press_mine)
        bot.controls.on("split-page", self.press_page)
        bot.controls.on("split-accept", self.press_accept)
        bot.controls.on("split-swap", self.press_swap)
        bot.controls.on("split-take", self.press_take)
        bot.controls.on("split-back", self.press_back)

    async def press_mine(self, press: Press) -> None:
        """*My reading*."""
        await self._tell(press.interaction, actor_anywhere(press), press.number(0))

    async def show(self, interaction: discord.Interaction) -> None:
        """One's own part, as a command's answer."""
        await self._tell(interaction, actor(interaction), None)

    async def _tell(self, interaction: discord.Interaction, who: Actor, number: int | None) -> None:
        """What is theirs; before anything is, what they have answered."""
        try:
            own = await in_time(interaction, self._own.mine(who, number), private=True)
        except NotInRound:
            await self._tell_answer(interaction, who, number)
            return
        await self._own.seen(who)
        await reply(interaction, view=self._layout(who, own, 0), private=True)

    async def _tell_answer(
        self, interaction: discord.Interaction, who: Actor, number: int | None
    ) -> None:
        words, shown = self._words, await self._answers_of.form(who, number)
        of = shown.round
        if interaction.guild_id is None:  # the form belongs to the server
            await reply(interaction, content=waiting_text(shown, words))
            return
        label = words.text("I'm in") if shown.answer is None else words.text("Change")
        items = [button(label, "split-join", of.id)]
        if shown.answer is not None:
            items.append(button(words.text("Not this time"), "split-leave", of.id))
        text = waiting_text(shown, words)
        await reply(interaction, content=text, view=controls_view(items), private=True)

    async def press_page(self, press: Press) -> None:
        """Another page of one's papers."""
        who = actor_anywhere(press)
        own = await in_time(press.interaction, self._own.mine(who, press.number(0)), private=True)
        await turn_layout(press.interaction, self._layout(who, own, press.number(1)), [])

    async def press_accept(self, press: Press) -> None:
        """*Accept*."""
        who = actor_anywhere(press)
        work = self._own.accept(who, press.number(0))
        own = await in_time(press.interaction, work, private=True)
        await turn_layout(press.interaction, self._layout(who, own, 0), [])

    async def press_swap(self, press: Press) -> None:
        """*Swap*: the free seats that cost the group nothing."""
        who, words = actor_anywhere(press), self._words
        work = self._own.swaps(who, press.number(0), press.argument(1))
        facts, options = await in_time(press.interaction, work, private=True)
        paper = facts.items[press.argument(1)].paper
        if not options:
            text = words.text(
                "Nothing can take the place of {paper} without the group knowing or meeting less. "
                "*Too much* gives it back all the same.",
                paper=f"**{title_text(paper)}**",
            )
            await reply(press.interaction, content=text, private=True)
            return
        shown = []
        for one in options[:_OPTIONS]:
            item = facts.items[one.paper_id]
            hours = words.text("{hours} h", hours=number_text(round(one.minutes / 60, 1)))
            readers = words.plural(
                "{n} reader with this round", "{n} readers with this round", one.readers
            )
            name = item_name(facts.round, item.theory, item.paper)
            shown.append(
                discord.SelectOption(
                    label=fit(name, _LABEL),
                    value=one.paper_id,
                    description=fit(f"{hours} · {readers}", _LABEL),
                )
            )
        chooser = menu(
            words.text("Read instead…"), shown, "split-take", facts.round.id, paper.id, who.guild_id
        )
        text = words.text(
            "Free seats that may take the place of {paper}; none costs the group a theory.",
            paper=f"**{title_text(paper)}**",
        )
        view = controls_view([chooser])
        await reply(press.interaction, content=text, view=view, private=True)

    async def press_take(self, press: Press) -> None:
        """The free seat that was chosen."""
        if not press.values:
            raise StaleControl
        who = actor_anywhere(press)
        work = self._own.swap(who, press.number(0), press.argument(1), press.values[0])
        own = await in_time(press.interaction, work, private=True)
        await reply(press.interaction, view=self._layout(who, own, 0), private=True)

    async def press_back(self, press: Press) -> None:
        """*Too much*."""
        who, words = actor_anywhere(press), self._words
        work = self._own.give_back(who, press.number(0), press.argument(1))
        await in_time(press.interaction, work, private=True)
        text = words.text(
            "It is back in the pool, and no other comes in its place this round. What you logged "
            "is kept."
        )
        try:
            own = await self._own.mine(who, press.number(0))
        except NotInRound:
            await reply(press.interaction, content=text, private=True)
            return
        await turn_layout(press.interaction, self._layout(who, own, 0, text), [])

    def _layout(
        self, who: Actor, own: OwnReading, page: int, note: str = ""
    ) -> discord.ui.LayoutView:
        words, number, guild_id = self._words, own.round.id, who.guild_id
        pages = max(1, -(-len(own.papers) // _A_PAGE))
        page = min(page, pages - 1)
        shown = own.papers[page * _A_PAGE : (page + 1) * _A_PAGE]
        blocks = [
            (own_paper_text(one, own, words), self._answers(one, number, guild_id)) for one in shown
        ]
        last: list[Control] = []
        if any(one.state is PairState.PROPOSED for one in own.papers):
            last.append(
                button(
                    words.text("Accept all"), "split-accept", number, guild_id,
                    style=discord.ButtonStyle.success,
                )
            )  # fmt: skip
        if pages > 1:
            to = (page + 1) % pages
            last.append(button(words.text("More papers"), "split-page", number, to, guild_id))
        texts = [*([note] if note else []), *own_texts(own, words)]
        return layout(own_title(words), texts, [last], blocks=blocks, colour=COLOUR)

    def _answers(self, one: OwnPaper, number: int, guild_id: int) -> list[Control]:
        if one.state not in _OPEN:
            return []
        words, paper_id = self._words, one.paper.id
        back = button(words.text("Too much"), "split-back", number, paper_id, guild_id)
        if not one.swappable:
            return [back]
        return [button(words.text("Swap"), "split-swap", number, paper_id, guild_id), back]
