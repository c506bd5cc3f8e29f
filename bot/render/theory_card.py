"""A theory as an embed: the card itself and its *More* pages."""

from __future__ import annotations

import discord

from bot.domain.catalogue import RelatedTheory, RelationKind, Role, Theory
from bot.domain.coverage import TheoryCoverage
from bot.domain.lookup import CardPage, TheoryCard
from bot.domain.progress import Depth
from bot.render.markdown import bullets, fit
from bot.render.papers import hours_text, paper_entry, paper_line
from bot.render.words import Words

COLOUR = discord.Colour(0x5B6EE1)
FIELD = 1024


def theory_card(card: TheoryCard, page: CardPage, words: Words) -> discord.Embed:
    """One page of the card. Every page fits one embed and its limits."""
    theory = card.theory
    embed = discord.Embed(
        title=fit(theory.name, 256),
        url=next((link.url for p in theory.primary_papers for link in p.links), None),
        colour=COLOUR,
    )
    match page:
        case CardPage.CARD:
            _fill_card(embed, card, words)
        case CardPage.WORKS:
            _fill_works(embed, theory, words)
        case CardPage.DISCUSS:
            _fill_discuss(embed, theory, words)
        case CardPage.SAFETY:
            _fill_safety(embed, theory, words)
    return embed


def _fill_card(embed: discord.Embed, card: TheoryCard, words: Words) -> None:
    theory = card.theory
    embed.description = fit(
        f"{theory.claim}\n\n" + words.text("**Key ideas**") + "\n" + bullets(theory.key_ideas),
        4096,
    )
    embed.add_field(
        name=words.text("Read"),
        value=fit("\n".join(paper_line(p, words) for p in theory.primary_papers), FIELD),
        inline=False,
    )
    embed.add_field(name=words.text("Effort"), value=_effort(theory, words), inline=True)
    embed.add_field(
        name=words.text("Helps to know"),
        value=fit(", ".join(_tag(tag) for tag in theory.prerequisites), FIELD),
        inline=True,
    )
    if card.related:
        lines = bullets(_relation(r, words) for r in card.related)
        embed.add_field(name=words.text("Related"), value=fit(lines, FIELD), inline=False)
    if card.coverage is not None:
        embed.add_field(
            name=words.text("In this server"), value=_standing(card, words), inline=False
        )
    if theory.baseline:
        embed.set_footer(
            text=words.text("Most newcomers already know this one; the others need readers more.")
        )


def _effort(theory: Theory, words: Words) -> str:
    level = theory.difficulty.level
    return (
        "●" * level
        + "○" * (5 - level)
        + " "
        + words.text("difficulty {level} of 5", level=level)
        + "\n"
        + hours_text(theory.hours, words)
    )


def _tag(tag: str) -> str:
    return tag.replace("-", " ")


def _relation(related: RelatedTheory, words: Words) -> str:
    name = f"**{related.theory.short_name}**"
    match related.kind, related.outgoing:
        case RelationKind.EXTENDS, True:
            head = words.text("extends {theory}", theory=name)
        case RelationKind.EXTENDS, False:
            head = words.text("extended by {theory}", theory=name)
        case RelationKind.CONTRASTS, _:
            head = words.text("contrasts with {theory}", theory=name)
        case _:
            head = words.text("shares tools with {theory}", theory=name)
    return f"{head}: {related.why}"


def _standing(card: TheoryCard, words: Words) -> str:
    assert card.coverage is not None
    lines = [readers_line(card.coverage, words)]
    if card.own_depth is not None:
        lines.append(words.text("You: {depth}.", depth=depth_text(card.own_depth, words)))
    return "\n".join(lines)


def readers_line(coverage: TheoryCoverage, words: Words) -> str:
    """Who here has read it, in one sentence that invites where nobody has."""
    if not coverage.is_known:
        return words.text("Nobody here has read it yet. You could be the first.")
    read = words.plural("{n} member has read it", "{n} members have read it", coverage.readers)
    if coverage.understanders:
        known = words.plural("{n} understands it", "{n} understand it", coverage.understanders)
        read = f"{read}, {known}"
    if coverage.is_covered:
        return read + ". " + words.text("Covered.")
    more = coverage.target - coverage.readers
    if more > 0:
        return (
            read + ". " + words.plural("{n} more reader wanted.", "{n} more readers wanted.", more)
        )
    return read + ". " + words.text("Somebody to understand it in full is wanted.")


def depth_text(depth: Depth, words: Words) -> str:
    """A depth as a member reads it."""
    match depth:
        case Depth.SIGNED_UP:
            return words.text("signed up")
        case Depth.READING:
            return words.text("reading")
        case Depth.READ:
            return words.text("read")
        case Depth.ALMOST:
            return words.text("almost understood")
        case Depth.UNDERSTOOD:
            return words.text("understood")


def _fill_works(embed: discord.Embed, theory: Theory, words: Words) -> None:
    titles = {
        Role.PRIMARY: words.text("The works meant"),
        Role.FOLLOWUP: words.text("Later work"),
        Role.BACKGROUND: words.text("Background, easily confused"),
        Role.SECONDARY: words.text("Talks, tutorials, code"),
    }
    for role, title in titles.items():
        papers = [p for p in theory.papers if p.role is role]
        for number, chunk in enumerate(_chunks([paper_entry(p, words) for p in papers])):
            name = title if number == 0 else "\u200b"
            embed.add_field(name=name, value=chunk, inline=False)
    outline = _outline(theory)
    if outline:
        embed.add_field(name=words.text("Outline"), value=fit(outline, FIELD), inline=False)


def _chunks(entries: list[str]) -> list[str]:
    """The entries joined into field values of at most the limit; an entry is never torn."""
    chunks: list[str] = []
    for entry in (fit(e, FIELD) for e in entries):
        if chunks and len(chunks[-1]) + len(entry) + 1 <= FIELD:
            chunks[-1] += "\n" + entry
        else:
            chunks.append(entry)
    return chunks


def _outline(theory: Theory) -> str:
    outlined = [p for p in theory.primary_papers if p.outlined]
    return "\n".join(" · ".join(section.title for section in p.sections) for p in outlined)


def _fill_discuss(embed: discord.Embed, theory: Theory, words: Words) -> None:
    lines = "\n".join(f"{n}. {prompt}" for n, prompt in enumerate(theory.prompts, 1))
    embed.description = fit(words.text("**Questions to read with**") + f"\n{lines}", 4096)


def _fill_safety(embed: discord.Embed, theory: Theory, words: Words) -> None:
    embed.description = fit(
        words.text("**Why it may matter for AI safety**") + f"\n{theory.safety_relevance}", 4096
    )
    embed.add_field(
        name=words.text("How hard it is"),
        value=fit(theory.difficulty.reason, FIELD),
        inline=False,
    )
    if theory.list_text:
        embed.add_field(
            name=words.text("On the founding list as"),
            value=fit(theory.list_text, FIELD),
            inline=False,
        )
