"""Why a member's choice about reminders cannot be taken."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.errors import ClubError
from bot.domain.reminders import BUDGETS, BudgetImpossible, QuietHoursTooLong, QuietUnclear
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case QuietHoursTooLong(longest=longest):
            return words.text(
                "Quiet hours last at most {n} hours a day: what is held has to come some time.",
                n=longest // timedelta(hours=1),
            )
        case QuietUnclear():
            return words.text(
                "Write both ends of your quiet hours as times of day, such as `22:00` and `08:00`; "
                "leave both empty for none."
            )
        case BudgetImpossible():
            return words.text(
                "Prompts a week are a whole number from {least} to {most}.",
                least=BUDGETS[0],
                most=BUDGETS[-1],
            )
        case _:
            return None
