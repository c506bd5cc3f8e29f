"""A theory as an embed: the card itself and its *More* pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import discord

from bot.domain.catalogue import RelatedTheory, RelationKind, Theory
from bot.domain.lookup import CardPage, TheoryCard
from bot.render.markdown import LONGEST_URL, bullets, fit, size
from bot.render.notes import learnt
from bot.render.papers import hours_text, paper_line, tag_text
from bot.render.standing import depth_text, readers_line, standing_text
from bot.render.words import Words
from bot.render.works import FIELD, fill_works

__all__ = ["COLOUR", "IDEAS_ON_CARD", "depth_text", "readers_line", "theory_card"]

COLOUR = discord.Colour(0x5B6EE1)
IDEAS_ON_CARD = 3
_ROOM_FOR_MORE = 80
# An embed holds 6000 characters; what the server and its members say needs room too.
_CARD, _RELATED = 2000, 512


def theory_card(card: TheoryCard, page: CardPage, words: Words) -> discord.Embed:
    """One page of the card. Every page fits one embed and its limits."""
    theory = card.theory
    embed = discord.Embed(
        title=fit(theory.name, 256),
        url=next(_addresses(theory), None),
        colour=COLOUR,
    )
    match page:
        case CardPage.CARD:
            _fill_card(embed, card, words)
        case CardPage.IDEAS:
            _fill_ideas(embed, card, words)
        case CardPage.WORKS:
            fill_works(embed, theory, words)
        case CardPage.DISCUSS:
            _fill_discuss(embed, theory, words)
        case CardPage.SAFETY:
            _fill_safety(embed, theory, words)
        case CardPage.NOTES:
            # The notes themselves stand in bot.render.notes.
            pass
    return embed


def _fill_card(embed: discord.Embed, card: TheoryCard, words: Words) -> None:
    """Short enough for one look: in a channel the newest message is read from its lower end."""
    theory = card.theory
    parts = [theory.claim, _effort(theory, words)]
    if theory.key_ideas:
        ideas = bullets(theory.key_ideas[:IDEAS_ON_CARD])
        parts.append(words.text("**Key ideas**") + f"\n{ideas}")
    # A theory of the server's own may have long ideas: the page of ideas has them in full.
    embed.description = fit("\n\n".join(part for part in parts if part), _CARD)
    embed.add_field(name=words.text("Read"), value=_reading(theory, words), inline=False)
    if theory.prerequisites:
        helps = ", ".join(tag_text(tag) for tag in theory.prerequisites)
        embed.add_field(name=words.text("Helps to know"), value=fit(helps, FIELD), inline=False)
    if card.related:
        grouped = groupby(card.related, key=lambda related: (related.kind, related.outgoing))
        lines = " · ".join(_relations(list(alike), words) for _, alike in grouped)
        embed.add_field(name=words.text("Related"), value=fit(lines, _RELATED), inline=False)
    if card.coverage is not None:
        embed.add_field(
            name=words.text("In this server"), value=standing_text(card, words), inline=False
        )
    if card.notes is not None and card.notes.newest:
        name = words.text("What this group learnt")
        embed.add_field(name=name, value=learnt(card.notes.newest, words), inline=False)
    if theory.baseline:
        embed.set_footer(
            text=words.text("Most newcomers already know this one; the others need readers more.")
        )


def _addresses(theory: Theory) -> Iterator[str]:
    """Where its main works are, as far as an embed can link there."""
    found = (link.url for paper in theory.primary_papers for link in paper.links)
    return (url for url in found if size(url) <= LONGEST_URL)


def _reading(theory: Theory, words: Words) -> str:
    """The main works, as many as fit: none is torn, for half a link is none."""
    lines = [fit(paper_line(p, words), FIELD - _ROOM_FOR_MORE) for p in theory.primary_papers]
    whole = "\n".join(lines)
    if size(whole) <= FIELD:
        return whole or words.text("Nothing yet. `/catalogue add-paper` adds a paper.")
    kept: list[str] = []
    for line in lines:
        if size("\n".join((*kept, line))) > FIELD - _ROOM_FOR_MORE:
            break
        kept.append(line)
    left_out = len(lines) - len(kept)
    more = words.plural(
        "and {n} more work under *All works*", "and {n} more works under *All works*", left_out
    )
    return "\n".join((*kept, more))


def _effort(theory: Theory, words: Words) -> str:
    level, hours = theory.difficulty.level, theory.hours.typical
    if not level:
        # A theory of the server's own: nobody has judged it.
        return hours_text(theory.hours, words) if hours else ""
    dots = "●" * level + "○" * (5 - level)
    difficulty = words.text("difficulty {level} of 5", level=level)
    return f"{dots} {difficulty} · {hours_text(theory.hours, words)}"


def _fill_ideas(embed: discord.Embed, card: TheoryCard, words: Words) -> None:
    ideas = bullets(card.theory.key_ideas) or words.text("Nobody has written them down yet.")
    embed.description = fit(words.text("**Key ideas**") + f"\n{ideas}", 4096)
    if card.related:
        lines = bullets(f"{_relations([r], words)}: {r.why}" for r in card.related)
        embed.add_field(name=words.text("Related"), value=fit(lines, FIELD), inline=False)


def _relations(alike: Sequence[RelatedTheory], words: Words) -> str:
    """Theories that stand in the same relation to this one, as half a sentence."""
    name = ", ".join(f"**{related.theory.short_name}**" for related in alike)
    match alike[0].kind, alike[0].outgoing:
        case RelationKind.EXTENDS, True:
            return words.text("extends {theory}", theory=name)
        case RelationKind.EXTENDS, False:
            return words.text("extended by {theory}", theory=name)
        case RelationKind.CONTRASTS, _:
            return words.text("contrasts with {theory}", theory=name)
        case _:
            return words.text("shares tools with {theory}", theory=name)


def _fill_discuss(embed: discord.Embed, theory: Theory, words: Words) -> None:
    lines = "\n".join(f"{n}. {prompt}" for n, prompt in enumerate(theory.prompts, 1))
    lines = lines or words.text("Nobody has written them down yet.")
    embed.description = fit(words.text("**Questions to read with**") + f"\n{lines}", 4096)


def _fill_safety(embed: discord.Embed, theory: Theory, words: Words) -> None:
    why = theory.safety_relevance or words.text("Nobody has written it down yet.")
    title = words.text("**Why it may matter for AI safety**")
    embed.description = fit(f"{title}\n{why}", 4096)
    if theory.difficulty.reason:
        embed.add_field(
            name=words.text("How hard it is"),
            value=fit(theory.difficulty.reason, FIELD),
            inline=False,
        )
    if theory.list_text:
        embed.add_field(
            name=words.text("How the founding list names it"),
            value=fit(theory.list_text, FIELD),
            inline=False,
        )
