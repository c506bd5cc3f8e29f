"""The panel of an import as a message."""

from __future__ import annotations

import io

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.imports.drafts import Group, ImportView, members_of
from bot.render.import_panel import (
    REFUSED_FILE,
    group_options,
    import_title,
    question,
    refused_file,
    theory_options,
)
from bot.render.import_preview import group_page, group_titles, import_preview
from bot.render.markdown import size
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import Control, button, menu
from bot.ui.layouts import layout

LOOK, INTO, SAVE, DROP = "import-look", "import-into", "import-save", "import-drop"
# Discord takes 4000 characters of text in one message of components.
_TEXT = 3900

Composed = tuple[discord.ui.LayoutView, list[discord.File]]


def compose(
    view: ImportView,
    catalogue: Catalogue,
    words: Words,
    *,
    group: Group | None = None,
    page: int = 0,
    note: str = "",
) -> Composed:
    """The overview, or one page of a group; ``note`` stands above it."""
    title = import_title(view.draft, words)
    asked = "\n".join(filter(None, (note, question(view, words))))
    pages = 1
    if group is None:
        room = _TEXT - size(title) - size(asked)
        text = import_preview(view.comparison, view.unused, words, room)
    else:
        members = members_of(view.comparison, group)
        text, pages = group_page(members, group_titles(words)[group], page, words)
    rows = [
        _look(view, group, words),
        _turn(view, group, min(page, pages - 1), pages, words),
        _into(view, catalogue, words),
        _decide(view, words),
    ]
    if view.comparison.unplaced:
        # What has to be chosen first stands first.
        rows = [rows[2], *rows[:2], rows[3]]
    files = refused_files(view, words)
    made = layout(title, [asked, text], rows, colour=COLOUR, attached=files)
    return made, files


def refused_files(view: ImportView, words: Words) -> list[discord.File]:
    """The file of all refusals, where the overview does not show them all."""
    content = refused_file(view, words)
    return [] if content is None else [discord.File(io.BytesIO(content), REFUSED_FILE)]


def _look(view: ImportView, group: Group | None, words: Words) -> list[Control]:
    options = group_options(view, group, words)
    return [menu(words.text("Look at a part of it"), options, LOOK, view.draft.id)]


def _turn(
    view: ImportView, group: Group | None, page: int, pages: int, words: Words
) -> list[Control]:
    if group is None or pages == 1:
        return []
    at = (view.draft.id, group.value)
    # Both ends are joined, so that there is always a way on.
    return [
        button(words.text("Back"), LOOK, *at, (page - 1) % pages, "back"),
        button(words.text("Next"), LOOK, *at, (page + 1) % pages, "next"),
    ]


def _into(view: ImportView, catalogue: Catalogue, words: Words) -> list[Control]:
    if not view.comparison.unplaced and view.draft.into is None:
        return []
    options = theory_options(view, catalogue)
    label = words.text("Where works go that name no theory")
    return [menu(label, options, INTO, view.draft.id)] if options else []


def _decide(view: ImportView, words: Words) -> list[Control]:
    counts, number = view.counts, view.draft.id
    total = counts.new + counts.changed
    label = words.plural("Import {n} work", "Import {n} works", total)
    if not total:
        label = words.text("Import")
    return [
        button(
            label,
            SAVE,
            number,
            view.seen,
            counts.new,
            counts.changed,
            style=discord.ButtonStyle.success,
            disabled=view.comparison.is_idle,
        ),
        button(words.text("Throw away"), DROP, number),
    ]
