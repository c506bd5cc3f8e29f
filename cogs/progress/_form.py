"""The one form of ``/progress log``: how it is built, and how it is read when it comes back."""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.logbook import LOGGABLE, LogEntry, LogForm, WrittenTake, kind_of_doubt
from bot.domain.notes import LONGEST_NOTE, NoteKind
from bot.domain.outline import Asking, Outline
from bot.domain.progress import Depth
from bot.render.markdown import fit, size
from bot.render.theory_card import depth_text
from bot.render.words import Words
from bot.ui.forms import Submission, form

ACTION = "log"
_TITLE, _LABEL, _OPTION = 45, 45, 100
_SECTIONS_TEXT = 400
_DEPTH, _SECTIONS = "depth", "sections"
_TEXTS = {"claim": NoteKind.CLAIM, "evidence": NoteKind.EVIDENCE, "doubt": NoteKind.DOUBT}
_NONE = "x"


def log_form(shown: LogForm, words: Words) -> discord.ui.Modal:
    """Five optional fields, filled in with what is stored.

    The id says what it was filled in with, so that only what was changed in it changes.
    """
    depth = _NONE if shown.depth is None else shown.depth.rank
    takes = [_shown_take(shown, kind) for kind in _TEXTS.values()]
    notes = "-".join(str(take[0]) if take else _NONE for take in takes)
    fields = [_depth_field(shown, words)]
    if shown.paper.sections:
        fields.append(_sections_field(shown, words))
    fields += [
        _text_field(name, kind, take[1] if take else "", words)
        for (name, kind), take in zip(_TEXTS.items(), takes, strict=True)
    ]
    title = fit(words.text("Log: {paper}", paper=shown.paper.title), _TITLE)
    return form(title, ACTION, shown.paper.id, depth, notes, fields=fields)


def entry_of(submission: Submission) -> LogEntry:
    """What a member sent in. Raises StaleControl for a form no version of ours has sent."""
    depths = list(Depth)
    rank = submission.argument(1)
    shown = depths[int(rank)] if rank in map(str, range(len(depths))) else None
    notes = [*map(_note_id, submission.argument(2).split("-")), *(None for _ in _TEXTS)]
    chosen = submission.text(_DEPTH)
    return LogEntry(
        depth=Depth(chosen) if chosen in depths else None,
        shown=shown,
        sections=_sections_of(submission),
        takes=tuple(
            WrittenTake(_kind(kind, submission.text(name)), submission.text(name), note)
            for (name, kind), note in zip(_TEXTS.items(), notes, strict=False)
        ),
    )


def _note_id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def _sections_of(submission: Submission) -> frozenset[str] | str | None:
    if _SECTIONS not in submission.fields:
        return None
    value = submission.fields[_SECTIONS]
    return value if isinstance(value, str) else frozenset(value)


def _kind(kind: NoteKind, text: str) -> NoteKind:
    return kind_of_doubt(text) if kind is NoteKind.DOUBT else kind


def _shown_take(shown: LogForm, kind: NoteKind) -> tuple[int, str] | None:
    """The note a field is filled in with; not one that Discord would find too long to show."""
    take = shown.take(kind)
    return None if take is None or size(take.text) > LONGEST_NOTE else (take.note_id, take.text)


def _depth_field(shown: LogForm, words: Words) -> discord.ui.Label[Any]:
    offered = (Depth.SIGNED_UP, *LOGGABLE) if shown.depth is Depth.SIGNED_UP else LOGGABLE
    options = [
        discord.RadioGroupOption(
            label=_capital(depth_text(depth, words)),
            value=depth.value,
            description=_meaning(depth, words),
            default=depth is shown.depth,
        )
        for depth in offered
    ]
    group: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(
        custom_id=_DEPTH, options=options, required=False
    )
    return discord.ui.Label(
        text=fit(words.text("How well do you know it?"), _LABEL), component=group
    )


def _sections_field(shown: LogForm, words: Words) -> discord.ui.Label[Any]:
    outline = Outline(shown.paper.sections)
    label = fit(words.text("Which sections have you done?"), _LABEL)
    match outline.asking:
        case Asking.CHECKBOXES:
            return discord.ui.Label(text=label, component=_boxes(shown))
        case Asking.MENU:
            return discord.ui.Label(text=label, component=_menu(shown, words))
        case Asking.TEXT:
            how = words.text(
                "Their numbers in order, such as 1-7, 9. There are {count}.",
                count=len(outline.sections),
            )
            field: discord.ui.TextInput[Any] = discord.ui.TextInput(
                custom_id=_SECTIONS,
                required=False,
                max_length=_SECTIONS_TEXT,
                default=fit(outline.written(shown.done), _SECTIONS_TEXT) or None,
            )
            return discord.ui.Label(text=label, description=fit(how, _OPTION), component=field)


def _boxes(shown: LogForm) -> discord.ui.CheckboxGroup[Any]:
    options = [
        discord.CheckboxGroupOption(
            label=fit(section.title, _OPTION), value=section.id, default=section.id in shown.done
        )
        for section in shown.paper.sections
    ]
    return discord.ui.CheckboxGroup(
        custom_id=_SECTIONS,
        options=options,
        min_values=0,
        max_values=len(options),
        required=False,
    )


def _menu(shown: LogForm, words: Words) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=fit(section.title, _OPTION), value=section.id, default=section.id in shown.done
        )
        for section in shown.paper.sections
    ]
    return discord.ui.Select(
        custom_id=_SECTIONS,
        placeholder=words.text("None yet"),
        options=options,
        min_values=0,
        max_values=len(options),
        required=False,
    )


def _text_field(name: str, kind: NoteKind, filled: str, words: Words) -> discord.ui.Label[Any]:
    labels = {
        NoteKind.CLAIM: words.text("What does it claim?"),
        NoteKind.EVIDENCE: words.text("What is the evidence?"),
        NoteKind.DOUBT: words.text("What do you doubt or ask?"),
    }
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=LONGEST_NOTE,
        default=filled or None,
    )
    return discord.ui.Label(text=fit(labels[kind], _LABEL), component=field)


def _meaning(depth: Depth, words: Words) -> str | None:
    match depth:
        case Depth.READ:
            return words.text("All of it, from beginning to end")
        case Depth.ALMOST:
            return words.text("Every part but a few steps")
        case Depth.UNDERSTOOD:
            return words.text("You could explain every part")
        case _:
            return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
