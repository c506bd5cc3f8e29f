"""Autocompletion choices for a paper, and the options of a menu of papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import discord
from discord import app_commands

from bot.domain.catalogue import Theory
from bot.domain.papers import Paper
from bot.render.markdown import fit, size
from bot.render.suggestions import LABEL, LIMIT


def paper_choices(found: Iterable[tuple[Theory, Paper]]) -> list[app_commands.Choice[str]]:
    """One choice a paper by its title; the value is the title too, or the id where two share it."""
    listed = list(found)[:LIMIT]
    labels = _labels(listed)
    titles = Counter(paper.title for _, paper in listed)
    return [
        app_commands.Choice(
            name=label,
            value=paper.title
            if titles[paper.title] == 1 and size(paper.title) <= LABEL
            else paper.id,
        )
        for label, (_, paper) in zip(labels, listed, strict=True)
    ]


def paper_options(found: Iterable[tuple[Theory, Paper]]) -> list[discord.SelectOption]:
    """One option a paper, with its theory below; the value is the id."""
    listed = list(found)[:LIMIT]
    return [
        discord.SelectOption(label=label, value=paper.id, description=fit(theory.short_name, LABEL))
        for label, (theory, paper) in zip(_labels(listed), listed, strict=True)
    ]


def _labels(listed: list[tuple[Theory, Paper]]) -> list[str]:
    """The titles cut to their limit; with the id where two would read the same."""
    cut = [fit(paper.title, LABEL) for _, paper in listed]
    times = Counter(cut)
    return [
        label
        if times[label] == 1
        else f"{fit(paper.title, LABEL - size(paper.id) - 3)} ({paper.id})"
        for label, (_, paper) in zip(cut, listed, strict=True)
    ]
