"""A club as a whole, as organisers and members look at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club, ClubTrouble
from bot.domain.event_answers import EventTrouble
from bot.render.club_words import length_text, name_text, next_text, pause_text, place_text
from bot.render.markdown import bullets, fit
from bot.render.native_events import trouble_text
from bot.render.schedule_words import day_in_words, moment_text, remark_text, series_in_words
from bot.render.theory_card import COLOUR
from bot.render.times import timestamp
from bot.render.words import Words

_NAMES = 30
_FIELD = 1024


def shown_embed(
    club: Club,
    coming: Sequence[ClubSession],
    members: Sequence[int],
    now: datetime,
    words: Words,
    events: EventTrouble | None = None,
) -> discord.Embed:
    """When it meets, its next sessions with what is changed about them, and who belongs to it.

    ``events`` is what keeps its sessions from being scheduled events.
    """
    rule = series_in_words(club.series, words)
    lines = [
        rule[:1].upper() + rule[1:] + ".",
        words.text(
            "Each session lasts {length}, in {place}. Announcements come in {channel}.",
            length=length_text(club.length, words),
            place=place_text(club.place, club.channel_id),
            channel=f"<#{club.channel_id}>",
        ),
        pause_text(club, now, words),
        _trouble_text(club, words),
        None if events is None else f"⚠ {trouble_text(events, words)}",
    ]
    embed = discord.Embed(
        title=fit(name_text(club), 256),
        description="\n".join(line for line in lines if line),
        colour=COLOUR,
    )
    sessions = bullets(_session_text(session, words) for session in coming)
    embed.add_field(
        name=words.text("The coming sessions"),
        value=fit(sessions, _FIELD) or words.text("No session is to come."),
        inline=False,
    )
    embed.add_field(
        name=words.text("Who belongs to it"), value=_members_text(members, words), inline=False
    )
    return embed


def paused_text(club: Club, now: datetime, words: Words) -> str:
    """It is paused, and when it meets again."""
    return f"{pause_text(club, now, words) or ''}\n{next_text(club, now, words)}"


def resumed_text(club: Club, now: datetime, words: Words) -> str:
    """It meets again."""
    meets = words.text("**{club}** meets again.", club=name_text(club))
    return f"{meets}\n{next_text(club, now, words)}"


def ending_text(club: Club, now: datetime, words: Words) -> str:
    """The question before a club is ended."""
    asked = words.text(
        "End **{club}**? It meets no more, and that cannot be undone; what was stays on record. To "
        "take a break, use `/schedule pause`.",
        club=name_text(club),
    )
    return f"{asked}\n{next_text(club, now, words)}"


def ended_text(club: Club, words: Words) -> str:
    """It has ended."""
    return words.text("**{club}** has ended. Its name is free again.", club=name_text(club))


def _session_text(session: ClubSession, words: Words) -> str:
    occurrence = session.occurrence
    if occurrence.is_skipped:
        return words.text("~~{moment}~~ skipped", moment=timestamp(occurrence.starts, "F"))
    text = moment_text(occurrence.starts, words)
    if occurrence.is_moved:
        text = words.text(
            "{moment}, moved from {day}",
            moment=text,
            day=day_in_words(occurrence.original, words),
        )
    return text if occurrence.remark is None else f"{text}. {remark_text(occurrence, words)}"


def _members_text(members: Sequence[int], words: Words) -> str:
    if not members:
        return words.text("Nobody yet: `/club join` makes one a standing member.")
    named = ", ".join(f"<@{user_id}>" for user_id in members[:_NAMES])
    more = len(members) - _NAMES
    if more <= 0:
        return named
    return words.plural("{names} and {n} more", "{names} and {n} more", more, names=named)


def _trouble_text(club: Club, words: Words) -> str | None:
    if club.trouble is ClubTrouble.CHANNEL_GONE:
        return words.text("⚠ Its channel is gone: choose another one with `/schedule edit`.")
    if club.trouble is ClubTrouble.FORBIDDEN:
        return words.text(
            "⚠ I may not write in its channel: let me view it, send messages and read the message "
            "history there."
        )
    return None
