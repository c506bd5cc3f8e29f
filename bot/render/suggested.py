"""Suggested papers in words, each with its reasons."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.domain.suggesting import Candidate, Effect, PassedOver, Suggested, Suggestions
from bot.render.markdown import fit
from bot.render.papers import number_text, tag_text, title_text
from bot.render.theory_card import COLOUR
from bot.render.words import Words

_KNOWN = 3


def suggestions_embed(found: Suggestions, topics: Mapping[str, str], words: Words) -> discord.Embed:
    """Three papers, why, and why not the two that everybody reads. ``topics``: titles by key."""
    embed = discord.Embed(title=words.text("Where you would add most"), colour=COLOUR)
    if not found.chosen:
        embed.description = words.text(
            "Nothing has a free seat that fits you just now. Name more `hours`, wait for a seat "
            "with `/signup`, or deepen what you have read with `/progress log`."
        )
    for number, one in enumerate(found.chosen, 1):
        embed.add_field(
            name=fit(f"{number}. {one.candidate.theory.name}", 256),
            value=fit(f"{title_text(one.candidate.paper)}\n{why_text(one, topics, words)}", 1024),
            inline=False,
        )
    if found.passed_over:
        lines = [_why_not(one, why, words) for one, why in found.passed_over]
        embed.add_field(
            name=words.text("And the famous ones?"), value=fit("\n".join(lines), 1024), inline=False
        )
    if found.hours is not None:
        embed.set_footer(
            text=words.text("For {hours} h of reading", hours=number_text(found.hours))
        )
    return embed


def why_text(one: Suggested, topics: Mapping[str, str], words: Words) -> str:
    """Why this paper for this member, and about how long it takes them. ``topics``: titles by
    key.
    """
    candidate = one.candidate
    match candidate.effect:
        case Effect.FIRST:
            first = words.text("Nobody here has read it: you would be the first.")
        case Effect.TARGET:
            first = words.plural(
                "{n} member reads it or has; this group wants {target}.",
                "{n} members read it or have; this group wants {target}.",
                candidate.before,
                target=candidate.target,
            )
        case Effect.MORE:
            first = words.plural(
                "{n} member reads it or has; one more can explain it to others.",
                "{n} members read it or have; one more can explain it to others.",
                candidate.before,
            )
    parts = [first]
    liked = [topics[topic] for topic in one.liked if topic in topics]
    if liked:
        parts.insert(0, words.text("You like: {topics}.", topics=", ".join(liked)))
    if one.known:
        known = ", ".join(tag_text(tag) for tag in one.known[:_KNOWN])
        parts.append(words.text("You know {tags}.", tags=known))
    if one.wished:
        parts.append(words.text("You wished for it."))
    if one.hours:
        parts.append(words.text("About {hours} h for you.", hours=number_text(one.hours)))
    return " ".join(parts)


def _why_not(one: Candidate, why: PassedOver, words: Words) -> str:
    name = f"**{one.theory.short_name}**"
    match why:
        case PassedOver.TAKEN_UP:
            return words.text("{theory}: you took it up already.", theory=name)
        case PassedOver.NO_SEAT:
            return words.text("{theory}: all its seats are taken.", theory=name)
        case PassedOver.RATHER_NOT:
            return words.text("{theory}: you said that you would rather not read it.", theory=name)
        case PassedOver.TOO_LONG:
            return words.text("{theory}: it takes longer than the hours you have.", theory=name)
        case PassedOver.OTHERS_FIRST:
            told = words.plural(
                "{theory}: {n} member here knows it or reads it; the others need you more.",
                "{theory}: {n} members here know it or read it; the others need you more.",
                one.before,
                theory=name,
            )
            if one.before:
                return told
            return words.text(
                "{theory}: most newcomers know it already; the others need you more.", theory=name
            )
