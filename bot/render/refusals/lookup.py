"""Why something cannot be looked up, or a button leads nowhere."""

from __future__ import annotations

from bot.domain.errors import (
    ClubError,
    NotFound,
    PaperUnknown,
    StaleControl,
    TheoryUnknown,
    TopicUnknown,
)
from bot.render.markdown import escape, fit
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case TheoryUnknown(query=query):
            shown = fit(escape(query), 80)
            if not shown:
                return words.text("That has no letters or digits to look for.")
            return words.text("I know no theory by “{query}”.", query=shown)
        case TopicUnknown():
            return words.text("No theory has that topic. `/theories` without it shows them all.")
        case PaperUnknown():
            return words.text(
                "I know no such paper. Choose one of the suggestions, or look its theory up with "
                "`/theory`."
            )
        case NotFound():
            return words.text("There is nothing like that here for you. It may be gone.")
        case StaleControl():
            return words.text(
                "That button is from an older message. `/theory` and `/theories` give you "
                "a fresh one."
            )
        case _:
            return None
