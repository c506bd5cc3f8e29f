"""A sign-up board in words: one entry a paper, seats as shapes and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.boards import PAGE_SIZE, BoardEntry, BoardListing, BoardScope
from bot.render.markdown import escape, fit, size
from bot.render.papers import number_text, title_text
from bot.render.words import Words

# Discord takes 4000 characters of text in a message of components; this leaves room for the rest.
_TEXT = 3500
_NAMES = 5
_SHAPES = 10


def board_title(listing: BoardListing, topics: Mapping[str, str], words: Words) -> str:
    """The heading. ``topics`` maps a topic or prerequisite key to its title."""
    board = listing.board
    match board.scope:
        case BoardScope.THEORY if listing.theory is not None:
            return words.text("What shall we read of {theory}?", theory=listing.theory.name)
        case BoardScope.ALL | BoardScope.THEORY:
            return words.text("What shall we read?")
        case BoardScope.TOPIC:
            topic = topics.get(board.subject or "", "")
            return words.text("What shall we read? {topic}", topic=topic)


def board_pages(
    entries: Sequence[BoardEntry], words: Words
) -> tuple[tuple[tuple[BoardEntry, ...], str], ...]:
    """The entries of each page and their text: at most 25, and within Discord's limit."""
    pages: list[tuple[list[BoardEntry], str]] = [([], "")]
    for entry in entries:
        line = entry_text(entry, words)
        listed, text = pages[-1]
        longer = f"{text}\n\n{line}" if text else line
        if listed and (len(listed) == PAGE_SIZE or size(longer) > _TEXT):
            pages.append(([entry], line))
        else:
            pages[-1] = ([*listed, entry], longer)
    return tuple((tuple(listed), text) for listed, text in pages)


def entry_text(entry: BoardEntry, words: Words) -> str:
    """Two lines: the paper, then its seats and who reads it."""
    facts = [entry.theory.short_name]
    if entry.paper.hours is not None:
        facts.append(words.text("{hours} h", hours=number_text(entry.paper.hours)))
    first = f"**{title_text(entry.paper)}** · {' · '.join(facts)}"
    here = [f"{_shapes(entry)} {seats_text(entry, words)}".strip()]
    if entry.readers:
        names = [fit(escape(name), 32) for name in entry.readers[:_NAMES]]
        more = len(entry.readers) - len(names)
        if more:
            names.append(words.plural("{n} more", "{n} more", more))
        here.append(", ".join(names))
    return f"{fit(first, 500)}\n{' · '.join(here)}"


def seats_text(entry: BoardEntry, words: Words) -> str:
    """How many seats are free, or that none is and how many wait."""
    standing = entry.standing
    if standing.free:
        return words.text("{free} of {seats} seats free", free=standing.free, seats=standing.seats)
    full = words.text("all seats taken")
    if not standing.waiting:
        return full
    return full + ", " + words.plural("{n} waiting", "{n} waiting", standing.waiting)


def _shapes(entry: BoardEntry) -> str:
    standing = entry.standing
    if standing.seats > _SHAPES:
        return ""
    taken = min(standing.seats, standing.taken)
    return "●" * taken + "○" * (standing.seats - taken)
