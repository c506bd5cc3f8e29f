"""The forms a note is written in, and what comes back from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord

from bot.domain.catalogue import Theory
from bot.domain.errors import StaleControl
from bot.domain.notes import LONGEST_NOTE, Note, NoteKind
from bot.domain.papers import Paper
from bot.render.markdown import fit
from bot.render.notes import kind_text
from bot.render.paper_choices import paper_options
from bot.render.words import Words
from bot.ui.forms import Submission, form

_DESCRIPTION = 100
_BIGGEST_ID = 2**63 - 1

Field = discord.ui.Label[Any]


def add_form(paper: Paper, words: Words) -> discord.ui.Modal:
    """A new note on a paper."""
    fields = [_kind_field(None, words), _text_field("", paper.title, words)]
    return form(words.text("Write a note"), "note-add", paper.id, fields=fields)


def edit_form(note: Note, paper: Paper | None, page: int, words: Words) -> discord.ui.Modal:
    """A note as it is, to be changed; ``page`` of one's own notes is shown afterwards."""
    title = paper.title if paper else ""
    fields = [_kind_field(note.kind, words), _text_field(note.text, title, words)]
    return form(words.text("Change your note"), "note-edit", note.id, page, fields=fields)


def save_form(
    message: discord.Message, papers: Iterable[tuple[Theory, Paper]], words: Words
) -> discord.ui.Modal:
    """A note made of a message, on one of the papers the member most likely means."""
    menu: discord.ui.Select[Any] = discord.ui.Select(
        custom_id="paper", options=paper_options(papers)
    )
    fields = [
        discord.ui.Label(text=words.text("Paper"), component=menu),
        _kind_field(None, words),
        _text_field(message.content, "", words),
    ]
    arguments = message.id, message.author.id
    return form(words.text("Save as note"), "note-save", *arguments, fields=fields)


def chosen_kind(submission: Submission) -> NoteKind:
    """What the note is. Raises StaleControl for what no form of ours has offered."""
    try:
        return NoteKind(submission.text("kind"))
    except ValueError:
        raise StaleControl from None


def snowflake(text: str) -> int:
    """A Discord id in a form's id. Raises StaleControl for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 19):
        raise StaleControl
    number = int(text)
    if not 0 < number <= _BIGGEST_ID:
        raise StaleControl
    return number


def _kind_field(chosen: NoteKind | None, words: Words) -> Field:
    explained = {
        NoteKind.CLAIM: words.text("What it says, in your words"),
        NoteKind.EVIDENCE: words.text("What speaks for it"),
        NoteKind.DOUBT: words.text("What does not convince you"),
        NoteKind.QUESTION: words.text("What you would like to know"),
    }
    options = [
        discord.RadioGroupOption(
            label=kind_text(kind, words),
            value=kind.value,
            description=explained[kind],
            default=kind is chosen,
        )
        for kind in NoteKind
    ]
    group: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(custom_id="kind", options=options)
    return discord.ui.Label(text=words.text("What kind of note"), component=group)


def _text_field(text: str, paper: str, words: Words) -> Field:
    box: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="text",
        style=discord.TextStyle.paragraph,
        default=_within(text) or None,
        max_length=LONGEST_NOTE,
    )
    on = fit(paper, _DESCRIPTION) or None
    return discord.ui.Label(text=words.text("Your note"), description=on, component=box)


def _within(text: str) -> str:
    """At most as much as the field takes, however Discord counts it."""
    return text if len(text) <= LONGEST_NOTE // 2 else fit(text, LONGEST_NOTE)
