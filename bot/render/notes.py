"""Notes in words: on a theory's card, on its page of notes, and one in full."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import discord

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.notes import NOTES_A_PAGE, Note, NoteKind, NotesPage, OpenNote
from bot.domain.papers import Paper
from bot.render.markdown import escape, escape_lines, fit, link, size
from bot.render.words import Words

COLOUR = discord.Colour(0x5B6EE1)
DESCRIPTION = 4096
# How much of a note is read on the card, in a list, and where it stands alone.
ON_CARD, LISTED, IN_FULL = 200, 560, 5300
_NAME, _TITLE = 40, 120
_FIELD, _PIECE = 1024, 1000


def kind_text(kind: NoteKind, words: Words) -> str:
    """What a note is, as a member reads it."""
    match kind:
        case NoteKind.CLAIM:
            return words.text("Claim")
        case NoteKind.EVIDENCE:
            return words.text("Evidence")
        case NoteKind.DOUBT:
            return words.text("Doubt")
        case NoteKind.QUESTION:
            return words.text("Question")


def author_text(note: Note, words: Words) -> str:
    """Who wrote it, by the name last seen; "someone" for a member who was erased."""
    name = fit(escape(note.author), _NAME) if note.author else ""
    return name or words.text("someone")


def date_text(moment: datetime) -> str:
    """The day, in each reader's own zone and language."""
    return f"<t:{int(moment.timestamp())}:D>"


def learnt(notes: Iterable[Note], words: Words) -> str:
    """The newest notes as a field of the card: one line each."""
    lines = []
    for note in notes:
        text = fit(escape(note.text), ON_CARD)
        kind, author = kind_text(note.kind, words), author_text(note, words)
        lines.append(f"**{kind}** · {author}: {text}")
    return fit("\n".join(lines), _FIELD)


def paper_of(note: Note, catalogue: Catalogue) -> Paper | None:
    """The paper a note is on; None when it is gone from the catalogue."""
    theory = catalogue.theory_of(note.paper_id)
    return None if theory is None else theory.paper(note.paper_id)


def paper_title(paper: Paper | None, words: Words) -> str:
    """The paper's title, or that it is gone."""
    return words.text("a paper that is gone") if paper is None else fit(paper.title, _TITLE)


def facts(note: Note, paper: Paper | None, words: Words, *, own: bool = False) -> str:
    """The line under a note: paper, author (or whether it is shared), date, source."""
    shown = [paper_title(paper, words)]
    if not own:
        shown.append(author_text(note, words))
    shown.append(date_text(note.created_at))
    if own:
        shown.append(words.text("shared") if note.shared else words.text("only you see it"))
    if note.is_quote:
        shown.append(quote_text(note, words))
    if note.is_hidden:
        shown.append(words.text("hidden by the organisers"))
    if note.reports:
        shown.append(words.plural("reported once", "reported {n} times", note.reports))
    return " · ".join(shown)


def quote_text(note: Note, words: Words) -> str:
    """Whose words a saved message is, as far as the club knows the name."""
    name = note.source.author if note.source else None
    shown = fit(escape(name), _NAME) if name else ""
    if not shown:
        return words.text("after somebody’s message")
    return words.text("after {author}’s message", author=shown)


def source_link(note: Note, guild_id: int, words: Words) -> str:
    """The way back to the message a note was saved from; empty for none."""
    if note.source is None:
        return ""
    place = f"{guild_id}/{note.source.channel_id}/{note.source.message_id}"
    return link(words.text("Go to the message"), f"https://discord.com/channels/{place}")


def theory_notes_page(theory: Theory, page: NotesPage, words: Words) -> discord.Embed:
    """One page of a theory's shared notes, numbered as the menu below counts them."""
    embed = discord.Embed(title=fit(theory.name, 256), colour=COLOUR)
    heading = words.text("**What this group learnt**")
    first = page.page * NOTES_A_PAGE + 1
    entries = [
        f"**{number}. {kind_text(note.kind, words)}**\n"
        f"{fit(escape(note.text, 2 * LISTED), LISTED)}\n"
        f"↳ {facts(note, theory.paper(note.paper_id), words)}"
        for number, note in enumerate(page.notes, first)
    ]
    if not entries:
        entries = [
            words.text("Nothing is shared here yet. `/note add` writes a note on what you read.")
        ]
    for closed in (theory.paper(paper_id) for paper_id in page.closed):
        entries.append(
            words.text(
                "Notes on **{paper}** open to you once you have written your own "
                "(`/note add`); then look at them with `/theory private:True`.",
                paper=paper_title(closed, words),
            )
        )
    embed.description = fit("\n\n".join((heading, *entries)), DESCRIPTION)
    if page.total:
        last = first + len(page.notes) - 1
        embed.set_footer(
            text=words.text(
                "{first} to {last} of {total}", first=first, last=last, total=page.total
            )
        )
    return embed


def note_label(number: int, note: Note, words: Words) -> str:
    """A note as the option of a menu."""
    return fit(f"{number}. {kind_text(note.kind, words)} · {_plain(note.text)}", 100)


def open_note(found: OpenNote, paper: Paper | None, guild_id: int, words: Words) -> discord.Embed:
    """One note in full."""
    note = found.note
    first, *others = _pieces(fit(escape_lines(note.text, IN_FULL), IN_FULL))
    embed = discord.Embed(title=kind_text(note.kind, words), description=first, colour=COLOUR)
    for piece in others:
        embed.add_field(name="\u200b", value=piece, inline=False)
    below = [facts(note, paper, words, own=found.is_own), source_link(note, guild_id, words)]
    embed.add_field(name="\u200b", value="\n".join(part for part in below if part), inline=False)
    return embed


def _pieces(text: str) -> list[str]:
    """The text in a first piece for the description and further ones for fields, at words."""
    if size(text) <= DESCRIPTION:
        return [text]
    cut = _place_to_cut(text, 3900)
    pieces, rest = [text[:cut]], text[cut:]
    while rest:
        cut = _place_to_cut(rest, _PIECE) if size(rest) > _PIECE else len(rest)
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return pieces


def _place_to_cut(text: str, limit: int) -> int:
    """Where to cut so that what is before is within ``limit`` and no escape is torn."""
    end = limit
    while size(text[:end]) > limit:
        end -= 1
    at_space = max(text.rfind(" ", end // 2, end), text.rfind("\n", end // 2, end))
    if at_space > 0:
        return at_space
    return end - 1 if text[end - 1] == "\\" and text[end - 2] != "\\" else end


def _plain(text: str) -> str:
    """For a menu, which knows no markup: the text on one line, without signs that escape."""
    return escape(text, 120).replace("\\", "")
