"""The fields of the further parts of an entry, each filled in with what stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.domain.catalogue import RelationKind, Vocabulary
from bot.domain.entry_forms import LONGEST_LIST, LONGEST_TEXT, LONGEST_TITLE
from bot.domain.entry_parts import (
    LEVELS,
    LONGEST_REASON,
    LONGEST_SHORT_NAME,
    WrittenNeeds,
    WrittenQuestions,
    WrittenRelations,
    WrittenRole,
)
from bot.domain.papers import PaperType, Role
from bot.domain.reading_hours import LONGEST_HOURS
from bot.render.entry_parts import kind_text, relation_text, role_text
from bot.render.markdown import fit
from bot.render.papers import tag_text
from bot.render.words import Words
from cogs.catalogue._forms import LABEL, OPTION, Field, text_field

REVIEWED = {"yes": True, "no": False, "unknown": None}
_OPTIONS = 25


def needs_fields(shown: WrittenNeeds, vocabulary: Vocabulary, words: Words) -> list[Field]:
    """What one should know, and how hard and long it is."""
    tags = [
        (tag, _capital(tag_text(tag)), meaning)
        for tag, meaning in list(vocabulary.prerequisites.items())[:_OPTIONS]
    ]
    unjudged = words.text("Nobody has judged it")
    ends = {1: words.text("An essay"), 5: words.text("Needs a field that few readers have")}
    levels = [
        (
            str(level),
            words.text("{level} of 5", level=level) if level else unjudged,
            ends.get(level, ""),
        )
        for level in LEVELS
    ]
    familiar = [
        ("no", words.text("No: it needs readers like any other")),
        ("yes", words.text("Yes: it is suggested last")),
    ]
    return [
        _menu(words.text("Helps to know"), "tags", tags, shown.prerequisites, many=True),
        _menu(words.text("How hard it is"), "level", levels, (str(shown.level),)),
        text_field(
            words.text("Why it is that hard"), "reason", shown.reason, LONGEST_REASON,
            required=False,
        ),
        _buttons(
            words.text("Do most newcomers know it already?"), "baseline", familiar,
            "yes" if shown.baseline else "no",
        ),
        text_field(
            words.text("Hours of reading"), "hours", shown.hours, LONGEST_HOURS, required=False,
            about=words.text("Of all main works, such as 5 to 14; empty: as its papers say"),
        ),
    ]  # fmt: skip


def question_fields(shown: WrittenQuestions, words: Words) -> list[Field]:
    """Questions to read with, and what goes with them."""
    return [
        text_field(
            words.text("Questions to read with"), "prompts", shown.prompts, LONGEST_LIST,
            tall=True, required=False, about=words.text("One a line"),
        ),
        text_field(
            words.text("Why it may matter for AI safety"), "safety", shown.safety, LONGEST_TEXT,
            tall=True, required=False,
        ),
        text_field(
            words.text("Short name"), "short", shown.short_name, LONGEST_SHORT_NAME,
            required=False, about=words.text("For buttons and pictures; empty: its name"),
        ),
    ]  # fmt: skip


def relation_fields(shown: WrittenRelations, words: Words) -> list[Field]:
    """How it stands to other theories: a kind a field."""
    about = words.text("One a line, such as Spline theory: both cut the input space")
    return [
        text_field(
            relation_text(kind, words), kind.value, shown.lines[kind], LONGEST_LIST,
            tall=True, required=False, about=about,
        )
        for kind in RelationKind
    ]  # fmt: skip


def role_fields(shown: WrittenRole, words: Words) -> list[Field]:
    """What a paper is to its theory, and where it was published."""
    meant: Mapping[Role, str] = {
        Role.PRIMARY: words.text("Reading any main work counts for the theory"),
        Role.FOLLOWUP: words.text("What was built on it"),
        Role.BACKGROUND: words.text("What it is built on"),
        Role.SECONDARY: words.text("What explains it, or runs it"),
    }
    roles = [(role.value, _capital(role_text(role, words)), about) for role, about in meant.items()]
    kinds = [(kind.value, _capital(kind_text(kind, words)), "") for kind in PaperType]
    answers = [
        ("yes", words.text("Yes")),
        ("no", words.text("No")),
        ("unknown", words.text("I do not know")),
    ]
    return [
        _menu(words.text("What it is to its theory"), "role", roles, (shown.role.value,)),
        _menu(words.text("What sort of work"), "kind", kinds, (shown.kind.value,)),
        text_field(
            words.text("Where it was published"), "venue", shown.venue, LONGEST_TITLE,
            required=False, about=words.text("Such as: ICML 2018"),
        ),
        _buttons(
            words.text("Is it peer reviewed?"), "reviewed", answers,
            next(name for name, means in REVIEWED.items() if means is shown.reviewed),
        ),
    ]  # fmt: skip


def _menu(
    label: str,
    field_id: str,
    options: Sequence[tuple[str, str, str]],
    chosen: Sequence[str],
    *,
    many: bool = False,
) -> Field:
    """A menu of values, each with a label and what is said beside it; any number, or one."""
    menu: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=field_id,
        options=[
            discord.SelectOption(
                label=fit(name, OPTION),
                value=value,
                description=fit(about, OPTION) or None,
                default=value in chosen,
            )
            for value, name, about in options
        ],
        min_values=0 if many else 1,
        max_values=len(options) if many else 1,
        required=not many,
    )
    return discord.ui.Label(text=fit(label, LABEL), component=menu)


def _buttons(label: str, field_id: str, options: Sequence[tuple[str, str]], chosen: str) -> Field:
    """A few values of which one is chosen, all in sight."""
    group: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(
        custom_id=field_id,
        options=[
            discord.RadioGroupOption(label=fit(name, OPTION), value=value, default=value == chosen)
            for value, name in options
        ],
    )
    return discord.ui.Label(text=fit(label, LABEL), component=group)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
