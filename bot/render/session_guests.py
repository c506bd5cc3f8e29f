"""Who presents a session and who comes, by name where that is nobody's secret."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.sessions import Answer, Guests, Phase, Session, Style
from bot.render.markdown import escape, fit
from bot.render.words import Words

MOST_NAMES = 10
_NAME = 32


def presenter_text(session: Session, names: Mapping[int, str], now: datetime, words: Words) -> str:
    """Who presents, or how it goes without; nobody is named who was only asked."""
    match session.style:
        case Style.PRESENTED:
            assert session.presenter_id is not None
            name = _names([session.presenter_id], names, words)
            return words.text("**Presenter:** {name}", name=name)
        case Style.TAKES:
            return words.text("A round of takes: everybody says in turn what they take from it.")
        case Style.OPEN if session.phase(now) is Phase.COMING:
            return words.text("Nobody presents yet; without a presenter it is a round of takes.")
        case Style.OPEN:
            return ""


def guests_text(
    guests: Guests, names: Mapping[int, str], words: Words, interested: int | None = None
) -> str:
    """Who comes and who may come, by name; who cannot is counted on the button, not named.

    ``interested`` is how many said so on the scheduled event.
    """
    lines = []
    if guests.going:
        lines.append(
            words.text(
                "**Going ({count}):** {names}",
                count=len(guests.going),
                names=_names(guests.going, names, words),
            )
        )
    if guests.maybe:
        lines.append(
            words.text(
                "**Maybe ({count}):** {names}",
                count=len(guests.maybe),
                names=_names(guests.maybe, names, words),
            )
        )
    if interested:
        lines.append(words.text("Interested in the event: {count}", count=interested))
    return "\n".join(lines) or words.text("Nobody has said yet whether they come.")


def answer_label(answer: Answer, guests: Guests, words: Words) -> str:
    """An answer on its button, with how many gave it."""
    match answer:
        case Answer.GOING:
            label = words.text("Going")
        case Answer.MAYBE:
            label = words.text("Maybe")
        case Answer.CANT:
            label = words.text("Can't make it")
    count = len(guests.of(answer))
    return f"{label} ({count})" if count else label


def _names(user_ids: Iterable[int], names: Mapping[int, str], words: Words) -> str:
    """The first names; the others are counted. Who left is somebody."""
    listed = list(user_ids)
    somebody = words.text("Somebody")
    shown = [fit(escape(names.get(one, "")), _NAME) or somebody for one in listed[:MOST_NAMES]]
    if more := len(listed) - len(shown):
        shown.append(words.plural("{n} more", "{n} more", more))
    return ", ".join(shown)
