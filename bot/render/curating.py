"""The server's own theories and papers in words, for those who tend them.

What members wrote is escaped here; what the catalogue shows is inert already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from discord import app_commands

from bot.domain.entry_parts import Slip
from bot.domain.imports.matching import Evidence
from bot.domain.overlay import inert
from bot.domain.own_entries import Edit, EditKind, EntryChange, EntryKind, OwnEntry, OwnPaper
from bot.render.entry_parts import changed_fields, slip_text, still_empty
from bot.render.markdown import escape, fit, plain, size
from bot.render.times import timestamp
from bot.render.words import Words

_TITLE, _MESSAGE = 100, 2000
LIMIT, LABEL = 25, 100


def entry_title(entry: OwnEntry) -> str:
    """What an entry is called, for a message."""
    return f"**{escape(fit(entry.title, _TITLE))}**"


def made_text(
    kind: EditKind,
    entry: OwnEntry,
    slips: Iterable[Slip],
    words: Words,
    *,
    is_overtaken: bool = False,
) -> str:
    """What was done, who sees it, and what could not be read.

    ``is_overtaken`` is a change of what somebody else had changed since the form was opened.
    """
    title, is_paper = entry_title(entry), isinstance(entry, OwnPaper)
    match kind:
        case EditKind.ADDED if is_paper:
            said = words.text("{title} is in the catalogue of this server now.", title=title)
        case EditKind.ADDED:
            said = words.text(
                "{title} is in the catalogue of this server now. `/catalogue add-paper` gives it "
                "something to read.",
                title=title,
            )
        case EditKind.RETIRED:
            said = words.text(
                "{title} is retired: it is offered no more, and whoever reads it keeps what they "
                "have.",
                title=title,
            )
        case EditKind.RESTORED:
            said = words.text("{title} is offered again.", title=title)
        case _:
            said = words.text("{title} is changed.", title=title)
    lines = [said]
    if is_overtaken:
        lines.append(
            words.text(
                "Somebody had changed this since you opened the form, and yours stands now. "
                "*History* has both; *Undo* brings theirs back."
            )
        )
    lines += [slip_text(one, words) for one in slips]
    if kind in (EditKind.ADDED, EditKind.CHANGED):
        lines += still_empty(entry, words)
    return fit("\n".join(lines), _MESSAGE)


def edit_text(entry: OwnEntry, words: Words) -> str:
    """What can be changed of an entry."""
    said = words.text("What of {title} would you like to change?", title=entry_title(entry))
    return "\n".join((said, *still_empty(entry, words)))


def retired_text(entry: OwnEntry, words: Words) -> str:
    """The entry is retired already."""
    return words.text("{title} is retired. Offer it again?", title=entry_title(entry))


def undone_text(edit: Edit, words: Words) -> str:
    """What was taken back."""
    return words.plural(
        "Taken back: {n} entry is as it was before.",
        "Taken back: {n} entries are as they were before.",
        edit.entries,
    )


def alike_text(
    entry: OwnEntry,
    title: str,
    evidence: Evidence | None,
    organises: bool,
    words: Words,
    called: str | None = None,
) -> str:
    """Something like it is there; ``title`` is the catalogue's own, which is inert.

    ``called`` is another name of what is there: its title alone would not tell what is alike.
    """
    reasons = {
        Evidence.DOI: words.text("the same DOI"),
        Evidence.ARXIV: words.text("the same arXiv number"),
        Evidence.ARXIV_VERSION: words.text("the same arXiv number and version"),
        Evidence.OPENREVIEW: words.text("the same page on OpenReview"),
        Evidence.ISBN: words.text("the same ISBN"),
        Evidence.URL: words.text("the same link"),
        Evidence.KEY: words.text("the same key"),
        Evidence.TITLE: words.text("the same title"),
    }
    if evidence:
        why = reasons[evidence]
    elif called:
        why = words.text("it is also called “{name}”", name=escape(called, _TITLE))
    else:
        why = words.text("the same name")
    said = words.text(
        "**{known}** is in the catalogue already: {why}.", known=fit(title, _TITLE), why=why
    )
    ask = (
        words.text("Nothing was added. Is {title} another one?", title=entry_title(entry))
        if organises
        else words.text("Nothing was proposed. Is {title} another one?", title=entry_title(entry))
    )
    return f"{said}\n{ask}"


def history_text(entry: OwnEntry, steps: Sequence[tuple[Edit, EntryChange]], words: Words) -> str:
    """An entry and what was done to it, newest first."""
    lines = [entry_title(entry)]
    for edit, change in steps:
        who = words.text("somebody") if edit.author is None else fit(escape(edit.author), 48)
        line = f"- {timestamp(edit.happened_at, 'f')} **{who}**: {_did(edit, words)}"
        differing = _differences(change, words)
        if differing:
            line += f" ({differing})"
        if edit.undone:
            line += " " + words.text("(taken back)")
        lines.append(fit(line, 400))
    return fit("\n".join(lines), _MESSAGE)


def _did(edit: Edit, words: Words) -> str:
    return {
        EditKind.ADDED: words.text("added"),
        EditKind.CHANGED: words.text("changed"),
        EditKind.RETIRED: words.text("retired"),
        EditKind.RESTORED: words.text("offered again"),
        EditKind.IMPORTED: words.text("imported"),
        EditKind.UNDONE: words.text("took a step back"),
    }[edit.kind]


def _differences(change: EntryChange, words: Words) -> str:
    """The title before, where it changed, and what else is another than before."""
    before, after = change.before, change.after
    if before is None or after is None:
        return ""
    said = []
    if before.title != after.title:
        old, new = (escape(fit(one.title, 80)) for one in (before, after))
        said.append(words.text("“{old}” became “{new}”", old=old, new=new))
    return ", ".join([*said, *changed_fields(before, after, words)])


def entry_choices(found: Iterable[OwnEntry], words: Words) -> list[app_commands.Choice[str]]:
    """Own entries to choose from, each by its kind and id.

    Where two would read the same, the label has the id: Discord refuses all choices for one.
    """
    listed = list(found)[:LIMIT]
    labels = [_entry_label(entry, "", words) for entry in listed]
    times = Counter(labels)
    return [
        app_commands.Choice(
            name=label if times[label] == 1 else _entry_label(entry, f" ({entry.ref[1]})", words),
            value=":".join(entry.ref),
        )
        for label, entry in zip(labels, listed, strict=True)
    ]


def _entry_label(entry: OwnEntry, mark: str, words: Words) -> str:
    """What an entry is called, cut so that its kind and ``mark`` stay."""
    is_theory = entry.ref[0] is EntryKind.THEORY
    sort = words.text("theory") if is_theory else words.text("paper")
    end = f" · {sort}{mark}"
    label = plain(inert(entry.title))
    if entry.retired:
        label = words.text("{title} (retired)", title=fit(label, LABEL - size(end) - 20))
    return f"{fit(label, LABEL - size(end))}{end}"
