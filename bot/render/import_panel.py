"""The panel of an import in words: what is asked, what was done, what changed meanwhile."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.imports.drafts import Counts, Group, ImportDraft, ImportView, members_of
from bot.render.import_preview import LISTED, group_titles, refused_lines
from bot.render.markdown import escape, fit, plain
from bot.render.words import Words

REFUSED_FILE = "refused.txt"
_LABEL, _NAME, _OPTIONS = 100, 60, 25


def import_title(draft: ImportDraft, words: Words) -> str:
    """What the panel is about."""
    return words.text("Import of {file}", file=_file(draft))


def question(view: ImportView, words: Words) -> str:
    """What is to be decided, above the lists."""
    counts, unplaced = view.counts, len(view.comparison.unplaced)
    lines = [words.text("Nothing is changed yet.")]
    if counts.new or counts.changed or not unplaced:
        lines.append(_will(counts, words))
    if unplaced:
        lines.append(
            words.plural(
                "**{n} work** is new but names no theory: choose below where it goes.",
                "**{n} works** are new but name no theory: choose below where they go.",
                unplaced,
            )
        )
    return " ".join(lines)


def _will(counts: Counts, words: Words) -> str:
    if counts.new and counts.changed:
        return words.text(
            "*Import* adds {new} and changes {changed}.",
            new=_works(counts.new, words),
            changed=_works(counts.changed, words),
        )
    if counts.new:
        return words.text("*Import* adds {new}.", new=_works(counts.new, words))
    if counts.changed:
        return words.text("*Import* changes {changed}.", changed=_works(counts.changed, words))
    return words.text("Importing this file would change nothing.")


def changed_meanwhile(before: Counts, after: Counts, words: Words) -> str:
    """Why nothing was imported though somebody confirmed it."""
    return words.text(
        "⚠ The catalogue was changed after you looked, so nothing is imported yet. New works: "
        "{new_before} → {new}; changed works: {changed_before} → {changed}. Look again.",
        new_before=before.new,
        new=after.new,
        changed_before=before.changed,
        changed=after.changed,
    )


def imported_text(view: ImportView, words: Words) -> str:
    """It is done."""
    counts = view.counts
    lines = []
    if counts.new:
        lines.append(
            words.plural(
                "**{n} work** is in this server's catalogue now.",
                "**{n} works** are in this server's catalogue now.",
                counts.new,
            )
        )
    if counts.changed:
        lines.append(
            words.plural("**{n} work** was changed.", "**{n} works** were changed.", counts.changed)
        )
    refused = len(view.comparison.refused)
    if refused:
        lines.append(words.plural("{n} entry was refused.", "{n} entries were refused.", refused))
    lines.append(words.text("For ten minutes *Undo* takes all of it back, here and in `/log`."))
    return "\n".join(lines)


def dropped_text(words: Words) -> str:
    """It was thrown away."""
    return words.text("The file is thrown away. Nothing was changed.")


def group_options(
    view: ImportView, shown: Group | None, words: Words
) -> list[discord.SelectOption]:
    """The overview and every group that has entries."""
    options = [
        discord.SelectOption(label=words.text("Overview"), value="all", default=shown is None)
    ]
    for group, title in group_titles(words).items():
        count = len(members_of(view.comparison, group))
        if count:
            label = f"{title} ({count})"
            options.append(
                discord.SelectOption(label=label, value=group.value, default=shown is group)
            )
    return options


def theory_options(view: ImportView, catalogue: Catalogue) -> list[discord.SelectOption]:
    """Where works that name no theory can go: the one that is chosen, then as many as fit."""
    chosen = next((theory for theory in catalogue if theory.slug == view.draft.into), None)
    others = [theory for theory in catalogue if theory != chosen]
    theories = [*([] if chosen is None else [chosen]), *others][:_OPTIONS]
    return [
        discord.SelectOption(
            label=fit(plain(theory.name), _LABEL) or theory.slug,
            value=theory.slug,
            default=theory == chosen,
        )
        for theory in theories
    ]


def refused_file(view: ImportView, words: Words) -> bytes | None:
    """All refusals with their reasons as a text; None where the overview shows them all."""
    refused = view.comparison.refused
    if len(refused) <= LISTED:
        return None
    return refused_lines(refused, words).encode()


def _works(n: int, words: Words) -> str:
    return words.plural("**{n} work**", "**{n} works**", n)


def _file(draft: ImportDraft) -> str:
    return fit(escape(draft.file_name), _NAME)
