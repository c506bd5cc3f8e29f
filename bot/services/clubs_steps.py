"""Steps of clubs and their sessions that several use cases take within their own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club
from bot.domain.errors import NotFound
from bot.domain.members import Absence, Actor
from bot.domain.schedule import Occurrence
from bot.domain.sessions import SessionSkipped, guests
from bot.services.card_steps import cards_changed
from bot.services.event_steps import events_changed
from bot.services.reminder_steps import club_changed, member_changed
from bot.services.work import Unit
from bot.storage import clubs, clubs_members, guilds, members, sessions, sessions_answers

# So many of a club's next sessions always have a row: those that are shown outside the bot.
PLANNED_AHEAD = 4


async def club_of(conn: AsyncConnection, guild_id: int, club_id: int) -> Club:
    """A club of the server, ended or not. Raises NotFound."""
    found = await clubs.club_with(conn, guild_id, club_id)
    if found is None:
        raise NotFound
    return found


async def organised(unit: Unit, actor: Actor, club_id: int) -> Club:
    """A club that an organiser is about to change.

    Raises OrganisersOnly, NotFound, and ClubEnded for one that meets no more.
    """
    rules = await guilds.guild_rules(unit.conn, actor.guild_id)
    rules.require_organiser(actor)
    found = await club_of(unit.conn, actor.guild_id, club_id)
    found.require_live()
    await unit.arrive(actor)
    return found


async def join(unit: Unit, actor: Actor, club: Club) -> bool:
    """The member, who has a row, is counted on at every session; whether that was news.

    Raises ClubEnded.
    """
    club.require_live()
    is_new = await clubs_members.join(unit.conn, actor.guild_id, club.id, actor.user_id, unit.now)
    if is_new:
        await cards_changed(unit, actor.guild_id)
        await member_changed(unit, actor.guild_id, actor.user_id, club)
    return is_new


async def held(unit: Unit, actor: Actor, club_id: int, original: date) -> ClubSession:
    """A session that takes place. Raises NotFound, SessionUnknown, and SessionSkipped."""
    club = await club_of(unit.conn, actor.guild_id, club_id)
    session = club.session_on(original)
    if not club.held.takes_place(session):
        raise SessionSkipped
    return ClubSession(club, session)


async def session_row(unit: Unit, club: Club, session: Occurrence) -> int:
    """The id of a session's row, made when nothing was known of it before."""
    return await sessions.ensure_session(
        unit.conn, club.guild_id, club.id, session.original, session.starts
    )


async def planned(unit: Unit, guild_id: int, club_id: int) -> Club:
    """The club as it is now; its next sessions that take place have rows afterwards.

    Call it after every change of when a club meets. Whenever a session is over, the round of
    scheduled events that is due then gives the next one its row.
    """
    club = await club_of(unit.conn, guild_id, club_id)
    for session in club.held.taking_place(unit.now, PLANNED_AHEAD):
        await session_row(unit, club, session)
    await events_changed(unit, guild_id)
    await club_changed(unit, club)
    return club


async def view(
    conn: AsyncConnection, club: Club, occurrences: Iterable[Occurrence]
) -> tuple[ClubSession, ...]:
    """Sessions of a club with what is known about each."""
    occurrences = tuple(occurrences)
    originals = [session.original for session in occurrences]
    facts = await sessions.session_facts(conn, club.guild_id, club.id, originals)
    ids = [one.id for one in facts.values()]
    answers = await sessions_answers.answers_to(conn, club.guild_id, ids)
    standing = await clubs_members.standing_members(conn, club.guild_id, club.id)
    views = []
    for session in occurrences:
        known = facts.get(session.original)
        rsvps = () if known is None else answers.get(known.id, ())
        away = _away(standing, session)
        views.append(ClubSession(club, session, known, guests(rsvps, standing, away)))
    return tuple(views)


def _away(standing: Mapping[int, Absence | None], session: Occurrence) -> set[int]:
    """The standing members who are away when the session begins."""
    return {
        user_id
        for user_id, absence in standing.items()
        if absence is not None and absence.covers(session.starts)
    }


async def view_one(conn: AsyncConnection, club: Club, original: date) -> ClubSession:
    """One session with what is known about it, names and all. Raises SessionUnknown."""
    (found,) = await view(conn, club, [club.session_on(original)])
    named = {*found.guests.going, *found.guests.maybe}
    attended: tuple[int, ...] = ()
    if found.facts is not None:
        attended = await sessions_answers.attendance(conn, club.guild_id, found.facts.id)
        if found.facts.presenter_id is not None:
            named.add(found.facts.presenter_id)
    names = await members.display_names(conn, club.guild_id, named)
    return replace(found, names=names, attended=len(attended))
