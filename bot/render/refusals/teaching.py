"""Why something with teaching cannot be done."""

from __future__ import annotations

import discord

from bot.domain.errors import ClubError
from bot.domain.teaching import (
    AskedAlready,
    HeardAlready,
    NotReadYet,
    OfferClosed,
    OffererOnly,
    OfferStands,
    OwnExplanation,
    StepMissing,
)
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case NotReadYet():
            return words.text(
                "You can offer to explain what you have read. If you have, log it first: "
                "`/progress log`."
            )
        case OfferStands():
            return words.text(
                "Your offer for this paper is open already. Close it first to make a new one."
            )
        case OffererOnly():
            return words.text("Only the member who made this offer, or an organiser, can close it.")
        case AskedAlready(again_at=again_at):
            return words.text(
                "You asked them already, and they know. You can ask once more from {day} on.",
                day=discord.utils.format_dt(again_at, "D"),
            )
        case _:
            return _listener_refusal(error, words)


def _listener_refusal(error: ClubError, words: Words) -> str | None:
    match error:
        case OwnExplanation():
            return words.text(
                "This is your own offer. How it went is for your listeners to say; ask them to "
                "press a button here."
            )
        case OfferClosed():
            return words.text(
                "This offer is closed. *Who can explain this?* on the theory's card finds "
                "somebody to ask."
            )
        case HeardAlready(clear=True):
            return words.text(
                "It is recorded already that you could explain this after listening. Thank you."
            )
        case HeardAlready():
            return words.text(
                "The step that was unclear to you is passed on already. Once it is clear, press "
                "*I could now explain it*."
            )
        case StepMissing():
            return words.text("Say in a few words which step was unclear, and send it again.")
        case _:
            return None
