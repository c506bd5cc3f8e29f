"""Exports of works in words: what can be chosen, what was made, what it is good for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from discord import app_commands

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.errors import ClubError
from bot.domain.exports import ExportFormat, ExportScope, Selection
from bot.domain.search import Hit
from bot.render.markdown import escape
from bot.render.suggestions import LIMIT, theory_choices, topic_choices, topic_key
from bot.render.words import Words


def export_title(
    selection: Selection, catalogue: Catalogue, topics: Mapping[str, str], words: Words
) -> str:
    """What the selection is called, in the answer and at the head of the file to read."""
    subject = selection.subject or ""
    match selection.scope:
        case ExportScope.ALL:
            return words.text("The whole catalogue")
        case ExportScope.MINE:
            return words.text("My readings")
        case ExportScope.TOPIC:
            return topics.get(subject, subject)
        case ExportScope.THEORY:
            theory = catalogue.get(subject)
            return subject if theory is None else theory.name


def export_said(
    works: int, selection: Selection, title: str, format_: ExportFormat, words: Words
) -> str:
    """How much was exported, what its format is good for, and who sees it."""
    lines = [
        words.plural(
            "**{title}**: {n} work.", "**{title}**: {n} works.", works, title=escape(title)
        ),
        _good_for(format_, words),
    ]
    if selection.scope is ExportScope.MINE:
        lines.append(
            words.text(
                "It says how well you know each, and nothing of anybody else. Only you see this "
                "message."
            )
        )
    return "\n".join(lines)


def _good_for(format_: ExportFormat, words: Words) -> str:
    match format_:
        case ExportFormat.BIBTEX:
            return words.text("BibTeX: for LaTeX, and for Zotero, JabRef and their like.")
        case ExportFormat.CSL_JSON:
            return words.text("CSL-JSON: for Zotero, Pandoc and programs of your own.")
        case ExportFormat.CSV:
            return words.text("CSV: a table for any spreadsheet; nothing in it runs as a formula.")
        case ExportFormat.MARKDOWN:
            return words.text("Markdown: a list to read or to paste into a page.")


def export_choices(
    found: Iterable[tuple[Theory, Hit | None]],
    topics: Mapping[str, str],
    typed: str,
    words: Words,
) -> list[app_commands.Choice[str]]:
    """The whole catalogue and one's own readings, then theories, then topics."""
    wanted = typed.strip().casefold()
    whole = [name for name in _whole(words).values() if wanted in name.casefold()]
    offered = [app_commands.Choice(name=name, value=name) for name in whole]
    offered += theory_choices(found, words)
    taken = {choice.name for choice in offered}
    offered += [c for c in topic_choices(topics, typed) if c.name not in taken]
    return offered[:LIMIT]


def export_meant(
    typed: str | None, catalogue: Catalogue, topics: Mapping[str, str], words: Words
) -> Selection | None:
    """What somebody means who chose or typed it exactly; nothing means the whole catalogue.

    None where only a search can tell which theory they mean.
    """
    if typed is None:
        return Selection()
    wanted = " ".join(typed.split()).casefold()
    for scope, name in _whole(words).items():
        if wanted in (scope.value, name.casefold()):
            return Selection(scope)
    for theory in catalogue:
        if wanted in (theory.slug, theory.name.casefold()):
            return Selection(ExportScope.THEORY, theory.slug)
    try:
        return Selection(ExportScope.TOPIC, topic_key(topics, typed))
    except ClubError:
        return None


def _whole(words: Words) -> dict[ExportScope, str]:
    """What is chosen without a subject, by what it is called."""
    return {
        ExportScope.ALL: words.text("The whole catalogue"),
        ExportScope.MINE: words.text("My readings"),
    }
