"""``/catalogue import``: a file of works, looked at before anything changes."""

from __future__ import annotations

import asyncio

import aiohttp
import discord

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.imports.drafts import ChangedMeanwhile, Counts, Group, ImportView
from bot.domain.imports.errors import FileNotFetched
from bot.render.import_panel import (
    changed_meanwhile,
    dropped_text,
    import_title,
    imported_text,
)
from bot.render.theory_card import COLOUR
from bot.ui.controls import Press
from bot.ui.import_layout import DROP, INTO, LOOK, SAVE, compose, refused_files
from bot.ui.layouts import layout
from bot.ui.place import actor
from bot.ui.reply import acknowledge, reply, turn_layout
from bot.ui.undoing import undo_button

# Discord hands over a mebibyte in less than a second, or not at all.
_PATIENCE = 20.0


class ImportDoor:
    """The panel is the organiser's who attached the file; every press is authorised again."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._lookup = bot.services.lookup
        self._catalogues = bot.services.catalogues
        self._importing = bot.services.importing
        bot.controls.on(LOOK, self.press_look)
        bot.controls.on(INTO, self.press_into)
        bot.controls.on(SAVE, self.press_save)
        bot.controls.on(DROP, self.press_drop)

    async def open(
        self, interaction: discord.Interaction, file: discord.Attachment, theory: str | None
    ) -> None:
        """The command: reads the file and shows what confirming it would do."""
        who = actor(interaction)
        # A file may take ten seconds to read.
        await acknowledge(interaction, private=True)
        await self._importing.check(who, file.filename, file.size)
        into = None
        if theory is not None:
            into = (await self._lookup.offered(theory, who.guild_id)).slug
        content = await _fetched(file)
        view = await self._importing.read(who, file.filename, content, into)
        catalogue = await self._catalogues.of(who.guild_id)
        made, files = compose(view, catalogue, self._words)
        await reply(interaction, view=made, files=files, private=True)

    async def press_look(self, press: Press) -> None:
        """A group of entries, a page of it, or the overview."""
        chosen = press.values[0] if press.values else press.argument(1)
        page = 0 if press.values else press.number(2)
        group = None if chosen == "all" else _group(chosen)
        await acknowledge(press.interaction, private=True)
        view = await self._importing.view(actor(press.interaction), press.number(0))
        await self._show(press, view, group=group, page=page)

    async def press_into(self, press: Press) -> None:
        """Where works go that name no theory."""
        slug = press.values[0] if press.values else press.argument(1)
        await acknowledge(press.interaction, private=True)
        view = await self._importing.put_into(actor(press.interaction), press.number(0), slug)
        await self._show(press, view)

    async def press_save(self, press: Press) -> None:
        """*Import*: if that still does what was shown, else what it would do now."""
        shown = Counts(press.number(2), press.number(3))
        await acknowledge(press.interaction, private=True)
        who, number = actor(press.interaction), press.number(0)
        done = await self._importing.confirm(who, number, press.argument(1))
        if isinstance(done, ChangedMeanwhile):
            note = changed_meanwhile(shown, done.view.counts, self._words)
            await self._show(press, done.view, note=note)
            return
        files = refused_files(done.view, self._words)
        view = layout(
            import_title(done.view.draft, self._words),
            [imported_text(done.view, self._words)],
            [[undo_button(done.line_id, self._words)]],
            colour=COLOUR,
            attached=files,
        )
        await turn_layout(press.interaction, view, files)

    async def press_drop(self, press: Press) -> None:
        """*Throw away*."""
        await acknowledge(press.interaction, private=True)
        draft = await self._importing.drop(actor(press.interaction), press.number(0))
        text, title = dropped_text(self._words), import_title(draft, self._words)
        await turn_layout(press.interaction, layout(title, [text], [], colour=COLOUR), [])

    async def _show(
        self,
        press: Press,
        view: ImportView,
        *,
        group: Group | None = None,
        page: int = 0,
        note: str = "",
    ) -> None:
        catalogue = await self._catalogues.of(actor(press.interaction).guild_id)
        made, files = compose(view, catalogue, self._words, group=group, page=page, note=note)
        await turn_layout(press.interaction, made, files)


async def _fetched(file: discord.Attachment) -> bytes:
    """What stands in the file. Raises FileNotFetched."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await file.read()
    except (discord.HTTPException, aiohttp.ClientError, TimeoutError) as error:
        raise FileNotFetched from error


def _group(text: str) -> Group:
    try:
        return Group(text)
    except ValueError:
        raise StaleControl from None
