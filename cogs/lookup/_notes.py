"""The page of a theory's card that holds the group's notes."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.catalogue import Theory
from bot.domain.errors import StaleControl
from bot.domain.lookup import CardPage
from bot.domain.notes import NOTES_A_PAGE, NotesPage
from bot.render.markdown import fit
from bot.render.notes import note_label, theory_notes_page
from bot.render.words import Words
from bot.ui.controls import Control, Press, button, menu
from bot.ui.place import actor, home_guild_id
from bot.ui.reply import in_time, turn, turns_privately
from cogs.lookup._views import card_view


class TheoryNotesCog(commands.Cog, name="theory notes"):
    """Turning the pages of notes, and blind mode."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._lookup = bot.services.lookup
        self._catalogues = bot.services.catalogues
        self._shared = bot.services.shared_notes
        bot.controls.on("notes", self.press_notes)
        bot.controls.on("notes-blind", self.press_blind)

    async def press_notes(self, press: Press) -> None:
        """A page of a theory's notes."""
        await self.show(press.interaction, press.argument(0), press.number(1))

    async def press_blind(self, press: Press) -> None:
        """Organisers switch blind mode of a paper: by a menu, or by a button of its own."""
        chosen = press.values[0].split(":") if press.values else list(press.arguments)
        if len(chosen) != 2 or chosen[1] not in ("on", "off"):
            raise StaleControl
        paper_id, state = chosen
        who = actor(press.interaction)
        work = self._shared.set_blind(who, paper_id, on=state == "on")
        await in_time(press.interaction, work)
        theory = (await self._catalogues.of(who.guild_id)).theory_of(paper_id)
        assert theory is not None
        await self.show(press.interaction, theory.slug, 0)

    async def show(self, interaction: discord.Interaction, slug: str, number: int) -> None:
        """One page of a theory's notes in place of what the message showed.

        Raises StaleControl for an unknown theory.
        """
        theory = (await self._catalogues.of(home_guild_id(interaction))).get(slug)
        if theory is None:
            raise StaleControl
        work = self._page(interaction, theory, number)
        embed, view = await in_time(interaction, work)
        await turn(interaction, embed=embed, view=view)

    async def _page(
        self, interaction: discord.Interaction, theory: Theory, number: int
    ) -> tuple[discord.Embed, discord.ui.View]:
        who, alone = actor(interaction), turns_privately(interaction)
        page = await self._shared.of_theory(who, theory, number, alone=alone)
        card = await self._lookup.open(theory.slug, home_guild_id(interaction), who.user_id)
        if not alone:
            card = card.for_everybody()
        items = notes_items(page, theory, self._words)
        embed = theory_notes_page(theory, page, self._words)
        return embed, card_view(card, CardPage.NOTES, self._words, items)


def notes_items(page: NotesPage, theory: Theory, words: Words) -> list[Control]:
    """The neighbouring pages, a menu that opens a note, and for organisers blind mode."""
    items: list[Control] = []
    slug = theory.slug
    if page.page or page.has_next:
        back, on = max(0, page.page - 1), page.page + 1
        previous, following = words.text("Previous"), words.text("Next")
        items.append(button(previous, "notes", slug, back, "back", disabled=not page.page, row=1))
        items.append(button(following, "notes", slug, on, disabled=not page.has_next, row=1))
    if page.notes:
        options = [
            discord.SelectOption(label=note_label(number, note, words), value=str(note.id))
            for number, note in enumerate(page.notes, page.page * NOTES_A_PAGE + 1)
        ]
        items.append(menu(words.text("Read or report a note"), options, "note-open", row=2))
    if page.organises:
        items.append(_blind_menu(page, theory, words))
    return items


def _blind_menu(page: NotesPage, theory: Theory, words: Words) -> Control:
    options = []
    for paper in theory.papers[:25]:
        is_blind = paper.id in page.blind
        label = (
            words.text("Turn off for {paper}", paper=paper.title)
            if is_blind
            else words.text("Turn on for {paper}", paper=paper.title)
        )
        value = f"{paper.id}:{'off' if is_blind else 'on'}"
        options.append(discord.SelectOption(label=fit(label, 100), value=value))
    placeholder = words.text("Blind mode: others’ notes open after one’s own")
    return menu(placeholder, options, "notes-blind", row=4)
