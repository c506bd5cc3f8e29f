"""What an import would do, before anybody confirms it: counts, first lines, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.entries import Entry
from bot.domain.imports.comparison import (
    Changed,
    Comparison,
    Duplicate,
    New,
    Repeated,
    Unplaced,
)
from bot.domain.imports.contents import Refused
from bot.domain.imports.drafts import Group, Member, members_of
from bot.render.import_evidence import evidence_text
from bot.render.import_faults import fault_text, field_text
from bot.render.markdown import escape, fit, size
from bot.render.words import Words

LISTED = 5
PAGE = 12
# A text display or an embed's description holds more; a page of this length is still read.
LONGEST = 3500
_TITLE = 90
_KEY = 40
_LINE = 220


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
    """The counts of the groups that have entries, on one line."""
    counted = {
        Group.NEW: words.plural("{n} new", "{n} new", len(comparison.new)),
        Group.UNPLACED: words.plural(
            "{n} without a theory", "{n} without a theory", len(comparison.unplaced)
        ),
        Group.CHANGED: words.plural("{n} changed", "{n} changed", len(comparison.changed)),
        Group.KNOWN: words.plural(
            "{n} known already", "{n} known already", len(comparison.duplicates)
        ),
        Group.TWICE: words.plural(
            "{n} twice in the file", "{n} twice in the file", len(comparison.repeated)
        ),
        Group.REFUSED: words.plural("{n} refused", "{n} refused", len(comparison.refused)),
    }
    return " · ".join(text for group, text in counted.items() if members_of(comparison, group))


def _preview(comparison: Comparison, unused: Sequence[str], words: Words, listed: int) -> str:
    titles = group_titles(words)
    parts = list(filter(None, [outcome_line(comparison, words)]))
    for group in Group:
        members = members_of(comparison, group)
        if members:
            parts.append(_group(titles[group], members, words, listed))
    if comparison.is_idle and not comparison.unplaced:
        parts.append(words.text("Importing this file would change nothing."))
    if unused:
        names = ", ".join(escape(name, _KEY) for name in unused[:8])
        parts.append(words.text("Not used: {names}", names=names))
    return "\n\n".join(parts)


def group_titles(words: Words) -> dict[Group, str]:
    """What the groups of a file's entries are called."""
    return {
        Group.NEW: words.text("New"),
        Group.UNPLACED: words.text("New, without a theory"),
        Group.CHANGED: words.text("Changed"),
        Group.KNOWN: words.text("Known already"),
        Group.TWICE: words.text("Twice in the file"),
        Group.REFUSED: words.text("Refused"),
    }


def _group(title: str, members: Sequence[Member], words: Words, listed: int) -> str:
    lines = [member_line(each, words) for each in members[:listed]]
    more = len(members) - listed
    if more > 0 and listed:
        lines.append(words.plural("- and {n} more", "- and {n} more", more))
    return "\n".join([f"**{title} ({len(members)})**", *lines])


def group_page(members: Sequence[Member], title: str, page: int, words: Words) -> tuple[str, int]:
    """One page of a group, and how many pages it has; a page past the last is the last."""
    pages = max(1, -(-len(members) // PAGE))
    start = min(page, pages - 1) * PAGE
    lines = [member_line(each, words) for each in members[start : start + PAGE]]
    shown = words.text(
        "{first} to {last} of {total}",
        first=start + 1,
        last=start + len(lines),
        total=len(members),
    )
    return "\n".join([f"**{title}** · {shown}", *lines]), pages


def member_line(member: Member, words: Words) -> str:
    """An entry and what becomes of it, as a line of a list."""
    match member:
        case New():
            line = _new(member, words)
        case Unplaced():
            line = _work(member.located.entry)
        case Changed():
            line = _changed(member, words)
        case Duplicate():
            line = _duplicate(member, words)
        case Repeated():
            line = _repeated(member, words)
        case Refused():
            line = _refused(member, words)
    return f"- {fit(line, _LINE)}"


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
