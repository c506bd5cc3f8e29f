"""A session as a scheduled event of Discord: its name, its place, and what its description says."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.event_answers import EventTrouble
from bot.domain.sessions import Style
from bot.domain.wanted_events import LONGEST_PLACE
from bot.render.markdown import escape, fit, plain, size
from bot.render.session_readings import reading_text
from bot.render.words import Words

_NAME, _READINGS, _READING = 32, 3, 200


def event_name(session: ClubSession, catalogue: Catalogue, words: Words) -> str:
    """The club, and the paper where just one is read; nothing in a name is live."""
    club = plain(session.club.name)
    titles = []
    for reading in session.session.readings:
        theory = catalogue.theory_of(reading.paper_id)
        paper = None if theory is None else theory.paper(reading.paper_id)
        if paper is not None:
            titles.append(plain(paper.title))
    if len(titles) != 1:
        return club
    return words.text("{club}: {paper}", club=club, paper=titles[0])


def event_place(session: ClubSession, channel: str | None, words: Words) -> str:
    """Where, as text: a link, its host when it is too long, or the channel called ``channel``."""
    link = session.club.place.link
    if link is not None:
        host = link.split("/")[2]
        return link if size(link) <= LONGEST_PLACE else host
    return f"#{plain(channel)}" if channel else words.text("Here on Discord")


def event_text(
    session: ClubSession, presenter: str | None, catalogue: Catalogue, words: Words
) -> str:
    """What is read, how it goes, where, and where everything else about the session stands."""
    held = session.session
    known = (reading_text(one, catalogue, words) for one in held.readings)
    readings = [line for line in known if line]
    lines = [
        words.text("To read: {paper}", paper=line)
        for line in readings[:_READINGS]
        if size(line) <= _READING * 2
    ]
    if more := len(readings) - len(lines):
        lines.append(words.plural("{n} more to read", "{n} more to read", more))
    if held.style is Style.PRESENTED:
        name = fit(escape(presenter or ""), _NAME) or words.text("Somebody")
        lines.append(words.text("Presenter: {name}", name=name))
    elif held.style is Style.TAKES:
        lines.append(words.text("A round of takes: everybody says in turn what they take from it."))
    if held.channel_id is not None:
        lines.append(words.text("Where: {place}", place=f"<#{held.channel_id}>"))
    elif session.club.place.link is not None:
        lines.append(words.text("Where: {place}", place=session.club.place.link))
    if (card := card_url(session)) is not None:
        lines.append(words.text("Who comes, and everything else: {url}", url=card))
    return "\n".join(lines)


def card_url(session: ClubSession) -> str | None:
    """The address of the session's card; None while there is none."""
    facts, club = session.facts, session.club
    if facts is None or facts.message_id is None:
        return None
    return f"https://discord.com/channels/{club.guild_id}/{club.channel_id}/{facts.message_id}"


def trouble_text(trouble: EventTrouble, words: Words) -> str:
    """What keeps the sessions of a server from being events, and what mends it."""
    match trouble:
        case EventTrouble.FORBIDDEN:
            return words.text(
                "I may not make scheduled events in this server, so club sessions are not among "
                "its events. Give me the permission to create and manage events; they follow "
                "within the hour. Everything else works without."
            )
        case EventTrouble.FULL:
            return words.text(
                "The server has as many scheduled events as Discord allows, so some club sessions "
                "are not among them. They follow as soon as there is room."
            )
