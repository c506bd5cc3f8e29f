"""What an import would do, before anybody confirms it: counts, first lines, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.domain.entries import Entry
from bot.domain.imports.comparison import Changed, Comparison, Duplicate, New, Repeated
from bot.domain.imports.contents import Refused
from bot.render.import_evidence import evidence_text
from bot.render.import_faults import fault_text, field_text
from bot.render.markdown import escape, fit, size
from bot.render.words import Words

LISTED = 5
# A text display or an embed's description holds more; a page of this length is still read.
LONGEST = 3500
_TITLE = 90
_KEY = 40
_LINE = 220

_Kind = TypeVar("_Kind")


def import_preview(
    comparison: Comparison, unused: Sequence[str], words: Words, longest: int = LONGEST
) -> str:
    """The preview as text for Discord, at most ``longest`` characters of it.

    Of each group there are the first ``LISTED`` lines, fewer where they would not fit; the counts
    are always whole. ``unused`` are the names of the file's fields that nothing is done with.
    """
    for listed in range(LISTED, -1, -1):
        text = _preview(comparison, unused, words, listed)
        if size(text) <= longest:
            return text
    return fit(text, longest)


def outcome_line(comparison: Comparison, words: Words) -> str:
    """The counts of all groups on one line."""
    counts = [
        words.plural("{n} new", "{n} new", len(comparison.new)),
        words.plural("{n} changed", "{n} changed", len(comparison.changed)),
        words.plural("{n} known already", "{n} known already", len(comparison.duplicates)),
        words.plural("{n} twice in the file", "{n} twice in the file", len(comparison.repeated)),
        words.plural("{n} refused", "{n} refused", len(comparison.refused)),
    ]
    return " · ".join(counts)


def _preview(comparison: Comparison, unused: Sequence[str], words: Words, listed: int) -> str:
    groups = [
        _group(words.text("New"), comparison.new, _new, words, listed),
        _group(words.text("Changed"), comparison.changed, _changed, words, listed),
        _group(words.text("Known already"), comparison.duplicates, _duplicate, words, listed),
        _group(words.text("Twice in the file"), comparison.repeated, _repeated, words, listed),
        _group(words.text("Refused"), comparison.refused, _refused, words, listed),
    ]
    parts = [outcome_line(comparison, words), *filter(None, groups)]
    if comparison.is_idle:
        parts.append(words.text("Importing this file would change nothing."))
    if unused:
        names = ", ".join(escape(name, _KEY) for name in unused[:8])
        parts.append(words.text("Not used: {names}", names=names))
    return "\n\n".join(parts)


def _group(
    title: str,
    members: Sequence[_Kind],
    line: Callable[[_Kind, Words], str],
    words: Words,
    listed: int,
) -> str:
    if not members:
        return ""
    lines = [f"- {fit(line(each, words), _LINE)}" for each in members[:listed]]
    more = len(members) - listed
    if more > 0 and listed:
        lines.append(words.plural("- and {n} more", "- and {n} more", more))
    return "\n".join([f"**{title} ({len(members)})**", *lines])


def _new(new: New, words: Words) -> str:
    text = _work(new.located.entry)
    if new.key_taken:
        return words.text("{work}, under another key", work=text)
    return text


def _changed(changed: Changed, words: Words) -> str:
    names = ", ".join(field_text(name, words) for name in changed.fields)
    return words.text("{work}: {fields}", work=_work(changed.known.entry), fields=names)


def _duplicate(duplicate: Duplicate, words: Words) -> str:
    return words.text(
        "{work} ({evidence})",
        work=_work(duplicate.known.entry),
        evidence=evidence_text(duplicate.by, words),
    )


def _repeated(repeated: Repeated, words: Words) -> str:
    return words.text(
        "{work}: line {line}, first on line {first}",
        work=_work(repeated.located.entry),
        line=repeated.located.line,
        first=repeated.first_line,
    )


def _refused(refused: Refused, words: Words) -> str:
    reason = fault_text(refused.fault, refused.field, words)
    if not refused.key:
        return words.text("line {line}: {reason}", line=refused.line, reason=reason)
    key = escape(refused.key, _KEY)
    return words.text("line {line}, {key}: {reason}", line=refused.line, key=key, reason=reason)


def _work(entry: Entry) -> str:
    year = f" ({entry.year})" if entry.year else ""
    return f"{escape(fit(entry.title, _TITLE))}{year}"


def refused_lines(refused: Iterable[Refused], words: Words) -> str:
    """Every refusal, a line each: the text of a file to attach where the preview has too many."""
    return "".join(f"{_refused(each, words)}\n" for each in refused)
