"""The heading of a member's own part of a round."""

from __future__ import annotations

from bot.domain.rounds import OwnReading
from bot.domain.split import PairState
from bot.render.papers import number_text
from bot.render.times import timestamp
from bot.render.words import Words


def own_title(words: Words) -> str:
    """The heading of *My reading*."""
    return words.text("My reading")


def own_texts(own: OwnReading, words: Words) -> list[str]:
    """How much it is in all, and what can be done about it."""
    hours = sum(one.minutes for one in own.papers if one.state is not PairState.DONE) / 60
    text = words.plural(
        "{n} paper is yours this round, to be read by {due}: about {hours} h to go.",
        "{n} papers are yours this round, to be read by {due}: about {hours} h to go.",
        len(own.papers),
        due=timestamp(own.round.due_at, "D"),
        hours=number_text(round(hours, 1)),
    )
    if any(one.state is PairState.PROPOSED for one in own.papers):
        text += " " + words.text(
            "*Accept all* says that they suit you. *Swap* offers a free seat instead, *Too much* "
            "gives one back for good; nobody else sees either."
        )
    return [text]
