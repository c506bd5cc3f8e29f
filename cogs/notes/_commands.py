"""``/note`` and the entry in the menu of messages; the forms that add a note."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.catalogue import Theory
from bot.domain.errors import StaleControl
from bot.domain.notes import Source, search_words
from bot.domain.papers import Paper
from bot.render.found_notes import found_notes
from bot.render.own_notes import added_text, own_notes_page
from bot.render.paper_choices import paper_choices
from bot.render.suggestions import theory_choices
from bot.render.words import N_
from bot.ui.controls import Press, controls_view
from bot.ui.forms import Submission
from bot.ui.note_sharing import sharing_controls
from bot.ui.opening import again_button, open_form
from bot.ui.place import actor, home_guild_id
from bot.ui.reply import in_time, reply, turn
from cogs.notes._forms import add_form, chosen_kind, save_form, snowflake
from cogs.notes._views import found_view, own_notes_view, turns

_HERE = app_commands.AppCommandContext(guild=True)
_INSTALLED = app_commands.AppInstallationType(guild=True)


class NotesCog(commands.Cog, name="notes"):
    """Writing, saving, finding."""

    note = app_commands.Group(
        name="note",
        description=N_("Notes on what you read"),
        allowed_contexts=_HERE,
        allowed_installs=_INSTALLED,
    )

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._words = bot.words
        self._notes = bot.services.notes
        self._papers = bot.services.papers
        self._catalogues = bot.services.catalogues
        bot.controls.on("note-find", self.press_find)
        bot.controls.on("note-add", self.press_add)
        bot.forms.on("note-add", self.submit_add)
        bot.forms.on("note-save", self.submit_save)
        # A command in the menu of messages cannot be declared in a class.
        self._save = app_commands.ContextMenu(
            name="Save as note",
            callback=self.save_as_note,
            allowed_contexts=_HERE,
            allowed_installs=_INSTALLED,
        )
        bot.tree.add_command(self._save)

    async def cog_unload(self) -> None:
        """Called by discord.py."""
        self._bot.tree.remove_command(self._save.name, type=self._save.type)

    @note.command(name="add", description=N_("Write a note on a paper"))
    @app_commands.describe(paper=N_("Its title, an author, an arXiv number or its theory"))
    async def add(self, interaction: discord.Interaction, paper: str) -> None:
        """``/note add paper``."""
        _, found = await self._papers.find(actor(interaction).guild_id, paper)
        await self._open(interaction, found)

    @add.autocomplete("paper")
    async def complete_paper(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """What the member reads comes first."""
        return paper_choices(await self._likely(interaction, typed))

    @note.command(name="mine", description=N_("Your own notes: read, change, share, delete"))
    async def mine(self, interaction: discord.Interaction) -> None:
        """``/note mine``."""
        who = actor(interaction)
        page = await in_time(interaction, self._notes.mine(who, 0), private=True)
        catalogue = await self._catalogues.of(who.guild_id)
        embed = own_notes_page(page, catalogue, who.guild_id, self._words)
        await reply(interaction, embed=embed, view=own_notes_view(page, self._words), private=True)

    @note.command(name="find", description=N_("Search your notes and those shared here"))
    @app_commands.describe(
        words=N_("Words that all stand in the note; the last one may be cut short"),
        theory=N_("Only notes on works of this theory"),
    )
    async def find(
        self, interaction: discord.Interaction, words: str, theory: str | None = None
    ) -> None:
        """``/note find words [theory]``."""
        who, lookup = actor(interaction), self._bot.services.lookup
        named = None if theory is None else await lookup.named(theory, who.guild_id)
        work = self._found(interaction, words, named, 0)
        embed, view = await in_time(interaction, work, private=True)
        await reply(interaction, embed=embed, view=view, private=True)

    @find.autocomplete("theory")
    async def complete_theory(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """As ``/theory`` completes it."""
        found = await self._bot.services.lookup.suggestions(typed, home_guild_id(interaction))
        return theory_choices(found, self._words)

    async def save_as_note(
        self, interaction: discord.Interaction, message: discord.Message
    ) -> None:
        """*Save as note* in the menu of a message."""
        actor(interaction)
        papers = await self._likely(interaction, "")
        await open_form(interaction, save_form(message, papers, self._words), self._words)

    async def press_add(self, press: Press) -> None:
        """``/note add`` once more, where the form could not be opened in time."""
        who = actor(press.interaction)
        _, found = await self._papers.get(who.guild_id, press.argument(0))
        await self._open(press.interaction, found)

    async def _open(self, interaction: discord.Interaction, paper: Paper) -> None:
        again = again_button(self._words, "note-add", paper.id)
        await open_form(interaction, add_form(paper, self._words), self._words, again)

    async def press_find(self, press: Press) -> None:
        """Another page of what was found."""
        slug, page = press.argument(0), press.number(1)
        catalogue = await self._catalogues.of(actor(press.interaction).guild_id)
        theory = catalogue.get(slug) if slug else None
        if slug and theory is None:
            raise StaleControl
        work = self._found(press.interaction, press.argument(2), theory, page)
        embed, view = await in_time(press.interaction, work)
        await turn(press.interaction, embed=embed, view=view)

    async def submit_add(self, submission: Submission) -> None:
        """The form of ``/note add``."""
        await self._add(submission, submission.argument(0), None)

    async def submit_save(self, submission: Submission) -> None:
        """The form of *Save as note*. The message stands in the channel the form was opened in."""
        channel_id = submission.interaction.channel_id
        message_id, author_id = (snowflake(submission.argument(n)) for n in (0, 1))
        if channel_id is None:
            raise StaleControl
        source = Source(channel_id, message_id, author_id)
        await self._add(submission, submission.text("paper"), source)

    async def _add(self, submission: Submission, paper_id: str, source: Source | None) -> None:
        interaction, who = submission.interaction, actor(submission.interaction)
        _, paper = await self._papers.get(who.guild_id, paper_id)
        kind, text = chosen_kind(submission), submission.text("text")
        work = self._notes.add(who, paper.id, kind, text, interaction.id, source)
        added = await in_time(interaction, work, private=True)
        view = controls_view(sharing_controls([added.note_id], added.sharing, self._words))
        said = added_text(paper, added.sharing, self._words)
        await reply(interaction, content=said, view=view, private=True)

    async def _likely(
        self, interaction: discord.Interaction, typed: str
    ) -> tuple[tuple[Theory, Paper], ...]:
        guild_id = home_guild_id(interaction)
        if guild_id is None:
            return await self._papers.suggestions(None, typed)
        first = await self._notes.likely_papers(guild_id, interaction.user.id)
        return await self._papers.suggestions(guild_id, typed, first)

    async def _found(
        self, interaction: discord.Interaction, typed: str, theory: Theory | None, page: int
    ) -> tuple[discord.Embed, discord.ui.View]:
        who = actor(interaction)
        found = await self._bot.services.shared_notes.find(who, search_words(typed), theory, page)
        can_turn = turns(found, theory)
        catalogue = await self._catalogues.of(who.guild_id)
        embed = found_notes(found, catalogue, theory, who.user_id, self._words, can_turn=can_turn)
        return embed, found_view(found, theory, self._words)
