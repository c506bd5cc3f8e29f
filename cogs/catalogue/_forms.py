"""The forms of a theory and of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.domain.entry_forms import LONGEST_TEXT, LONGEST_TITLE, WrittenPaper, WrittenTheory
from bot.render.markdown import fit
from bot.render.words import Words
from bot.ui.forms import Submission, form

THEORY, PAPER = "entry-theory", "entry-paper"
_LABEL, _ABOUT = 45, 100
_LONGEST_LINKS, _LONGEST_LIST = 600, 4000


def theory_form(
    shown: WrittenTheory, topics: Mapping[str, str], slug: str, words: Words
) -> discord.ui.Modal:
    """The form of a theory; without a slug it is a new one."""
    options = [
        discord.SelectOption(label=fit(title, 100), value=key, default=key == shown.topic)
        for key, title in topics.items()
    ]
    topic: discord.ui.Select[Any] = discord.ui.Select(custom_id="topic", options=options)
    fields = [
        _text(words.text("Name"), "name", shown.name, LONGEST_TITLE),
        _text(
            words.text("What it claims"), "claim", shown.claim, LONGEST_TEXT, tall=True,
            about=words.text("In one or two sentences"),
        ),
        _text(
            words.text("Key ideas"), "ideas", shown.ideas, _LONGEST_LIST, tall=True,
            required=False, about=words.text("One a line; the first three stand on its card"),
        ),
        _text(
            words.text("Also called"), "aliases", shown.aliases, LONGEST_TEXT, required=False,
            about=words.text("Other names and abbreviations, apart by commas"),
        ),
        discord.ui.Label(text=words.text("Topic"), component=topic),
    ]  # fmt: skip
    title = words.text("Edit the theory") if slug else words.text("A theory for the catalogue")
    return form(fit(title, _LABEL), THEORY, slug, fields=fields)


def paper_form(shown: WrittenPaper, theory: str, paper_id: str, words: Words) -> discord.ui.Modal:
    """The form of a paper of a theory; without an id it is a new one."""
    fields = [
        _text(words.text("Title"), "title", shown.title, LONGEST_TITLE),
        _text(
            words.text("Authors"), "authors", shown.authors, LONGEST_TEXT, required=False,
            about=words.text("Such as: Ada Lovelace; Charles Babbage"),
        ),
        _text(
            words.text("Link"), "link", shown.link, _LONGEST_LINKS, required=False,
            about=words.text("An arXiv number, a DOI, an OpenReview page or an https address"),
        ),
        _text(
            words.text("Year and hours"), "facts", shown.year_and_hours, 60, required=False,
            about=words.text("Such as: 2022, 5 h"),
        ),
        _text(
            words.text("Sections"), "sections", shown.sections, _LONGEST_LIST, tall=True,
            required=False, about=words.text("One a line: progress is logged against them"),
        ),
    ]  # fmt: skip
    title = words.text("Edit the paper") if paper_id else words.text("A paper for the catalogue")
    # A paper that is there keeps its theory; both ids would not always fit.
    return form(fit(title, _LABEL), PAPER, "" if paper_id else theory, paper_id, fields=fields)


def written_theory(sent: Submission) -> WrittenTheory:
    """What came back from the form of a theory."""
    return WrittenTheory(*(sent.text(f) for f in ("name", "claim", "ideas", "aliases", "topic")))


def written_paper(sent: Submission) -> WrittenPaper:
    """What came back from the form of a paper."""
    return WrittenPaper(*(sent.text(f) for f in ("title", "authors", "link", "facts", "sections")))


def _text(
    label: str,
    field_id: str,
    filled: str,
    longest: int,
    *,
    tall: bool = False,
    required: bool = True,
    about: str | None = None,
) -> discord.ui.Label[Any]:
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=field_id,
        style=discord.TextStyle.paragraph if tall else discord.TextStyle.short,
        required=required,
        max_length=longest,
        default=filled[:longest] or None,
    )
    described = None if about is None else fit(about, _ABOUT)
    return discord.ui.Label(text=fit(label, _LABEL), description=described, component=field)
