"""A session in words: when, where, what is read, who presents, and who comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.catalogue import Catalogue, Paper
from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import LONGEST_LINK
from bot.domain.outline import Outline
from bot.domain.schedule import Remark
from bot.domain.sessions import Answer, Guests, Phase, Session, SessionReading, Style
from bot.render.markdown import bullets, escape, escape_lines, fit
from bot.render.papers import title_text
from bot.render.presets import agenda_text
from bot.render.schedule_words import day_in_words
from bot.render.times import timestamp
from bot.render.words import Words

MOST_NAMES = 10
_NAME, _TITLE, _PLACE = 32, 100, 200
_AGENDA, _PAPER, _READINGS = 1200, 400, 5
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
        reading=_readings_text(session, catalogue, now, words),
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


def _readings_text(session: Session, catalogue: Catalogue, now: datetime, words: Words) -> str:
    lines = [line for one in session.readings if (line := reading_text(one, catalogue, words))]
    if not lines:
        return ""
    over = session.phase(now) is Phase.OVER
    label = words.text("**Read:**") if over else words.text("**To read:**")
    if len(lines) == 1:
        return f"{label} {lines[0]}"
    if len(lines) > _READINGS:
        more = len(lines) - _READINGS
        lines[_READINGS:] = [words.plural("{n} more", "{n} more", more)]
    return f"{label}\n{bullets(lines)}"


def section_numbers(reading: SessionReading, paper: Paper) -> str:
    """The sections of a paper that are read, by number; empty when that is all of it."""
    outline = Outline(paper.sections)
    known = outline.known(reading.section_ids)
    return "" if len(known) == len(paper.sections) else outline.written(known)


def reading_text(
    reading: SessionReading, catalogue: Catalogue, words: Words, *, linked: bool = True
) -> str:
    """A paper and the sections of it by number; empty when it has left the catalogue.

    One section is named too. ``linked``: the title leads to the paper.
    """
    theory = catalogue.theory_of(reading.paper_id)
    paper = None if theory is None else theory.paper(reading.paper_id)
    if paper is None:
        return ""
    outline = Outline(paper.sections)
    known = outline.known(reading.section_ids)
    title = fit(title_text(paper) if linked else paper.title, _PAPER)
    written = section_numbers(reading, paper)
    if not written:
        return title
    if len(known) > 1:
        return words.text("{paper}, sections {numbers}", paper=title, numbers=written)
    only = next(section for section in paper.sections if section.id in known)
    return words.text(
        "{paper}, section {number}: {section}",
        paper=title,
        number=written,
        section=fit(escape(only.title), _TITLE),
    )


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
    """Who comes and who may come, by name; who cannot is counted on the
    button, and not named.

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
