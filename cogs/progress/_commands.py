"""``/progress`` and the form of ``/progress log``."""

from __future__ import annotations

import contextlib
from collections.abc import Coroutine
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.logbook import LogEntry, LogForm
from bot.render.group_progress import group_overview
from bot.render.paper_choices import paper_choices
from bot.render.profile import profile_embed
from bot.render.progress import kept_text, logged, own_overview
from bot.render.words import N_
from bot.ui.controls import Press
from bot.ui.forms import Submission
from bot.ui.opening import again_button, open_form
from bot.ui.place import actor, home_guild_id
from bot.ui.reply import in_time, reply
from cogs.progress._form import ACTION, entry_of, log_form
from cogs.progress._views import board_view, logged_view, overview_view


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class ProgressCog(
    commands.GroupCog,
    name="progress",
    description=N_("Log what you read, and see how far you and the group are"),
):
    """Logging progress and looking at it."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._words = bot.words
        self._papers = bot.services.papers
        self._logbook = bot.services.logbook
        self._progress = bot.services.progress
        bot.controls.on("log", self.press_log)
        bot.controls.on("log-theory", self.press_log_theory)
        bot.forms.on(ACTION, self.submit)

    @app_commands.command(name="log", description=N_("Log how far you are with a paper"))
    @app_commands.describe(paper=N_("A title, an author, an arXiv number or its theory"))
    async def log(self, interaction: discord.Interaction, paper: str) -> None:
        """``/progress log paper``."""
        who = actor(interaction)
        _, found = await self._papers.find(who.guild_id, paper)
        work = self._logbook.form(who, found.id)
        await self._open(interaction, work, "log", found.id)

    @log.autocomplete("paper")
    async def complete_paper(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Own open sign-ups first, then what one reads, then the catalogue."""
        guild_id = home_guild_id(interaction)
        first: tuple[str, ...] = ()
        if guild_id is not None:
            first = await self._progress.likely_papers(guild_id, interaction.user.id)
        return paper_choices(await self._papers.suggestions(guild_id, typed, first))

    @app_commands.command(name="me", description=N_("What you read, and what to do next"))
    async def me(self, interaction: discord.Interaction) -> None:
        """``/progress me``."""
        work = self._progress.own(actor(interaction), 0)
        overview = await in_time(interaction, work, private=True)
        embed, view = own_overview(overview, self._words), overview_view(overview, self._words)
        await reply(interaction, embed=embed, view=view, private=True)

    @app_commands.command(name="group", description=N_("How far the whole group is"))
    async def group(self, interaction: discord.Interaction) -> None:
        """``/progress group``."""
        group = await in_time(interaction, self._progress.group(actor(interaction).guild_id))
        embed = group_overview(group, self._words)
        await reply(interaction, embed=embed, view=board_view(self._words))

    @app_commands.command(name="member", description=N_("What a member shows of their reading"))
    @app_commands.describe(member=N_("Whose reading"))
    async def member(self, interaction: discord.Interaction, member: discord.User) -> None:
        """``/progress member member``."""
        work = self._progress.profile(actor(interaction), member.id)
        profile = await in_time(interaction, work, private=True)
        await reply(interaction, embed=profile_embed(profile, self._words), private=True)

    async def press_log(self, press: Press) -> None:
        """A button about a paper, or a menu of papers: its form."""
        paper_id = press.values[0] if press.values else press.argument(0)
        work = self._logbook.form(actor(press.interaction), paper_id)
        await self._open(press.interaction, work, "log", paper_id)

    async def press_log_theory(self, press: Press) -> None:
        """A button about a theory: the form of the paper the member most likely means."""
        slug = press.argument(0)
        work = self._logbook.form_of_theory(actor(press.interaction), slug)
        await self._open(press.interaction, work, "log-theory", slug)

    async def submit(self, submission: Submission) -> None:
        """The form came back. What was typed is handed back when it cannot be stored."""
        interaction, entry = submission.interaction, entry_of(submission)
        work = self._logbook.log(actor(interaction), submission.argument(0), entry, interaction.id)
        try:
            result = await in_time(interaction, work, private=True)
        except Exception:
            await self._hand_back(interaction, entry)
            raise
        embed, view = logged(result, self._words), logged_view(result, self._words)
        await reply(interaction, embed=embed, view=view, private=True)

    async def _open(
        self,
        interaction: discord.Interaction,
        work: Coroutine[Any, Any, LogForm],
        action: str,
        subject: str,
    ) -> None:
        made = log_form(await work, self._words)
        again = again_button(self._words, action, subject)
        await open_form(interaction, made, self._words, again)

    async def _hand_back(self, interaction: discord.Interaction, entry: LogEntry) -> None:
        """Shows each text to its writer; if even that fails, the first error is the one told."""
        with contextlib.suppress(discord.HTTPException):
            for take in entry.takes:
                if take.text.strip():
                    embed = kept_text(take.kind, take.text, self._words)
                    await reply(interaction, embed=embed, private=True)
