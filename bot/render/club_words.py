"""A club in words: where and how long it meets, when next, and what became of an announcement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.club_news import Announced, Terms
from bot.domain.clubs import Club, Place
from bot.domain.schedule import Occurrence
from bot.render.markdown import escape, fit
from bot.render.schedule_words import in_words, moment_text, remark_text
from bot.render.times import timestamp
from bot.render.words import Words

_NAME = 120


def name_text(club: Club | Terms) -> str:
    """A club's name with nothing live in it."""
    return fit(escape(club.name), _NAME)


def place_text(place: Place, channel_id: int) -> str:
    """Where it meets: a channel, or a link as it stands."""
    if place.link is not None:
        return f"<{place.link}>"
    return f"<#{place.voice_channel_id or channel_id}>"


def length_text(length: timedelta, words: Words) -> str:
    """How long a session lasts."""
    return words.plural("{n} minute", "{n} minutes", length // timedelta(minutes=1))


def club_line(club: Club, words: Words) -> str:
    """All that holds for a club, on one line."""
    return terms_line(Terms.of(club), words)


def terms_line(terms: Terms, words: Words) -> str:
    """As ``club_line``, of what holds or held."""
    return words.text(
        "**{name}**: {rule}, {length}, in {place}",
        name=name_text(terms),
        rule=in_words(terms.recurrence, terms.zone, words),
        length=length_text(terms.length, words),
        place=place_text(terms.place, terms.channel_id),
    )


def next_text(club: Club, now: datetime, words: Words) -> str:
    """When it meets next, with what is to be said about the clocks on that day."""
    found = club.held.next_session(now)
    if found is None:
        return words.text("No session is to come.")
    lines = [words.text("Next session: {moment}", moment=moment_text(found.starts, words))]
    if found.remark is not None:
        lines.append(remark_text(found, words))
    return "\n".join(lines)


def clock_remarks(sessions: Sequence[Occurrence], words: Words) -> list[str]:
    """What is to be said about those of the sessions that fall on a clock change."""
    return [remark_text(session, words) for session in sessions if session.remark is not None]


def pause_text(club: Club, now: datetime, words: Words) -> str | None:
    """That the club is paused, and until when; None when it is not."""
    pause = club.pause_at(now)
    if pause is None:
        return None
    if pause.until is None:
        return words.text("**{name}** is paused until further notice.", name=name_text(club))
    return words.text(
        "**{name}** is paused until {day}.", name=name_text(club), day=timestamp(pause.until, "F")
    )


def announced_text(announced: Announced, channel_id: int, words: Words) -> str:
    """What became of the announcement, for who made the change."""
    channel = f"<#{channel_id}>"
    match announced:
        case Announced.SAID:
            return words.text("Announced in {channel}.", channel=channel)
        case Announced.NOTHING:
            return words.text("That is how it was: nothing is announced.")
        case Announced.UNSURE:
            return words.text(
                "Discord gave no answer, so the announcement may be missing: have a look in "
                "{channel}.",
                channel=channel,
            )
        case Announced.CHANNEL_GONE:
            return words.text(
                "It could not be announced: the club's channel is gone. Choose another one with "
                "`/schedule edit`, and tell the members."
            )
        case Announced.FORBIDDEN:
            return words.text(
                "It could not be announced: I may not write in {channel}. Let me view the channel, "
                "send messages and read the message history there, and tell the members.",
                channel=channel,
            )
