"""What a member is reminded of directly, and that the time to answer a split is over soon."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.domain.notices import Addressed
from bot.domain.personal_reminders import ReadBy, ReadingState, SplitEnding
from bot.domain.reminders import Outgoing
from bot.render import notices
from bot.render.club_words import name_text
from bot.render.markdown import bullets, escape, fit, link
from bot.render.session_readings import reading_text
from bot.render.times import timestamp
from bot.render.words import Words

_SERVER, _READINGS = 64, 5


def headed(text: str, server: str | None) -> str:
    """A direct message says which server it is about."""
    return text if server is None else f"**{fit(escape(server), _SERVER)}**\n{text}"


def read_by_text(said: ReadBy, catalogue: Catalogue, words: Words) -> str:
    """What is left to read before a session, by how far its reader is."""
    session = said.session.session
    values = {
        "club": name_text(session.club),
        "moment": timestamp(session.occurrence.starts, "F"),
        "soon": timestamp(session.occurrence.starts, "R"),
    }
    match said.state:
        case ReadingState.PRESENTING:
            head = words.text(
                "You present in **{club}** on {moment} ({soon}). Left to read until then:", **values
            )
        case ReadingState.BEHIND:
            head = words.text(
                "**{club}** meets on {moment} ({soon}). You have begun; left to read until then:",
                **values,
            )
        case ReadingState.NOT_STARTED:
            head = words.text(
                "**{club}** meets on {moment} ({soon}). To read until then:", **values
            )
    papers = [text for one in said.left if (text := reading_text(one, catalogue, words))]
    lines = papers[:_READINGS]
    if len(papers) > _READINGS:
        lines.append(words.plural("{n} more", "{n} more", len(papers) - _READINGS))
    hint = words.text("Done already? `/progress log` says so, and I stop asking.")
    return f"{head}\n{bullets(lines)}\n-# {hint}"


def notice_text(said: Addressed, catalogue: Catalogue, words: Words) -> notices.Told:
    """A notice as a direct message: what belongs into the server itself is left out."""
    told = notices.told(said.notice, catalogue, words, said.names)
    return notices.Told(told.content, tuple(one for one in told.answers if not one.in_server))


def split_ending_text(said: SplitEnding, words: Words) -> str:
    """The last call to answer a split, in its channel."""
    of = said.round
    text = words.text(
        "The time to say what you would like to read is over {soon}: {moment}.",
        soon=timestamp(of.deadline_at, "R"),
        moment=timestamp(of.deadline_at, "F"),
    )
    count = words.plural("{n} member is in.", "{n} members are in.", said.count)
    call = words.text("*I'm in* takes a minute; what you answered can still be changed.")
    lines = [text, f"{count} {call}"]
    if of.message_id is not None:
        address = f"https://discord.com/channels/{of.guild_id}/{of.channel_id}/{of.message_id}"
        lines.append(link(words.text("Go to the list"), address))
    return "\n".join(lines)


def answers_of(
    message: Outgoing, catalogue: Catalogue, words: Words
) -> list[tuple[notices.Answer, ...]]:
    """What can be answered to each thing that a direct message tells."""
    return [
        notice_text(told.said.subject, catalogue, words).answers
        if isinstance(told.said.subject, Addressed)
        else ()
        for told in message.told
    ]
