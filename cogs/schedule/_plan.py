"""``/schedule plan``: papers laid over the sessions to come, shown before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.clubs import Club
from bot.domain.errors import PaperUnknown
from bot.domain.presets import habits_of
from bot.render.club_choices import club_choices
from bot.render.paper_choices import paper_choices
from bot.render.plan import proposal_text, saved_text
from bot.render.theory_card import COLOUR
from bot.render.words import N_
from bot.services.club_plans import LaidPlan
from bot.ui.controls import Control, Press, button
from bot.ui.layouts import layout
from bot.ui.place import actor, home_guild_id
from bot.ui.reply import in_time, reply, revise_layout

_SAVE, _AGAIN = "plan-save", "plan-again"


class PlanCog(commands.Cog, name="schedule-plan"):
    """The table, and *Save* under it."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._plans = bot.services.club_plans
        self._catalogues = bot.services.catalogues
        bot.controls.on(_SAVE, self.press_save)
        bot.controls.on(_AGAIN, self.press_again)

    async def propose(
        self, interaction: discord.Interaction, club: Club, paper_ids: Sequence[str], hours: float
    ) -> None:
        """The plan as it would be laid; without papers, what is left of the one there is."""
        who = actor(interaction)
        if paper_ids:
            work = self._plans.preview(who, club.id, paper_ids, hours)
            key = f"{club.id}:{round(hours * 60)}:{','.join(paper_ids)}"
            save = self._button(_SAVE, key)
        else:
            work = self._plans.preview_again(who, club.id)
            save = self._button(_AGAIN, str(club.id))
        laid = await in_time(interaction, work, private=True)
        await reply(interaction, view=await self._table(laid, [save]), private=True)

    async def press_save(self, press: Press) -> None:
        """*Save*: what was shown, laid over the sessions that are to come now."""
        who, club_id, minutes = actor(press.interaction), press.number(0), press.number(1)
        paper_ids = press.argument(2).split(",")
        work = self._plans.lay(who, club_id, paper_ids, minutes / 60)
        await self._save(press, await in_time(press.interaction, work, private=True))

    async def press_again(self, press: Press) -> None:
        """*Save* under a plan laid anew."""
        work = self._plans.lay_again(actor(press.interaction), press.number(0))
        await self._save(press, await in_time(press.interaction, work, private=True))

    def _button(self, action: str, key: str) -> Control:
        label = self._words.text("Save")
        return button(label, action, key, style=discord.ButtonStyle.success)

    async def _save(self, press: Press, laid: LaidPlan) -> None:
        title = self._words.text("The plan")
        text = saved_text(laid.plan, self._words)
        await revise_layout(press.interaction, layout(title, [text], [], colour=COLOUR))

    async def _table(self, laid: LaidPlan, row: list[Control]) -> discord.ui.LayoutView:
        days = [sitting.session for sitting in laid.plan.sittings]
        starts = {day: laid.club.session_on(day).starts for day in days}
        catalogue = await self._catalogues.of(laid.club.guild_id)
        text = proposal_text(laid.plan, laid.shifts, starts, catalogue, self._words)
        return layout(self._words.text("The plan"), [text], [row], colour=COLOUR)


class PlanCommand(commands.Cog):
    """The command itself, for the group of ``/schedule`` to take up."""

    @app_commands.command(
        name="plan",
        description=N_("Organisers: lay papers over the coming sessions, or what is left of them"),
    )
    @app_commands.describe(
        club=N_("Which club"),
        paper=N_("What to read, section by section; without it, the plan there is, from today"),
        then=N_("What to read after it"),
        hours=N_("Hours a week for reading; without it, 2, or 3 for a journal club"),
    )
    async def plan(
        self,
        interaction: discord.Interaction,
        club: str,
        paper: str | None = None,
        then: str | None = None,
        hours: app_commands.Range[float, 0.5, 60.0] | None = None,
    ) -> None:
        """``/schedule plan club [paper] [then] [hours]``."""
        bot = _bot(interaction)
        if then is not None and paper is None:
            raise PaperUnknown
        guild_id, find = actor(interaction).guild_id, bot.services.papers.find
        meant = await bot.services.clubs.find(guild_id, club)
        wanted = [one for one in (paper, then) if one is not None]
        papers = [(await find(guild_id, one))[1].id for one in wanted]
        door = bot.get_cog("schedule-plan")
        assert isinstance(door, PlanCog)
        await door.propose(interaction, meant, papers, hours or habits_of(meant.preset).hours)

    @plan.autocomplete("club")
    async def complete_plan_club(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Clubs by name."""
        guild_id = home_guild_id(interaction)
        if guild_id is None:
            return []
        return club_choices(await _bot(interaction).services.clubs.clubs(guild_id), typed)

    @plan.autocomplete("paper")
    @plan.autocomplete("then")
    async def complete_plan_paper(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Papers."""
        papers = _bot(interaction).services.papers
        return paper_choices(await papers.suggestions(home_guild_id(interaction), typed))


def _bot(interaction: discord.Interaction) -> ClubBot:
    bot = interaction.client
    assert isinstance(bot, ClubBot)
    return bot
