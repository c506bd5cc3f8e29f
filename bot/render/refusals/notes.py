"""Why something with notes cannot be done."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.notes import NoteEmpty, NoteTooLong, NothingToFind, OwnNote, ReportedAlready
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case NoteEmpty():
            return words.text("There is nothing in that note yet. Write a sentence and send it.")
        case NoteTooLong(length=length, limit=limit):
            return words.text(
                "A note has at most {limit} characters and this one has {length}. Split it in two.",
                limit=limit,
                length=length,
            )
        case NothingToFind():
            return words.text("That has no letters or digits to look for. Try a word.")
        case OwnNote():
            return words.text("That is your own note: `/note mine` lets you change or delete it.")
        case ReportedAlready():
            return words.text("You have reported that note already. The organisers will see it.")
        case _:
            return None
