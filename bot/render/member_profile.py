"""What others may see of a member's reading."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.members import ProfileCard
from bot.render.markdown import bullets, escape, fit
from bot.render.theory_card import COLOUR, depth_text
from bot.render.words import Words


def profile_card(
    card: ProfileCard, display_name: str, catalogue: Catalogue, words: Words
) -> discord.Embed:
    """The public part; of a private one no more than that."""
    name = fit(escape(display_name), 100)
    embed = discord.Embed(title=words.text("What {member} reads", member=name), colour=COLOUR)
    if card.depths is None:
        embed.description = words.text("They keep their reading to themselves.")
        return embed
    lines = []
    for paper_id, depth in sorted(card.depths.items(), key=lambda item: -item[1].rank):
        theory = catalogue.theory_of(paper_id)
        paper = None if theory is None else theory.paper(paper_id)
        if paper is not None:
            lines.append(f"{fit(escape(paper.title), 120)}: {depth_text(depth, words)}")
    embed.description = fit(bullets(lines), 4096) if lines else words.text("Nothing logged yet.")
    return embed
