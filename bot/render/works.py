"""The page of a theory's card that lists all its works."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Theory
from bot.domain.papers import Role
from bot.render.markdown import fit, size
from bot.render.papers import paper_entry
from bot.render.words import Words

FIELD = 1024
# An embed holds 6000 characters; this much is for the list of works, in whole chunks.
_ROOM = 4300
_TITLE, _LEAST = 80, 20


def fill_works(embed: discord.Embed, theory: Theory, words: Words) -> None:
    """Every work by its role, then the outline of the primary ones where it is known."""
    titles = {
        Role.PRIMARY: words.text("Main works"),
        Role.FOLLOWUP: words.text("Later work"),
        Role.BACKGROUND: words.text("Background"),
        Role.SECONDARY: words.text("Talks, tutorials, code"),
    }
    room, left_out = _ROOM, 0
    for role, title in titles.items():
        entries = [paper_entry(p, words) for p in theory.papers if p.role is role]
        name, is_full = title, False
        for chunk in _chunks(entries):
            # What follows is left out too: nobody misses some in the middle.
            is_full = is_full or size(chunk) > room
            if is_full:
                left_out += chunk.count("\n") + 1
                continue
            embed.add_field(name=name, value=chunk, inline=False)
            room, name = room - size(chunk), "\u200b"
    if left_out:
        more = words.plural(
            "and {n} more work: `/catalogue export` has them all",
            "and {n} more works: `/catalogue export` has them all",
            left_out,
        )
        embed.add_field(name="\u200b", value=more, inline=False)
    outline = _outline(theory)
    if outline:
        embed.add_field(name=words.text("Outline"), value=outline, inline=False)


def _chunks(entries: list[str]) -> list[str]:
    """The entries joined into field values of at most the limit; an entry is never torn."""
    chunks: list[str] = []
    for entry in (fit(e, FIELD) for e in entries):
        if chunks and size(chunks[-1]) + size(entry) + 1 <= FIELD:
            chunks[-1] += "\n" + entry
        else:
            chunks.append(entry)
    return chunks


def _outline(theory: Theory) -> str:
    """The sections of each main work, under its title where there are several."""
    outlined = [p for p in theory.primary_papers if p.outlined]
    room, parts = FIELD, []
    for paper in outlined:
        title = f"**{fit(paper.title, _TITLE)}**\n" if len(outlined) > 1 else ""
        if room - size(title) < _LEAST:
            break  # a title is never torn
        sections = " · ".join(section.title for section in paper.sections)
        part = title + fit(sections, room - size(title))
        parts.append(part)
        room -= size(part) + 1
    return "\n".join(parts)
