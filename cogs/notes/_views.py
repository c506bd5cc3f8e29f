"""What can be pressed under notes."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Theory
from bot.domain.notes import NOTES_A_PAGE, OWN_NOTES_A_PAGE, FoundNotes, Note, NotesPage, OpenNote
from bot.render.markdown import size
from bot.render.notes import note_label
from bot.render.words import Words
from bot.ui.controls import Control, button, controls_view, menu
from bot.ui.routes import custom_id

_ID = 100


def own_notes_view(page: NotesPage, words: Words) -> discord.ui.View:
    """A row a note, then the way to the neighbouring pages."""
    items: list[Control] = []
    first = page.page * OWN_NOTES_A_PAGE + 1
    for row, note in enumerate(page.notes):
        items += _own_row(note, first + row, page.page, row, words)
    if page.page or page.has_next:
        back, on = max(0, page.page - 1), page.page + 1
        labels = words.text("Previous"), words.text("Next")
        items.append(button(labels[0], "notes-mine", back, "back", disabled=not page.page, row=4))
        items.append(button(labels[1], "notes-mine", on, "on", disabled=not page.has_next, row=4))
    return controls_view(items)


def _own_row(note: Note, number: int, page: int, row: int, words: Words) -> list[Control]:
    edit = words.text("Edit {number}", number=number)
    delete = words.text("Delete {number}", number=number)
    if note.shared:
        share = words.text("Keep private {number}", number=number)
    else:
        share = words.text("Share {number}", number=number)
    wanted = "private" if note.shared else "shared"
    return [
        button(edit, "note-edit", note.id, page, row=row),
        button(delete, "note-delete", note.id, page, row=row),
        button(share, "note-share", note.id, page, wanted, row=row),
    ]


def delete_view(note_id: int, page: int, words: Words) -> discord.ui.View:
    """Delete it, or leave it."""
    yes, no = words.text("Delete"), words.text("Keep it")
    return controls_view(
        [
            button(yes, "note-delete-yes", note_id, page, style=discord.ButtonStyle.danger),
            button(no, "notes-mine", page),
        ]
    )


def turns(found: FoundNotes, theory: Theory | None) -> bool:
    """Whether the search fits into the ids of buttons that lead to other pages."""
    return _find_id(found, theory, found.page + 1) is not None


def found_view(found: FoundNotes, theory: Theory | None, words: Words) -> discord.ui.View:
    """A menu that opens a note, and the way to the neighbouring pages where the search fits."""
    items: list[Control] = []
    if found.found:
        options = [
            discord.SelectOption(label=note_label(number, one.note, words), value=str(one.note.id))
            for number, one in enumerate(found.found, found.page * NOTES_A_PAGE + 1)
        ]
        items.append(menu(words.text("Read a note in full"), options, "note-open"))
    if (found.page or found.has_next) and turns(found, theory):
        for label, page, there in (
            (words.text("Previous"), found.page - 1, found.page > 0),
            (words.text("Next"), found.page + 1, found.has_next),
        ):
            arguments = _arguments(found, theory, max(0, page))
            items.append(button(label, "note-find", *arguments, disabled=not there, row=1))
    return controls_view(items)


def _arguments(found: FoundNotes, theory: Theory | None, page: int) -> tuple[object, ...]:
    return theory.slug if theory else "", page, " ".join(found.words)


def _find_id(found: FoundNotes, theory: Theory | None, page: int) -> str | None:
    try:
        made = custom_id("note-find", *_arguments(found, theory, page))
    except ValueError:
        return None
    return made if size(made) <= _ID else None


def open_view(found: OpenNote, words: Words) -> discord.ui.View:
    """Report it; for organisers hide it, show it again, or settle what was reported."""
    note = found.note
    items: list[Control] = []
    if not found.is_own and not note.is_hidden:
        items.append(button(words.text("Report"), "note-report", note.id))
    if found.organises and note.shared:
        if note.is_hidden:
            items.append(button(words.text("Show again"), "note-show", note.id))
        else:
            items.append(button(words.text("Hide"), "note-hide", note.id))
            if note.reports:
                items.append(button(words.text("It may stay"), "note-settle", note.id))
    return controls_view(items)


def report_view(note_id: int, words: Words) -> discord.ui.View:
    """Report it, or not."""
    yes, no = words.text("Report it"), words.text("Back")
    return controls_view(
        [
            button(yes, "note-report-yes", note_id, style=discord.ButtonStyle.danger),
            button(no, "note-back", note_id),
        ]
    )
