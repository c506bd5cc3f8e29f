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
