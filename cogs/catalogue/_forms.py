"""The first form of a theory and of a paper, as a new one and as one that is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.domain.entry_forms import (
    LONGEST_LIST,
    LONGEST_TEXT,
    LONGEST_TITLE,
    WrittenTheory,
    filled_in,
)
from bot.domain.errors import StaleControl
from bot.domain.paper_forms import LONGEST_LINKS, WrittenPaper
from bot.domain.papers import Role
from bot.render.markdown import fit
from bot.render.words import Words
from bot.ui.forms import Submission, form

THEORY, PAPER = "entry-theory", "entry-paper"
LABEL, ABOUT, OPTION = 45, 100, 100

Field = discord.ui.Label[Any]


def theory_form(topics: Mapping[str, str], words: Words) -> discord.ui.Modal:
    """The form of a new theory."""
    fields = theory_fields(WrittenTheory("", "", "", "", ""), topics, words)
    return form(fit(words.text("A theory for the catalogue"), LABEL), THEORY, fields=fields)


def paper_form(link: str, theory: str, role: Role | None, words: Words) -> discord.ui.Modal:
    """The form of a new paper of a theory; ``role`` is what it was said to be to it."""
    fields = paper_fields(WrittenPaper("", "", link, "", ""), words)
    title = fit(words.text("A paper for the catalogue"), LABEL)
    return form(title, PAPER, theory, role.value if role else "", fields=fields)


def theory_fields(shown: WrittenTheory, topics: Mapping[str, str], words: Words) -> list[Field]:
    """What the card of a theory begins with."""
    options = [
        discord.SelectOption(label=fit(title, OPTION), value=key, default=key == shown.topic)
        for key, title in topics.items()
    ]
    topic: discord.ui.Select[Any] = discord.ui.Select(custom_id="topic", options=options)
    return [
        text_field(words.text("Name"), "name", shown.name, LONGEST_TITLE),
        text_field(
            words.text("What it claims"), "claim", shown.claim, LONGEST_TEXT, tall=True,
            about=words.text("In one or two sentences"),
        ),
        text_field(
            words.text("Key ideas"), "ideas", shown.ideas, LONGEST_LIST, tall=True,
            required=False, about=words.text("One a line; the first three stand on its card"),
        ),
        text_field(
            words.text("Also called"), "aliases", shown.aliases, LONGEST_TEXT, required=False,
            about=words.text("Other names and abbreviations, apart by commas"),
        ),
        discord.ui.Label(text=words.text("Topic"), component=topic),
    ]  # fmt: skip


def paper_fields(shown: WrittenPaper, words: Words) -> list[Field]:
    """What a paper is called, who wrote it and where it is."""
    return [
        text_field(words.text("Title"), "title", shown.title, LONGEST_TITLE),
        text_field(
            words.text("Authors"), "authors", shown.authors, LONGEST_TEXT, required=False,
            about=words.text("Such as: Ada Lovelace; Charles Babbage"),
        ),
        text_field(
            words.text("Links"), "link", shown.link, LONGEST_LINKS, required=False,
            about=words.text("arXiv numbers, DOIs, ISBNs, OpenReview pages, https addresses"),
        ),
        text_field(
            words.text("Year and hours"), "facts", shown.year_and_hours, 60, required=False,
            about=words.text("Such as: 2022, 5 h"),
        ),
        text_field(
            words.text("Sections"), "sections", shown.sections, LONGEST_LIST, tall=True,
            required=False, about=words.text("One a line: progress is logged against them"),
        ),
    ]  # fmt: skip


def written_theory(sent: Submission) -> WrittenTheory:
    """What came back from the form of a theory."""
    return WrittenTheory(*(sent.text(f) for f in ("name", "claim", "ideas", "aliases", "topic")))


def written_paper(sent: Submission) -> WrittenPaper:
    """What came back from the form of a paper."""
    return WrittenPaper(*(sent.text(f) for f in ("title", "authors", "link", "facts", "sections")))


def role_of(value: str) -> Role | None:
    """The role that was chosen, None for none. Raises StaleControl for one there is not."""
    try:
        return Role(value) if value else None
    except ValueError:
        raise StaleControl from None


def text_field(
    label: str,
    field_id: str,
    filled: str,
    longest: int,
    *,
    tall: bool = False,
    required: bool = True,
    about: str | None = None,
) -> Field:
    """A field to write in, filled with what stands there."""
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=field_id,
        style=discord.TextStyle.paragraph if tall else discord.TextStyle.short,
        required=required,
        max_length=longest,
        default=filled_in(filled, longest) or None,
    )
    described = None if about is None else fit(about, ABOUT)
    return discord.ui.Label(text=fit(label, LABEL), description=described, component=field)
