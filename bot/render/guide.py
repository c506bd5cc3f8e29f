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
    for names, told in _commands(words):
        embed.add_field(name=names, value=told, inline=False)
    embed.set_footer(
        text=words.text(
            "In the menu of a message or a member, under Apps: {message}, {member}",
            message="Save as note",
            member="Reading profile",
        )
    )
    return embed


def _commands(words: Words) -> tuple[tuple[str, str], ...]:
    """The commands in the order one needs them, and what they do."""
    return (
        (
            "/theory · /theories",
            words.text(
                "A theory's card, by name, author, year or arXiv number, typing errors and all: "
                "`spline`, `bahri 2020`. The list has the most needed first: ○ nobody has read "
                "it, ◑ somebody, ◕ enough, ● covered: enough understand it."
            ),
        ),
        (
            "/suggest · /signup · /withdraw",
            words.text("Where you add most; take a paper, wait for a seat, give it back."),
        ),
        (
            "/progress log · me · group · member",
            words.text("Log how far you are; your own papers; the group's; what a member shows."),
        ),
        (
            "/coverage",
            words.text(
                "What this group knows as a map, what is missing, and who reads unlike you."
            ),
        ),
        (
            "/note add · find · mine",
            words.text("A claim, evidence, doubt or question; yours alone until you share it."),
        ),
        (
            "/me settings · away · privacy",
            words.text("Your zone and choices, a break, and everything I keep about you."),
        ),
        (
            "/split show",
            words.text("What a split of the list gives you, and why. Press *I'm in* on its panel."),
        ),
        (
            "/club next · join · leave · list · calendar",
            words.text("Reading clubs: the next session, who comes, your calendar."),
        ),
        (
            "/board post · /split start · adjust · publish · cancel · /schedule",
            words.text(
                "Organisers: a sign-up board; splitting the list; when clubs meet "
                "(`/schedule show`: everybody)."
            ),
        ),
        (
            "/catalogue add-theory · add-paper · edit · import · export · /about",
            words.text("Propose what is missing; works as files; version."),
        ),
        (
            "/setup · /log · /health",
            words.text("Organisers: set up, who did what, what is wrong."),
        ),
    )


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
