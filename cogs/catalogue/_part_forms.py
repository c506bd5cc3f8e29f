"""The forms of what an entry holds: each filled in with what stands there, and read again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.domain.catalogue import Catalogue, RelationKind, Vocabulary
from bot.domain.entry_forms import LONGEST_LIST, LONGEST_TEXT, LONGEST_TITLE, WrittenTheory
from bot.domain.entry_parts import (
    LEVELS,
    LONGEST_REASON,
    LONGEST_SHORT_NAME,
    PARTS,
    EntryPart,
    Written,
    WrittenNeeds,
    WrittenQuestions,
    WrittenRelations,
    WrittenRole,
)
from bot.domain.errors import NotFound, StaleControl
from bot.domain.own_entries import OwnEntry, OwnPaper, OwnTheory
from bot.domain.paper_forms import WrittenPaper
from bot.domain.papers import PaperType, Role
from bot.domain.reading_hours import LONGEST_HOURS
from bot.render.entry_parts import kind_text, part_title, relation_text, role_text
from bot.render.markdown import fit, plain
from bot.render.papers import tag_text
from bot.render.words import Words
from bot.ui.forms import Submission, form
from cogs.catalogue._forms import (
    LABEL,
    OPTION,
    Field,
    paper_fields,
    text_field,
    theory_fields,
    written_paper,
    written_theory,
)

ACTION = "entry-part"
_OPTIONS = 25
_REVIEWED = {"yes": True, "no": False, "unknown": None}


def part_form(
    part: EntryPart, entry: OwnEntry, target: tuple[str, str], catalogue: Catalogue, words: Words
) -> discord.ui.Modal:
    """The form of one part; ``target`` says whose it is in the ids of buttons and forms.

    Raises NotFound for a part that such an entry has not.
    """
    kind = entry.ref[0]
    if part not in PARTS[kind]:
        raise NotFound
    name = part_title(part, kind, words)
    title = fit(words.text("{part}: {title}", part=name, title=plain(entry.title)), LABEL)
    fields = _fields(part, entry, catalogue, words)
    return form(title, ACTION, part.value, *target, _digest(fields), fields=fields)


def part_digest(part: EntryPart, entry: OwnEntry, catalogue: Catalogue, words: Words) -> str:
    """Of what the form shows, filled in; ``part_form`` puts it last in the form's id.

    Another one when it comes back, and somebody has changed that part meanwhile. Raises NotFound
    for a part that such an entry has not.
    """
    return _digest(_fields(part, entry, catalogue, words))


def _digest(fields: Sequence[Field]) -> str:
    # Six digits, as an id of Discord's has a hundred characters, and an entry's may have sixty.
    shown = [field.to_component_dict() for field in fields]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:6]


def _fields(part: EntryPart, entry: OwnEntry, catalogue: Catalogue, words: Words) -> list[Field]:
    vocabulary = catalogue.vocabulary
    match part, entry:
        case EntryPart.MAIN, OwnTheory():
            return theory_fields(WrittenTheory.of(entry), vocabulary.topics, words)
        case EntryPart.MAIN, OwnPaper():
            return paper_fields(WrittenPaper.of(entry), words)
        case EntryPart.NEEDS, OwnTheory():
            return _needs_fields(WrittenNeeds.of(entry), vocabulary, words)
        case EntryPart.QUESTIONS, OwnTheory():
            return _question_fields(WrittenQuestions.of(entry), words)
        case EntryPart.RELATIONS, OwnTheory():
            # One that is not on offer is named by its slug, by which it is found again.
            names = {theory.slug: theory.name for theory in catalogue}
            return _relation_fields(WrittenRelations.of(entry, names), words)
        case EntryPart.ROLE, OwnPaper():
            return _role_fields(WrittenRole.of(entry), words)
        case _:
            raise NotFound


def written_part(part: EntryPart, sent: Submission) -> Written:
    """What came back from the form of a part. Raises StaleControl for what none of ours sends."""
    match part:
        case EntryPart.MAIN:
            return written_paper(sent) if "title" in sent.fields else written_theory(sent)
        case EntryPart.NEEDS:
            level = sent.text("level")
            if level not in map(str, LEVELS):
                raise StaleControl
            baseline = sent.text("baseline") == "yes"
            reason, hours = sent.text("reason"), sent.text("hours")
            return WrittenNeeds(sent.choices("tags"), int(level), reason, baseline, hours)
        case EntryPart.QUESTIONS:
            return WrittenQuestions(*(sent.text(f) for f in ("prompts", "safety", "short")))
        case EntryPart.RELATIONS:
            return WrittenRelations({kind: sent.text(kind.value) for kind in RelationKind})
        case EntryPart.ROLE:
            try:
                role, kind = Role(sent.text("role")), PaperType(sent.text("kind"))
            except ValueError:
                raise StaleControl from None
            reviewed = _REVIEWED.get(sent.text("reviewed"))
            return WrittenRole(role, kind, sent.text("venue"), reviewed)


def _needs_fields(shown: WrittenNeeds, vocabulary: Vocabulary, words: Words) -> list[Field]:
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


def _question_fields(shown: WrittenQuestions, words: Words) -> list[Field]:
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


def _relation_fields(shown: WrittenRelations, words: Words) -> list[Field]:
    about = words.text("One a line, such as Spline theory: both cut the input space")
    return [
        text_field(
            relation_text(kind, words), kind.value, shown.lines[kind], LONGEST_LIST,
            tall=True, required=False, about=about,
        )
        for kind in RelationKind
    ]  # fmt: skip


def _role_fields(shown: WrittenRole, words: Words) -> list[Field]:
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
            next(name for name, means in _REVIEWED.items() if means is shown.reviewed),
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
