"""A session in words: when, where, what is read, who presents, and who comes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import LONGEST_LINK
from bot.domain.schedule import Remark
from bot.domain.sessions import Answer, Guests, Phase, Session
from bot.render.markdown import escape, escape_lines, fit
from bot.render.presets import agenda_text
from bot.render.schedule_words import day_in_words
from bot.render.session_guests import answer_label, guests_text, presenter_text
from bot.render.session_readings import readings_text
from bot.render.times import timestamp
from bot.render.words import Words

_TITLE, _PLACE, _AGENDA = 100, 200, 1200
# What is shown as an address as it stands, between < and >: nothing in it can end that, and
# within it nothing is markup. A club takes no other link, and no longer one.
_ADDRESS = re.compile(r"https://[^\s<>\\^`{|}\"]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class SessionCard:
    """What a session's card shows: its parts from top to bottom, as far as there is something.

    ``reading``, ``guests``, ``agenda`` and ``recap`` are blocks of lines; ``buttons`` are the
    labels of the three answers, with how many gave each.
    """

    heading: str
    when: str
    place: str
    reading: str
    presenter: str
    agenda: str
    guests: str
    buttons: Mapping[Answer, str]
    recap: str = ""

    @property
    def text(self) -> str:
        """All of it as one text."""
        lines = [self.when, self.place, self.reading, self.presenter]
        blocks = [
            self.heading,
            "\n".join(x for x in lines if x),
            self.agenda,
            self.recap,
            self.guests,
        ]
        return "\n\n".join(block for block in blocks if block)


def session_card(
    club: str,
    session: Session,
    guests: Guests,
    names: Mapping[int, str],
    catalogue: Catalogue,
    now: datetime,
    words: Words,
) -> SessionCard:
    """The card of a session of the club called ``club``. ``names`` are display names by id."""
    name = fit(escape(club), _TITLE) or words.text("Club")
    title = fit(escape(session.title or ""), _TITLE)
    says_who = session.phase(now) is not Phase.SKIPPED
    return SessionCard(
        heading=f"**{name}** · {title}" if title else f"**{name}**",
        when=when_text(session, now, words),
        place=place_text(session, words) if says_who else "",
        reading=readings_text(session, catalogue, now, words),
        presenter=presenter_text(session, names, now, words) if says_who else "",
        agenda=_agenda_text(session.agenda or "", words),
        guests=guests_text(guests, names, words, session.interested) if says_who else "",
        buttons={answer: answer_label(answer, guests, words) for answer in Answer},
    )


def club_session_card(
    found: ClubSession, catalogue: Catalogue, now: datetime, words: Words
) -> SessionCard:
    """The card of a session as the club keeps it, with what was after it."""
    card = session_card(
        found.club.name, found.session, found.guests, found.names, catalogue, now, words
    )
    if not card.agenda and found.session.phase(now) is not Phase.SKIPPED:
        card = replace(card, agenda=agenda_text(found.club.preset, words))
    recap = "" if found.facts is None else found.facts.recap or ""
    phase = found.session.phase(now)
    if phase not in (Phase.RUNNING, Phase.OVER):
        return card
    after = [words.text("**What remains:** {recap}", recap=escape(recap))] if recap else []
    if found.attended:
        after.append(
            words.plural("{n} member was there.", "{n} members were there.", found.attended)
        )
    # Who meant to come is of no interest any more: those who did say so.
    guests = "" if phase is Phase.OVER else card.guests
    return replace(card, recap="\n".join(after), guests=guests)


def when_text(session: Session, now: datetime, words: Words) -> str:
    """When it takes place, and what is to be said about that time."""
    occurrence = session.occurrence
    day, soon = timestamp(occurrence.starts, "F"), timestamp(occurrence.starts, "R")
    match session.phase(now):
        case Phase.SKIPPED:
            return words.text("**Does not take place:** {day}", day=day)
        case Phase.COMING:
            lines = [f"**{day}** · {soon}"]
        case Phase.RUNNING:
            lines = [words.text("**{day}** · on now", day=day)]
        case Phase.OVER:
            lines = [words.text("**{day}** · over", day=day)]
    if occurrence.is_moved:
        lines.append(
            words.text(
                "Moved; it was to be on {date}.", date=day_in_words(occurrence.original, words)
            )
        )
    if occurrence.remark is not None:
        lines.append(remark_text(occurrence.remark, f"{occurrence.wall:%H:%M}", words))
    return "\n".join(lines)


def remark_text(remark: Remark, time: str, words: Words) -> str:
    """What is to be said of a wall-clock ``time`` on the day of a clock change."""
    match remark:
        case Remark.GAP:
            return words.text(
                "The clocks go forward then and skip {time}: it begins as soon as they have.",
                time=time,
            )
        case Remark.FOLD:
            return words.text(
                "The clocks go back then and show {time} twice: the first is meant.", time=time
            )


def place_text(session: Session, words: Words) -> str:
    """Where: a channel, an address without a preview, or words."""
    if session.channel_id is not None:
        return words.text("**Where:** {place}", place=f"<#{session.channel_id}>")
    place = session.place.strip()
    if len(place) <= LONGEST_LINK and _ADDRESS.fullmatch(place):
        return words.text("**Where:** {place}", place=f"<{place}>")
    shown = fit(escape(place), _PLACE)
    return words.text("**Where:** {place}", place=shown) if shown else ""


def _agenda_text(agenda: str, words: Words) -> str:
    shown = escape_lines(agenda, _AGENDA)
    return words.text("**Agenda**") + "\n" + shown if shown else ""
