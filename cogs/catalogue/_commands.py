"""Works of the catalogue as a file."""

from __future__ import annotations

import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.exports import ExportFormat, ExportScope, Selection, topics_in_use
from bot.render.exporting import export_choices, export_meant, export_said, export_title
from bot.render.suggestions import topic_titles
from bot.render.words import N_
from bot.ui.place import actor, home_guild_id
from bot.ui.reply import acknowledge, reply


@app_commands.guild_only()
class CatalogueCog(
    commands.GroupCog, name="catalogue", description=N_("The list of theories and works itself")
):
    """What the catalogue holds, taken elsewhere."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._lookup = bot.services.lookup
        self._exporting = bot.services.exporting
        self._catalogues = bot.services.catalogues
        self._titles = topic_titles(self._catalogues.shipped.vocabulary)

    @app_commands.command(
        name="export", description=N_("Works as a file for LaTeX, Zotero or a spreadsheet")
    )
    @app_commands.describe(
        what=N_("A theory, a topic, or what you read here; without it the whole catalogue"),
        format=N_("What the file is for; without it, BibTeX"),
    )
    @app_commands.choices(
        format=[
            app_commands.Choice(name=N_("BibTeX (LaTeX, Zotero, JabRef)"), value="bib"),
            app_commands.Choice(name=N_("CSL-JSON (Zotero, Pandoc)"), value="json"),
            app_commands.Choice(name=N_("CSV (spreadsheets)"), value="csv"),
            app_commands.Choice(name=N_("Markdown (to read)"), value="md"),
        ]
    )
    async def export(
        self,
        interaction: discord.Interaction,
        what: str | None = None,
        format: str = ExportFormat.BIBTEX.value,  # noqa: A002 - the option's name
    ) -> None:
        """``/catalogue export [what] [format]``."""
        who, written = actor(interaction), _format(format)
        catalogue = await self._catalogues.of(who.guild_id)
        topics = topics_in_use(catalogue, self._titles)
        chosen = export_meant(what, catalogue, topics, self._words)
        if chosen is None:
            theory = await self._lookup.named(what or "", who.guild_id)
            chosen = Selection(ExportScope.THEORY, theory.slug)
        # A file takes longer to make and to send than Discord waits.
        await acknowledge(interaction, private=True)
        title = export_title(chosen, catalogue, topics, self._words)
        made = await self._exporting.file(who, chosen, written, title)
        text = export_said(made.works, chosen, title, written, self._words)
        file = discord.File(io.BytesIO(made.file.content), made.file.name)
        await reply(interaction, content=text, files=[file], private=True)

    @export.autocomplete("what")
    async def complete_what(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The whole, one's own, theories, topics."""
        guild_id = home_guild_id(interaction)
        found = await self._lookup.suggestions(typed, guild_id)
        topics = topics_in_use(await self._catalogues.of(guild_id), self._titles)
        return export_choices(found, topics, typed, self._words)


def _format(value: str) -> ExportFormat:
    try:
        return ExportFormat(value)
    except ValueError:
        raise StaleControl from None
