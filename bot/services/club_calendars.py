"""A club for calendar programs: the file with all its sessions, and a link for one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club
from bot.domain.schedule import published
from bot.exchange.calendar import (
    CalendarSegment,
    ClubCalendar,
    LinkedSession,
    SessionText,
    calendar_file,
    google_link,
)
from bot.services import clubs_steps
from bot.services.catalogues import Catalogues
from bot.services.work import Work
from bot.storage import deployment, sessions

# So far ahead single sessions are looked at; rules go on beyond.
_AHEAD = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What a session says of itself in a calendar: title, description, place."""

    title: str
    description: str = ""
    place: str = ""


Told = Callable[[ClubSession, Catalogue], CalendarWords]


class ClubCalendars:
    """``told`` puts a session into words; it is called for a bare one and for each with facts."""

    def __init__(self, work: Work, catalogues: Catalogues, told: Told) -> None:
        self._work = work
        self._catalogues = catalogues
        self._told = told

    async def file(self, guild_id: int, club_id: int, reminder: str) -> tuple[Club, bytes]:
        """The club and its calendar file. Raises NotFound."""
        catalogue = await self._catalogues.of(guild_id)
        async with self._work.read() as conn:
            club = await clubs_steps.club_of(conn, guild_id, club_id)
            days = await sessions.days_with_facts(conn, guild_id, club_id)
            known = await clubs_steps.view(conn, club, [club.session_on(day) for day in days])
            installation = await deployment.installation(conn)
        covers = (self._work.now() + _AHEAD).date()
        made = _calendar(
            club,
            known,
            lambda found: self._told(found, catalogue),
            UUID(installation),
            reminder,
            covers,
        )
        return club, await asyncio.to_thread(calendar_file, made)

    def link(self, session: ClubSession, catalogue: Catalogue, url: str = "") -> str:
        """See ``calendar_link``."""
        return calendar_link(session, self._told(session, catalogue), url)


def calendar_link(session: ClubSession, said: CalendarWords, url: str = "") -> str:
    """A link that puts one session into Google's calendar, with the address of its thread."""
    return google_link(
        LinkedSession(
            said.title,
            session.occurrence.starts,
            session.club.length,
            session.club.series.zone,
            said.place,
            url or said.description,
        )
    )


def _calendar(
    club: Club,
    known: Iterable[ClubSession],
    told: Callable[[ClubSession], CalendarWords],
    deployment_id: UUID,
    reminder: str,
    covers: date,
) -> ClubCalendar:
    texts = {one.occurrence.original: _text(told(one)) for one in known if _says_more(one)}
    segments = []
    for found in published(club.held, covers):
        originals = {one.original for one in found.sessions}
        plain = told(ClubSession(club, found.sessions[0])) if found.sessions else None
        segments.append(
            CalendarSegment(
                key=str(club.series_ids[found.number]),
                series=found.series,
                length=club.length,
                place="" if plain is None else plain.place,
                sequence=club.version,
                changed_at=club.changed_at,
                occurrences=found.sessions,
                texts={day: text for day, text in texts.items() if day in originals},
            )
        )
    return ClubCalendar(deployment_id, club.id, club.name, "", tuple(segments), covers, reminder)


def _text(said: CalendarWords) -> SessionText:
    return SessionText(said.title, said.description)


def _says_more(session: ClubSession) -> bool:
    """Whether there is more to say of it than of every session of the club."""
    facts = session.facts
    return facts is not None and bool(facts.readings or facts.agenda)
