"""What is said about one session beside its card: answers to presses, calendars, forms."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.presenting import Offer
from bot.render.markdown import fit, plain
from bot.render.schedule_words import short_day
from bot.render.session_readings import section_numbers
from bot.render.times import timestamp
from bot.render.words import Words

_THREAD = 100


def offer_text(found: ClubSession, offer: Offer, words: Words) -> str:
    """What came of *I would present*."""
    match offer:
        case Offer.PRESENTS:
            return words.text(
                "You present on {day}. Thank you! If it turns out that you cannot, press *Can't "
                "make it* on the card.",
                day=timestamp(found.occurrence.starts, "f"),
            )
        case Offer.WAITS:
            return words.text(
                "Noted. Somebody who has not presented for longer is asked first; if they cannot, "
                "it is your turn, and I tell you."
            )
        case Offer.TAKEN:
            return words.text(
                "Somebody presents already. You are on the list for the sessions to come."
            )
        case Offer.UNREAD:
            return words.text(
                "Noted. For this session I ask those who have signed up for the paper or read it: "
                "sign up, or log it with `/progress log`, and press again."
            )
        case Offer.ABSENT:
            return words.text(
                "Noted for the sessions to come. For this one you are away or can't make it; "
                "change that, and press again."
            )


def accepted_text(found: ClubSession, words: Words) -> str:
    """What came of *I'll present*."""
    return offer_text(found, Offer.PRESENTS, words)


def declined_text(words: Words) -> str:
    """What came of *Not this time*."""
    return words.text("All right. Nobody learns of it; you stay on the list for other sessions.")


def attended_text(*, is_news: bool, words: Words) -> str:
    """What came of *I was there*."""
    if is_news:
        return words.text("Noted. If you read something for it, `/progress log` takes a minute.")
    return words.text("That is noted already.")


def thread_name(found: ClubSession, catalogue: Catalogue, words: Words) -> str:
    """What the thread of a session is called, at most 100 characters: its day in the club's zone,
    the theories that are read, and the club.
    """
    theories = (catalogue.theory_of(one.paper_id) for one in found.session.readings)
    names = dict.fromkeys(plain(one.short_name) for one in theories if one is not None)
    club = plain(found.club.name) or words.text("Club")
    parts = [short_day(found.occurrence.wall.date(), words), ", ".join(filter(None, names)), club]
    return fit(" · ".join(part for part in parts if part), _THREAD)


def calendar_title(found: ClubSession, catalogue: Catalogue, words: Words) -> str:
    """A session in a line without markup: the club and what is read."""
    titles = []
    for reading in found.session.readings:
        theory = catalogue.theory_of(reading.paper_id)
        paper = None if theory is None else theory.paper(reading.paper_id)
        titles.append("" if paper is None else plain(paper.title))
    shown = "; ".join(title for title in titles if title)
    name = plain(found.club.name) or words.text("Club")
    return f"{name}: {shown}" if shown else name


def calendar_description(found: ClubSession, catalogue: Catalogue, words: Words) -> str:
    """What is read and gone through, in plain lines; empty for neither."""
    lines = []
    for reading in found.session.readings:
        theory = catalogue.theory_of(reading.paper_id)
        paper = None if theory is None else theory.paper(reading.paper_id)
        if paper is None:
            continue
        numbers = section_numbers(reading, paper)
        title = plain(paper.title)
        lines.append(
            words.text("{paper}, sections {numbers}", paper=title, numbers=numbers)
            if numbers
            else title
        )
    agenda = found.session.agenda
    return "\n".join([*lines, *([agenda] if agenda else [])])


def calendar_place(found: ClubSession, words: Words) -> str:
    """Where it is, for readers outside Discord."""
    session = found.session
    if session.channel_id is None:
        return session.place
    return words.text(
        "Discord: {address}",
        address=f"https://discord.com/channels/{found.club.guild_id}/{session.channel_id}",
    )
