"""Works of the catalogue as a file, and files of works for the catalogue."""

from __future__ import annotations

import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.exports import ExportFormat, ExportScope, Selection, topics_in_use
from bot.render.curating import entry_choices
from bot.render.exporting import export_choices, export_meant, export_said, export_title
from bot.render.suggestions import theory_choices, topic_titles
from bot.render.words import N_
from bot.ui.opening import again_button, open_form
from bot.ui.place import actor, home_guild_id
from bot.ui.reply import acknowledge, reply
from cogs.catalogue._entries import EntriesCog
from cogs.catalogue._forms import paper_form, role_of, theory_form
from cogs.catalogue._importing import ImportDoor


@app_commands.guild_only()
class CatalogueCog(
    commands.GroupCog, name="catalogue", description=N_("The list of theories and works itself")
):
    """What the catalogue holds, taken elsewhere, and what comes from elsewhere."""

    def __init__(self, bot: ClubBot, entries: EntriesCog) -> None:
        self._entries = entries
        self._curating = bot.services.curating
        self._words = bot.words
        self._lookup = bot.services.lookup
        self._exporting = bot.services.exporting
        self._catalogues = bot.services.catalogues
        self._titles = topic_titles(self._catalogues.shipped.vocabulary)
        self._import = ImportDoor(bot)

    @app_commands.command(
        name="add-theory",
        description=N_("Add a theory to this server's catalogue; members propose it"),
    )
    async def add_theory(self, interaction: discord.Interaction) -> None:
        """``/catalogue add-theory``."""
        actor(interaction)
        topics = self._catalogues.shipped.vocabulary.topics
        again = again_button(self._words, "theory-propose")
        await open_form(interaction, theory_form(topics, self._words), self._words, again)

    @app_commands.command(
        name="add-paper",
        description=N_("Add a paper to a theory of this server's catalogue; members propose it"),
    )
    @app_commands.describe(
        theory=N_("The theory it belongs to"),
        link=N_("Its arXiv number, DOI, OpenReview page or address"),
        role=N_("What it is to the theory; without it, a main work"),
    )
    @app_commands.choices(
        role=[
            app_commands.Choice(
                name=N_("Main work: reading it counts for the theory"), value="primary"
            ),
            app_commands.Choice(name=N_("Later work"), value="followup"),
            app_commands.Choice(name=N_("Background"), value="background"),
            app_commands.Choice(name=N_("Talk, tutorial or code"), value="secondary"),
        ]
    )
    async def add_paper(
        self,
        interaction: discord.Interaction,
        theory: str,
        link: app_commands.Range[str, 1, 500] = "",
        role: str = "",
    ) -> None:
        """``/catalogue add-paper theory [link] [role]``."""
        found = await self._lookup.offered(theory, actor(interaction).guild_id)
        made = paper_form(link, found.slug, role_of(role), self._words)
        await open_form(interaction, made, self._words)

    @app_commands.command(
        name="edit", description=N_("Organisers: change a theory or paper of this server")
    )
    @app_commands.describe(entry=N_("One of this server's own"))
    async def edit(self, interaction: discord.Interaction, entry: str) -> None:
        """``/catalogue edit entry``."""
        ref = await self._curating.find(actor(interaction).guild_id, entry)
        await self._entries.edit(interaction, ref)

    @app_commands.command(
        name="retire",
        description=N_("Organisers: offer a theory or paper of this server no more, or again"),
    )
    @app_commands.describe(entry=N_("One of this server's own"))
    async def retire(self, interaction: discord.Interaction, entry: str) -> None:
        """``/catalogue retire entry``."""
        ref = await self._curating.find(actor(interaction).guild_id, entry)
        await self._entries.retire(interaction, ref)

    @app_commands.command(
        name="history",
        description=N_("Organisers: who changed a theory or paper of this server, and how"),
    )
    @app_commands.describe(entry=N_("One of this server's own"))
    async def history(self, interaction: discord.Interaction, entry: str) -> None:
        """``/catalogue history entry``."""
        ref = await self._curating.find(actor(interaction).guild_id, entry)
        await self._entries.history(interaction, ref)

    @app_commands.command(
        name="import",
        description=N_("Organisers: works from a file, looked at before anything is changed"),
    )
    @app_commands.describe(
        file=N_("BibTeX (.bib), CSL-JSON (.json) or a table (.csv), at most 1 MiB"),
        theory=N_("Where works go that name no theory; it can be chosen afterwards too"),
    )
    async def import_works(
        self,
        interaction: discord.Interaction,
        file: discord.Attachment,
        theory: str | None = None,
    ) -> None:
        """``/catalogue import file [theory]``."""
        await self._import.open(interaction, file, theory)

    @edit.autocomplete("entry")
    @retire.autocomplete("entry")
    @history.autocomplete("entry")
    async def complete_entry(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The server's own entries."""
        guild_id = home_guild_id(interaction)
        if guild_id is None:
            return []
        return entry_choices(await self._curating.suggestions(guild_id, typed), self._words)

    @add_paper.autocomplete("theory")
    @import_works.autocomplete("theory")
    async def complete_theory(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """As ``/theory`` completes it."""
        found = await self._lookup.suggestions(typed, home_guild_id(interaction))
        return theory_choices(found, self._words)

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
