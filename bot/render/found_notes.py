"""What a search over notes found, in words."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.notes import NOTES_A_PAGE, Excerpt, FoundNotes
from bot.render.markdown import escape, fit
from bot.render.notes import COLOUR, DESCRIPTION, facts, kind_text, paper_of
from bot.render.words import Words

_EXCERPT = 500


def found_notes(
    found: FoundNotes,
    catalogue: Catalogue,
    theory: Theory | None,
    user_id: int,
    words: Words,
    *,
    can_turn: bool,
) -> discord.Embed:
    """One page. ``can_turn``: the search fits the buttons that lead to the next one."""
    embed = discord.Embed(title=_title(found, theory, words), colour=COLOUR)
    if not found.found:
        embed.description = words.text(
            "No note here says that, as far as you may see. Fewer or shorter words find more; "
            "`/note add` writes the first one."
        )
        return embed
    entries = [
        f"**{number}. {kind_text(one.note.kind, words)}**\n"
        f"{_excerpt(one)}\n"
        f"↳ {facts(one.note, paper_of(one.note, catalogue), words, own=one.note.is_of(user_id))}"
        for number, one in enumerate(found.found, found.page * NOTES_A_PAGE + 1)
    ]
    embed.description = fit("\n\n".join(entries), DESCRIPTION)
    if found.has_next and not can_turn:
        embed.set_footer(text=words.text("There is more: one word more or fewer narrows it down."))
    return embed


def _title(found: FoundNotes, theory: Theory | None, words: Words) -> str:
    sought = fit(escape(" ".join(found.words)), 100)
    if theory is None:
        return words.text("Notes with “{words}”", words=sought)
    name = fit(theory.short_name, 100)
    return words.text("Notes on {theory} with “{words}”", theory=name, words=sought)


def _excerpt(one: Excerpt) -> str:
    """The text around the hit, the hit in bold."""
    shown, left = [], _EXCERPT
    for text, is_hit in one.parts:
        part = fit(_spaced(text), left) if left > 1 else ""
        left -= len(part)
        shown.append(f"**{part.strip()}**" if is_hit and part.strip() else part)
    return "".join(shown)


def _spaced(text: str) -> str:
    """Escaped, with the space at its ends kept: it stands between two other parts."""
    kept = escape(text)
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and kept else ""
    return f"{before}{kept}{after}"
