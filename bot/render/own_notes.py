"""A member's own notes in words: the list, what was stored, whether to delete one."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.members import NoteSharing
from bot.domain.notes import OWN_NOTES_A_PAGE, Note, NotesPage
from bot.domain.papers import Paper
from bot.render.markdown import escape, fit
from bot.render.notes import (
    COLOUR,
    DESCRIPTION,
    facts,
    kind_text,
    paper_of,
    paper_title,
    source_link,
)
from bot.render.words import Words

_LISTED = 640


def own_notes_page(
    page: NotesPage, catalogue: Catalogue, guild_id: int, words: Words
) -> discord.Embed:
    """One page of one's own notes, numbered as the buttons below are."""
    embed = discord.Embed(title=words.text("Your notes"), colour=COLOUR)
    if not page.notes:
        embed.description = words.text(
            "You have no notes here yet. `/note add` writes one on a paper; *Save as note* in a "
            "message’s menu keeps what was said."
        )
        return embed
    first = page.page * OWN_NOTES_A_PAGE + 1
    entries = [
        f"**{number}. {kind_text(note.kind, words)}**\n"
        f"{fit(escape(note.text, 2 * _LISTED), _LISTED)}\n"
        f"↳ {_below(note, catalogue, guild_id, words)}"
        for number, note in enumerate(page.notes, first)
    ]
    embed.description = fit("\n\n".join(entries), DESCRIPTION)
    last = first + len(page.notes) - 1
    embed.set_footer(
        text=words.text("{first} to {last} of {total}", first=first, last=last, total=page.total)
    )
    return embed


def delete_question(note: Note, catalogue: Catalogue, words: Words) -> discord.Embed:
    """Whether a note is to go."""
    embed = discord.Embed(title=words.text("Delete this note?"), colour=COLOUR)
    text = fit(escape(note.text, 2 * _LISTED), _LISTED)
    kind, where = (
        kind_text(note.kind, words),
        facts(note, paper_of(note, catalogue), words, own=True),
    )
    embed.description = f"**{kind}**\n{text}\n↳ {where}"
    embed.set_footer(text=words.text("It cannot be brought back."))
    return embed


def added_text(paper: Paper, sharing: NoteSharing, words: Words) -> str:
    """What became of a new note."""
    title = paper_title(paper, words)
    match sharing:
        case NoteSharing.SHARED:
            return words.text("Your note on **{paper}** is kept and shared here.", paper=title)
        case NoteSharing.PRIVATE:
            return words.text("Your note on **{paper}** is kept. Only you see it.", paper=title)
        case NoteSharing.ASK:
            return words.text(
                "Your note on **{paper}** is kept. Only you see it so far. Others here may learn "
                "from it: share it?",
                paper=title,
            )


def shared_text(count: int, words: Words, *, shared: bool) -> str:
    """What the answer about sharing has done."""
    if shared:
        return words.plural(
            "Shared: others here can read it on the theory’s card. `/note mine` takes it back.",
            "Shared: others here can read them on the theory’s card. `/note mine` takes them back.",
            count,
        )
    return words.text("Only you see that. `/note mine` can share it later.")


def always_text(sharing: NoteSharing, words: Words) -> str:
    """What becomes of new notes from now on."""
    if sharing is NoteSharing.SHARED:
        return words.text(
            "From now on your new notes are shared at once. `/me settings` changes it, and "
            "`/note mine` each note."
        )
    return words.text(
        "From now on your new notes stay private. `/me settings` changes it, and `/note mine` "
        "each note."
    )


def _below(note: Note, catalogue: Catalogue, guild_id: int, words: Words) -> str:
    shown = [facts(note, paper_of(note, catalogue), words, own=True)]
    if back := source_link(note, guild_id, words):
        shown.append(back)
    return " · ".join(shown)
