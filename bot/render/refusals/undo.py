"""Why a step cannot be taken back (any more), and what to do instead."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.own_entries import (
    MOST_ENTRIES,
    CatalogueFull,
    ChangedSince,
    StillNeeded,
    UndoTooLate,
)
from bot.domain.undo import UNDO_FOR, UndoneAlready, UndoOver, UndoOvertaken
from bot.render.markdown import escape, fit
from bot.render.trail import later_text
from bot.render.words import Words

_TITLE = 100


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case UndoOver(action=action):
            minutes = int(UNDO_FOR.total_seconds()) // 60
            over = words.plural(
                "That was more than {n} minute ago, so it is not undone.",
                "That was more than {n} minutes ago, so it is not undone.",
                minutes,
            )
            return f"{over} {_instead(action, words)}".strip()
        case UndoneAlready():
            return words.text("That has been undone already. `/log` says by whom.")
        case UndoOvertaken(later=later):
            return words.text(
                "Something was changed since, so nothing is undone: {later}. `/log` has it all.",
                later=later_text(later, words),
            )
        case CatalogueFull():
            return words.text(
                "This server's catalogue would have more than {n} entries of its own, which is all "
                "it can have. Retired ones count too.",
                n=f"{MOST_ENTRIES:,}",
            )
        case _:
            return _of_entries(error, words)


def _of_entries(error: ClubError, words: Words) -> str | None:
    match error:
        case UndoTooLate():
            return words.text(
                "That is not undone: it was more than ten minutes ago, or it was undone already. "
                "`/log` says which."
            )
        case ChangedSince(title=title):
            return words.text(
                "**{title}** was changed since, so nothing is undone. `/log` says by whom.",
                title=fit(escape(title), _TITLE),
            )
        case StillNeeded(title=title):
            return words.text(
                "Nothing is undone: somebody has taken up **{title}** meanwhile. Retire what is "
                "not wanted: who reads it goes on, and nobody else is offered it.",
                title=fit(escape(title), _TITLE),
            )
        case _:
            return None


def _instead(action: str, words: Words) -> str:
    match action:
        case "session-skipped":
            return words.text("`/schedule skip` on the session lets it take place after all.")
        case "session-moved":
            return words.text("`/schedule move` moves the session back.")
        case _:
            return ""
