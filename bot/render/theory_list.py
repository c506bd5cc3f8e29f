"""The list of theories, most needed first, as an embed."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.domain.coverage import TheoryCoverage
from bot.domain.lookup import PAGE_SIZE, Show, TheoryList, TheoryRow
from bot.render.markdown import fit
from bot.render.papers import number_text
from bot.render.theory_card import COLOUR, depth_text, readers_line
from bot.render.words import Words


def theory_list(page: TheoryList, topics: Mapping[str, str], words: Words) -> discord.Embed:
    """One page. ``topics`` maps a topic or prerequisite key to its title."""
    embed = discord.Embed(title=_title(page, topics, words), colour=COLOUR)
    if not page.rows:
        embed.description = _empty(page, words)
        return embed
    start = page.page * PAGE_SIZE
    lines = [_row(n, row, words) for n, row in enumerate(page.rows, start + 1)]
    embed.description = fit("\n\n".join(lines), 4096)
    shown = words.text(
        "{first} to {last} of {total}",
        first=start + 1,
        last=start + len(page.rows),
        total=page.total,
    )
    if page.in_server:
        shown += " · " + words.text("most needed here first")
    embed.set_footer(text=shown)
    return embed


def _title(page: TheoryList, topics: Mapping[str, str], words: Words) -> str:
    titles = {
        Show.ALL: words.text("Theories"),
        Show.UNCOVERED: words.text("Theories not covered yet"),
        Show.MINE: words.text("Your theories"),
    }
    title = titles[page.show]
    if page.topic:
        title += ": " + topics[page.topic]
    return fit(title, 256)


def _empty(page: TheoryList, words: Words) -> str:
    if page.show is Show.MINE:
        return words.text(
            "You have not read one of these here yet. `/theories` shows where you would help."
        )
    if page.show is Show.UNCOVERED and not page.topic:
        return words.text("Every theory here is covered. Well done, all of you.")
    if page.show is Show.UNCOVERED:
        return words.text("None of this topic is left to cover.")
    return words.text("No theory has this topic yet. `/theories` without it shows them all.")


def _row(number: int, row: TheoryRow, words: Words) -> str:
    theory = row.theory
    lines = [f"**{number}. {theory.name}**"]
    if theory.difficulty.level:
        lines.append(
            words.text(
                "difficulty {level} of 5, about {hours} h",
                level=theory.difficulty.level,
                hours=number_text(theory.hours.typical),
            )
        )
    elif theory.hours.typical:
        lines.append(words.text("about {hours} h", hours=number_text(theory.hours.typical)))
    if row.coverage is not None:
        here = f"{_mark(row.coverage)} {readers_line(row.coverage, words)}"
        if row.own_depth is not None:
            here += " " + words.text("You: {depth}.", depth=depth_text(row.own_depth, words))
        lines.append(here)
    return "\n".join(lines)


def _mark(coverage: TheoryCoverage) -> str:
    """A shape for each state, beside the words that say the same."""
    if coverage.is_covered:
        return "●"
    if coverage.is_met:
        return "◕"
    return "◑" if coverage.is_known else "○"
