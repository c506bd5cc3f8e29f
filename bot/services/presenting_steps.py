"""Steps of finding a presenter that several use cases take within their own transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club
from bot.domain.deadlines import DeadlineKind
from bot.domain.notices import NoticeKind
from bot.domain.presenting import Candidate, NobodyPresents, NotAsked, Presenting, answer_until
from bot.services import clubs_steps
from bot.services.event_steps import events_changed
from bot.services.work import Unit
from bot.storage import sessions, sessions_answers, sessions_presenting


async def candidates(conn: AsyncConnection, found: ClubSession) -> tuple[Candidate, ...]:
    """Who could present the session, which must have a row."""
    assert found.facts is not None
    session = found.session
    papers = {reading.paper_id for reading in session.readings}
    return await sessions_presenting.candidates(
        conn, found.club.guild_id, found.club.id, found.facts.id, papers, session.starts
    )


async def standing(conn: AsyncConnection, found: ClubSession) -> Presenting:
    """How far the search for a presenter is."""
    if found.facts is None:
        return Presenting()
    asked, passed = await sessions_answers.presenting(conn, found.club.guild_id, found.facts.id)
    if found.facts.presenter_id is not None:
        return Presenting(found.facts.presenter_id, agreed=True, passed=passed)
    return Presenting(asked, passed=passed)


async def keep(unit: Unit, found: ClubSession, before: Presenting, after: Presenting) -> None:
    """Stores how far the search is now; who is asked anew is told, and has some time."""
    assert found.facts is not None
    if after == before:
        return
    guild_id, row_id = found.club.guild_id, found.facts.id
    asked = None if after.agreed else after.asked
    await sessions_answers.set_presenting(
        unit.conn, guild_id, row_id, asked, after.passed, unit.now
    )
    await events_changed(unit, guild_id)
    if after.agreed or asked is not None:
        presenter_id = after.presenter_id
        await sessions.set_presenter(unit.conn, guild_id, row_id, presenter_id, unit.now)
    elif before.asked is not None:
        await sessions.set_takes(unit.conn, guild_id, row_id)
    if asked is None:
        await unit.clear_deadlines(guild_id, row_id, DeadlineKind.PRESENTER_ASKED)
    elif asked != before.asked or before.agreed:
        until = answer_until(unit.now, found.occurrence.starts)
        starts = int(found.occurrence.starts.timestamp())
        detail = f"{found.club.id}:{found.occurrence.original.isoformat()}:{starts}"
        await unit.tell(
            guild_id, asked, NoticeKind.PRESENTER_ASKED, detail=detail, expires_at=until
        )
        await unit.set_deadline(guild_id, DeadlineKind.PRESENTER_ASKED, row_id, until)


async def pass_on(unit: Unit, club: Club, original: date, user_id: int) -> None:
    """The member cannot: if they are asked or were to present, the next one is asked."""
    found = await clubs_steps.view_one(unit.conn, club, original)
    before = await standing(unit.conn, found)
    try:
        after = before.pass_on(user_id, await candidates(unit.conn, found))
    except (NotAsked, NobodyPresents):
        return
    await keep(unit, found, before, after)


async def make_room(unit: Unit, guild_id: int, user_id: int, club_id: int | None = None) -> None:
    """The member leaves the club (None: every club of the server): wherever they were to present
    or are asked to, the next one is asked, as when they say that they cannot.
    """
    found = await sessions_presenting.counted_on(unit.conn, guild_id, user_id, unit.now, club_id)
    for of, original in found:
        club = await clubs_steps.club_of(unit.conn, guild_id, of)
        if club.held.takes_place(club.session_on(original)):
            await pass_on(unit, club, original, user_id)
