"""Why a step cannot be taken back (any more), and what to do instead."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.undo import UNDO_FOR, UndoneAlready, UndoOver, UndoOvertaken
from bot.render.trail import later_text
from bot.render.words import Words


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
