"""Autocompletion choices for papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from discord import app_commands

from bot.domain.catalogue import Paper, Theory
from bot.render.markdown import fit, size

_LABEL = 100


def paper_choices(
    found: Sequence[tuple[Theory, Paper]],
) -> list[app_commands.Choice[str]]:
    """One choice a paper: its title and theory.

    The value is the title, because some clients show the value once it is chosen; where it is
    too long or not the only one of its kind it is the paper's id.
    """
    titles = Counter(paper.title.casefold() for _, paper in found)
    labels = Counter(_label(theory, paper) for theory, paper in found)
    choices = []
    for theory, paper in found:
        label = _label(theory, paper)
        if labels[label] > 1:
            label = f"{fit(paper.title, _LABEL - size(paper.id) - 3)} ({paper.id})"
        is_plain = titles[paper.title.casefold()] == 1 and size(paper.title) <= _LABEL
        value = paper.title if is_plain else paper.id
        choices.append(app_commands.Choice(name=label, value=value))
    return choices


def _label(theory: Theory, paper: Paper) -> str:
    about = fit(theory.short_name, _LABEL // 3)
    return f"{fit(paper.title, _LABEL - size(about) - 3)} · {about}"
