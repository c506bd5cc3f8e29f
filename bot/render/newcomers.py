"""What a newcomer reads: the panel in the channel, and the first paper they are offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.club_names import LONGEST_NAME
from bot.domain.clubs import Club
from bot.domain.newcomers import FirstSitting, Offer
from bot.render.markdown import bullets, escape, fit
from bot.render.papers import number_text, title_text
from bot.render.schedule_words import listed
from bot.render.suggested import why_text
from bot.render.words import Words

_SECTIONS, _TITLE, _CLAIM = 6, 120, 400


def panel_text(words: Words) -> str:
    """What *Join the club* does."""
    return words.text(
        "Say how much time you have and what you like, and I show you the theory this group needs "
        "most that fits you. The first sitting takes two hours at most. Only you see your answers."
    )


def offer_texts(offer: Offer, topics: Mapping[str, str], words: Words) -> tuple[str, str, str]:
    """The theory, why it, and where to begin. ``topics`` are titles by key."""
    theory, paper = offer.suggested.candidate.theory, offer.suggested.candidate.paper
    lines = [f"**{theory.name}**", fit(theory.claim, _CLAIM)]
    why = why_text(offer.suggested, topics, words)
    read = f"{title_text(paper)}\n{_sitting(offer.sitting, words)}"
    return "\n".join(lines), why, read


def _sitting(sitting: FirstSitting, words: Words) -> str:
    hours = number_text(round(sitting.hours, 1))
    if sitting.is_part:
        where = sitting.sections[0].title if sitting.sections else ""
        told = words.text("First sitting: {hours} h from the beginning.", hours=hours)
        return f"{told}\n{bullets([fit(where, _TITLE)])}" if where else told
    if sitting.hours:
        told = words.text("First sitting, about {hours} h:", hours=hours)
    else:
        told = words.text("Nobody has said how long it takes. For a first sitting, two hours do.")
    shown = [fit(section.title, _TITLE) for section in sitting.sections[:_SECTIONS]]
    more = len(sitting.sections) - len(shown)
    if more:
        shown.append(words.plural("{n} more section", "{n} more sections", more))
    return f"{told}\n{bullets(shown)}" if shown else told


def nothing_text(words: Words) -> str:
    """There is nothing to offer."""
    return words.text(
        "Nothing has a free seat that fits your hours just now. Press *Join the club* again with "
        "more hours, or look at `/theories`."
    )


def counted_text(clubs: int, words: Words) -> str:
    """What follows from the clubs that a newcomer chose in the form."""
    return words.plural(
        "You belong to the club you chose and are counted on at its sessions; `/club next` shows "
        "the next one.",
        "You belong to the {n} clubs you chose and are counted on at their sessions; `/club list` "
        "shows them.",
        clubs,
    )


def kept_text(clubs: Sequence[Club], words: Words) -> str:
    """The newcomer belongs to these clubs still, though they did not choose them in the form."""
    names = listed([f"**{fit(escape(club.name), LONGEST_NAME)}**" for club in clubs], words)
    return words.text("You still belong to {clubs}; `/club leave` takes you out.", clubs=names)


def later_text(words: Words) -> str:
    """*Not now*."""
    return words.text(
        "Whenever you like: `/suggest` shows it again, and *Join the club* asks you anew."
    )
