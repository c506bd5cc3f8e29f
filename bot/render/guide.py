"""The two pages that explain the bot itself: /help and /about."""

from __future__ import annotations

import discord

from bot.render.theory_card import COLOUR
from bot.render.words import Words

FOUNDING_LIST = (
    "https://www.lesswrong.com/posts/opE6L8jBTTNAyaDbB/"
    "a-multi-disciplinary-view-on-ai-safety-research"
)


def help_page(words: Words) -> discord.Embed:
    """What can be done here, on one screen."""
    embed = discord.Embed(
        title=words.text("Theory Club"),
        colour=COLOUR,
        description=words.text(
            "A community understands more when its members learn different theories in full. "
            "Look one up, and read what nobody here has read."
        ),
    )
    embed.add_field(
        name="/theory",
        value=words.text(
            "One theory's card: what it claims, what to read, what it relates to. Names, authors, "
            "arXiv numbers and typing errors all work: try `spline`, `bahri 2020`, `tropcial`. "
            "Add `private` to keep the answer to yourself."
        ),
        inline=False,
    )
    embed.add_field(
        name="/theories",
        value=words.text(
            "The whole list, the most needed first. `show` picks all, the uncovered ones or your "
            "own; `topic` one subject, or theories that build on something you know. "
            "○ nobody has read it, ◑ somebody, ◕ enough have read it, ● covered: enough members "
            "understand it, or almost."
        ),
        inline=False,
    )
    embed.add_field(
        name="/about",
        value=words.text("Version, sources and what is stored about you."),
        inline=False,
    )
    return embed


def about_page(
    version: str, theories: int, papers: int, source_url: str | None, words: Words
) -> discord.Embed:
    """Version, links and the privacy note, on one screen."""
    embed = discord.Embed(
        title=words.text("About Theory Club"),
        colour=COLOUR,
        description=words.text(
            "Most newcomers to AI safety read the same two theories, because one curriculum lists "
            "them. Theory Club helps a group read different ones, and shows what is missing."
        ),
    )
    embed.add_field(name=words.text("Version"), value=version, inline=True)
    embed.add_field(
        name=words.text("Catalogue"),
        value=words.plural("{n} theory", "{n} theories", theories)
        + ", "
        + words.plural("{n} work", "{n} works", papers),
        inline=True,
    )
    links = [words.text("[Where the founding list comes from]({url})", url=FOUNDING_LIST)]
    if source_url:
        links.append(words.text("[About this copy of the bot]({url})", url=source_url))
    embed.add_field(name=words.text("Links"), value="\n".join(links), inline=False)
    embed.add_field(
        name=words.text("Privacy"),
        value=words.text(
            "The bot cannot read messages. Looking things up stores nothing about you. In a "
            "server it keeps what you tell it about your reading, for that server only."
        ),
        inline=False,
    )
    return embed
