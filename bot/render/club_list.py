"""A server's clubs in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import discord

from bot.domain.clubs import Club
from bot.domain.schedule import Occurrence
from bot.render.club_words import name_text
from bot.render.lists import listed as within
from bot.render.markdown import escape
from bot.render.schedule_words import in_words
from bot.render.theory_card import COLOUR
from bot.render.times import timestamp
from bot.render.words import Words

# Characters in the description of an embed; a plain message has room for half the clubs.
_LONGEST = 4096


def clubs_embed(
    listed: Iterable[tuple[Club, Occurrence | None]], joined: Collection[int], words: Words
) -> discord.Embed:
    """A line a club: when it meets, when it does next, and whether the reader belongs to it."""
    lines = [_line(club, coming, joined, words) for club, coming in listed]
    text = within(lines, words, _LONGEST) or words.text(
        "There is no club here yet. Organisers begin one with `/schedule create`."
    )
    return discord.Embed(description=text, colour=COLOUR)


def _line(club: Club, coming: Occurrence | None, joined: Collection[int], words: Words) -> str:
    line = f"**{name_text(club)}** · {in_words(club.series.recurrence, club.series.zone, words)}"
    if coming is None:
        line += " · " + words.text("no session to come")
    else:
        line += " · " + words.text("next {time}", time=timestamp(coming.starts, "f"))
    return line + " · " + words.text("you belong to it") if club.id in joined else line


def joined_text(club: Club, *, is_news: bool, words: Words) -> str:
    """The member belongs to the club."""
    name = f"**{escape(club.name)}**"
    if not is_news:
        return words.text("You belong to {club} already.", club=name)
    return words.text(
        "You belong to {club}: you are counted on at every session, unless you say on its card "
        "that you can't make it.",
        club=name,
    )


def left_text(club: Club, *, was_member: bool, words: Words) -> str:
    """The member does not belong to the club (any more)."""
    name = f"**{escape(club.name)}**"
    if not was_member:
        return words.text("You did not belong to {club}.", club=name)
    return words.text(
        "You are not counted on in {club} any more. Come to any session you like all the same.",
        club=name,
    )


def no_session_text(club: Club, words: Words) -> str:
    """The club has no session to come."""
    return words.text(
        "{club} has no session to come: it is paused, or its series is over. `/club list` shows "
        "the others; organisers go on with `/schedule edit`.",
        club=f"**{escape(club.name)}**",
    )
