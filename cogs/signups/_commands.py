"""The two commands, and the presses of members on their own sign-ups."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import NotFound, StaleControl
from bot.domain.members import Actor, DmConsent, SettingsChange
from bot.domain.signups import (
    CheckInAnswer,
    OpenLimitReached,
    PaperFull,
    SignedUp,
    SignedUpAlready,
)
from bot.render.paper_choices import paper_choices
from bot.render.papers import title_text
from bot.render.refusals import refusal
from bot.render.signups import (
    answered_text,
    dm_text,
    given_back_text,
    not_signed_up_text,
    own_signups_text,
    signed_up_text,
    waiting_text,
)
from bot.render.words import N_
from bot.ui.controls import Press
from bot.ui.place import actor, actor_anywhere, home_guild_id
from bot.ui.reply import in_time, reply
from cogs.signups._views import already_view, full_view, limit_view, signed_up_view, waiting_view

E = TypeVar("E", CheckInAnswer, DmConsent)


class SignupCog(commands.Cog, name="signups"):
    """Who reads what: taken with one tap, given back with one."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._words = bot.words
        self._signups = bot.services.signups
        self._papers = bot.services.papers
        bot.controls.on("sign-up", self.press_sign_up)
        bot.controls.on("wait", self.press_wait)
        bot.controls.on("withdraw", self.press_withdraw)
        bot.controls.on("offer-take", self.press_take)
        bot.controls.on("offer-leave", self.press_leave)
        bot.controls.on("check-in", self.press_check_in)
        bot.controls.on("dm", self.press_dm)

    @app_commands.command(name="signup", description=N_("Sign up to read a paper"))
    @app_commands.describe(paper=N_("A title, an author, a theory; the most needed come first"))
    @app_commands.guild_only()
    async def signup(self, interaction: discord.Interaction, paper: str) -> None:
        """``/signup paper``."""
        _, meant = await self._papers.find(home_guild_id(interaction), paper)
        await self._sign_up(interaction, actor(interaction), meant.id)

    @app_commands.command(name="withdraw", description=N_("Give a paper back, or stop waiting"))
    @app_commands.describe(paper=N_("One of those you are signed up for"))
    @app_commands.guild_only()
    async def withdraw(self, interaction: discord.Interaction, paper: str) -> None:
        """``/withdraw paper``."""
        _, meant = await self._papers.find(home_guild_id(interaction), paper)
        who = actor(interaction)
        try:
            await self._withdraw(interaction, who, meant.id)
        except NotFound:
            own = await self._signups.own(who)
        else:
            return
        catalogue = await self._bot.services.catalogues.of(who.guild_id)
        await self._say(interaction, not_signed_up_text(meant, own, catalogue, self._words))

    @signup.autocomplete("paper")
    async def complete_signup(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The most needed with a free seat first."""
        guild_id = home_guild_id(interaction)
        first = () if guild_id is None or typed else await self._signups.most_needed(guild_id)
        return paper_choices(await self._papers.suggestions(guild_id, typed, first))

    @withdraw.autocomplete("paper")
    async def complete_withdraw(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The member's own sign-ups."""
        guild_id = home_guild_id(interaction)
        if guild_id is None:
            return []
        own = [found.paper_id for found in await self._signups.own(actor(interaction))]
        wanted = typed.casefold()
        listed = [await self._papers.get(guild_id, paper_id) for paper_id in own]
        return paper_choices([pair for pair in listed if wanted in pair[1].title.casefold()])

    async def press_sign_up(self, press: Press) -> None:
        """*Sign up*, on a card, a board, a suggestion or a notice."""
        if press.values:
            await self._sign_up(press.interaction, actor(press.interaction), press.values[0])
        else:
            await self._sign_up(press.interaction, actor_anywhere(press), press.argument(0))

    async def press_wait(self, press: Press) -> None:
        """*Wait for a seat*."""
        who = actor(press.interaction)
        _, paper = await self._papers.get(who.guild_id, press.argument(0))
        work = self._signups.wait(who, paper.id)
        waiting = await in_time(press.interaction, work, private=True)
        text = waiting_text(paper, waiting, self._words)
        view = waiting_view(waiting, paper.id, self._words)
        await reply(press.interaction, content=text, view=view, private=True)

    async def press_withdraw(self, press: Press) -> None:
        """*Give back*."""
        await self._withdraw(press.interaction, actor_anywhere(press), press.argument(0))

    async def press_take(self, press: Press) -> None:
        """*Take it*, under an offer."""
        who = actor_anywhere(press)
        await self._take(press.interaction, who, self._signups.take_offer(who, press.number(0)))

    async def press_leave(self, press: Press) -> None:
        """*No, thanks*, under an offer."""
        work = self._signups.leave_offer(actor_anywhere(press), press.number(0))
        found = await in_time(press.interaction, work, private=True)
        _, paper = await self._papers.get(found.guild_id, found.paper_id)
        await self._say(press.interaction, given_back_text(found, paper, self._words))

    async def press_check_in(self, press: Press) -> None:
        """One of the four answers to how it goes."""
        answer = _one_of(CheckInAnswer, press.argument(1))
        work = self._signups.answer(actor_anywhere(press), press.number(0), answer)
        found = await in_time(press.interaction, work, private=True)
        _, paper = await self._papers.get(found.guild_id, found.paper_id)
        await self._say(press.interaction, answered_text(answer, found, paper, self._words))

    async def press_dm(self, press: Press) -> None:
        """The answer to whether the bot may write, or *Mute this*."""
        consent = _one_of(DmConsent, press.argument(0))
        if consent is DmConsent.UNASKED:
            raise StaleControl
        change = SettingsChange(dm=consent)
        work = self._bot.services.members.change(actor_anywhere(press), change)
        await in_time(press.interaction, work, private=True)
        await self._say(press.interaction, dm_text(consent is DmConsent.YES, self._words))

    async def _sign_up(self, interaction: discord.Interaction, who: Actor, paper_id: str) -> None:
        await self._take(interaction, who, self._signups.sign_up(who, paper_id))

    async def _take(
        self, interaction: discord.Interaction, who: Actor, work: Coroutine[Any, Any, SignedUp]
    ) -> None:
        words, catalogue = self._words, await self._bot.services.catalogues.of(who.guild_id)
        try:
            done = await in_time(interaction, work, private=True)
        except PaperFull as full:
            others = await self._signups.alternatives(who)
            papers = [(await self._papers.get(who.guild_id, other))[1] for other in others]
            text = f"{await self._title(who, full.paper_id)}: {refusal(full, words)}"
            view = full_view(full.paper_id, papers, words)
        except OpenLimitReached as reached:
            own = own_signups_text(reached.open_signups, catalogue, words)
            listed = [
                (s, (await self._papers.get(who.guild_id, s.paper_id))[1])
                for s in reached.open_signups
            ]
            text = f"{refusal(reached, words)}\n{own}"
            view = limit_view(listed, reached.paper_id, words)
        except SignedUpAlready as already:
            text = f"{await self._title(who, already.paper_id)}: {refusal(already, words)}"
            view = already_view(already.signup, words)
        else:
            _, paper = await self._papers.get(who.guild_id, done.signup.paper_id)
            text = signed_up_text(done, paper, words)
            view = signed_up_view(done, interaction.permissions.manage_guild, words)
        # In a direct message there is no server for the buttons to be about.
        shown = view if interaction.guild_id is not None else None
        await reply(interaction, content=text, view=shown, private=True)

    async def _withdraw(self, interaction: discord.Interaction, who: Actor, paper_id: str) -> None:
        _, paper = await self._papers.get(who.guild_id, paper_id)
        found = await in_time(interaction, self._signups.withdraw(who, paper.id), private=True)
        await self._say(interaction, given_back_text(found, paper, self._words))

    async def _title(self, who: Actor, paper_id: str) -> str:
        _, paper = await self._papers.get(who.guild_id, paper_id)
        return f"**{title_text(paper)}**"

    async def _say(self, interaction: discord.Interaction, text: str) -> None:
        await reply(interaction, content=text, private=True)


def _one_of(choices: type[E], value: str) -> E:
    try:
        return choices(value)
    except ValueError:
        raise StaleControl from None
