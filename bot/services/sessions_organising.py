"""Sessions as organisers have them: skipped, moved, and given a paper, an agenda, a presenter."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import (
    ClubSession,
    SessionChange,
    SessionPart,
    recap_of,
)
from bot.domain.clubs import Club
from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.schedule import Occurrence
from bot.domain.schedule.errors import SessionOver
from bot.domain.sessions import SessionNotBegun, agenda_of
from bot.services import clubs_steps, session_steps
from bot.services.card_steps import cards_changed
from bot.services.catalogues import Catalogues
from bot.services.event_steps import events_changed
from bot.services.work import Unit, Work
from bot.storage import guilds, members, sessions

# So many sessions to come are looked through for one without a paper.
_LOOKED_THROUGH = 60


@dataclass(frozen=True, slots=True)
class _Begun:
    unit: Unit
    club: Club
    session: Occurrence
    row_id: int


class SessionOrganising:
    """Skipping and moving can be undone for a while.

    Every use case raises OrganisersOnly for anybody else, NotFound and ClubEnded for a club that
    is not there (any more), SessionUnknown and SessionOver, and is recorded.
    """

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def skip(self, actor: Actor, club_id: int, original: date) -> SessionChange:
        """The session does not take place; answers are kept."""
        async with self._work.write() as unit:
            club = await clubs_steps.organised(unit, actor, club_id)
            changed = club.timetable.skip(original, unit.now)
            return await session_steps.apply_change(
                unit, actor, club, original, changed, "session-skipped", can_be_undone=True
            )

    async def unskip(self, actor: Actor, club_id: int, original: date) -> SessionChange:
        """A skipped session takes place after all. Raises SessionsCollide."""
        async with self._work.write() as unit:
            club = await clubs_steps.organised(unit, actor, club_id)
            changed = club.timetable.unskip(original, unit.now)
            return await session_steps.apply_change(
                unit, actor, club, original, changed, "session-unskipped"
            )

    async def move(self, actor: Actor, club_id: int, original: date, to: datetime) -> SessionChange:
        """The session takes place at another wall-clock time (naive) in the club's zone.

        Answers, agenda and all else go along. Moving it again to where it was just moved changes
        nothing, and can be undone as the first time. Raises TimeUnclear, MovesTooFar,
        MovesIntoPast, SessionsCollide.
        """
        async with self._work.write() as unit:
            club = await clubs_steps.organised(unit, actor, club_id)
            changed = club.timetable.move(original, to, unit.now)
            change = await session_steps.apply_change(
                unit, actor, club, original, changed, "session-moved", can_be_undone=True
            )
            if change.line_id is not None:
                return change
            return replace(change, line_id=await session_steps.last_move(unit, club, original))

    async def preview_move(
        self, actor: Actor, club_id: int, original: date, to: datetime
    ) -> SessionChange:
        """The session as ``move`` would move it; nothing is stored. Raises what ``move`` does."""
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            club = await clubs_steps.club_of(conn, actor.guild_id, club_id)
            club.require_live()
            before = await clubs_steps.view_one(conn, club, original)
        moved = club.timetable.move(original, to, self._work.now())
        after = replace(
            before,
            club=replace(club, timetable=moved),
            occurrence=moved.session_on(original),
        )
        return SessionChange(before, after)

    async def set_paper(
        self,
        actor: Actor,
        club_id: int,
        original: date,
        paper_id: str | None,
        section_ids: Iterable[str] = (),
    ) -> SessionChange:
        """What is read for the session, all of the paper without sections; None: nothing yet.

        Raises NotFound for a paper or section that is gone.
        """
        parts = _parts(await self._catalogues.of(actor.guild_id), paper_id, section_ids)
        async with self._open(actor, club_id, original) as begun:
            before = await self._view(begun)
            await sessions.set_paper(begun.unit.conn, actor.guild_id, begun.row_id, paper_id, parts)
            await self._record(begun, actor, "session-paper-set")
            return SessionChange(before, await self._view(begun))

    async def organised_club(self, actor: Actor, club_id: int) -> Club:
        """The club, for who may organise it; nothing is stored."""
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            club = await clubs_steps.club_of(conn, actor.guild_id, club_id)
            club.require_live()
            return club

    async def set_next_paper(
        self, actor: Actor, club_id: int, paper_id: str | None
    ) -> SessionChange | None:
        """What is read for the next session that has no paper yet; None without such a session,
        or without a paper.
        """
        club = await self.organised_club(actor, club_id)
        if paper_id is None:
            return None
        async with self._work.read() as conn:
            coming = club.held.taking_place(self._work.now(), _LOOKED_THROUGH)
            views = await clubs_steps.view(conn, club, coming)
        for view in views:
            if not view.session.readings:
                return await self.set_paper(actor, club_id, view.occurrence.original, paper_id)
        return None

    async def set_agenda(
        self, actor: Actor, club_id: int, original: date, agenda: str
    ) -> SessionChange:
        """What the session goes through; nothing with an empty text. Raises AgendaTooLong."""
        text = agenda_of(agenda)
        async with self._open(actor, club_id, original) as begun:
            before = await self._view(begun)
            await sessions.set_agenda(begun.unit.conn, actor.guild_id, begun.row_id, text)
            await self._record(begun, actor, "session-agenda-set")
            return SessionChange(before, await self._view(begun))

    async def set_presenter(
        self, actor: Actor, club_id: int, original: date, user_id: int | None, name: str = ""
    ) -> SessionChange:
        """Who presents, with the name they bear; None for nobody."""
        async with self._open(actor, club_id, original) as begun:
            before = await self._view(begun)
            unit = begun.unit
            if user_id is not None:
                await members.record_member(unit.conn, actor.guild_id, user_id, name, unit.now)
            await sessions.set_presenter(unit.conn, actor.guild_id, begun.row_id, user_id, unit.now)
            await self._record(begun, actor, "session-presenter-set", member_id=user_id)
            return SessionChange(before, await self._view(begun))

    async def set_recap(
        self, actor: Actor, club_id: int, original: date, recap: str
    ) -> ClubSession:
        """The session has been, and this is to be remembered of it; a text empty keeps the last.

        Who presented it may say so too. Raises RecapTooLong, SessionSkipped, and SessionNotBegun
        before it begins.
        """
        text = recap_of(recap)
        async with self._work.write() as unit:
            club = await self._presented(unit, actor, club_id, original)
            session = (await clubs_steps.held(unit, actor, club_id, original)).occurrence
            if session.starts > unit.now:
                raise SessionNotBegun(session.starts)
            row_id = await clubs_steps.session_row(unit, club, session)
            await sessions.set_held(unit.conn, actor.guild_id, row_id, text)
            await cards_changed(unit, actor.guild_id, row_id)
            await unit.audit(
                actor, "session-recap-set", session_steps.subject_of(club.id, original)
            )
            return await clubs_steps.view_one(unit.conn, club, original)

    async def require_recorder(self, actor: Actor, club_id: int, original: date) -> ClubSession:
        """The session, for who may say how it was: organisers, and who presented it."""
        async with self._work.read() as conn:
            club = await clubs_steps.club_of(conn, actor.guild_id, club_id)
            found = await clubs_steps.view_one(conn, club, original)
            if found.session.presenter_id != actor.user_id:
                (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            return found

    async def _presented(self, unit: Unit, actor: Actor, club_id: int, original: date) -> Club:
        club = await clubs_steps.club_of(unit.conn, actor.guild_id, club_id)
        found = await clubs_steps.view_one(unit.conn, club, original)
        if found.session.presenter_id != actor.user_id:
            return await clubs_steps.organised(unit, actor, club_id)
        club.require_live()
        await unit.arrive(actor)
        return club

    @asynccontextmanager
    async def _open(self, actor: Actor, club_id: int, original: date) -> AsyncIterator[_Begun]:
        """A session that is not over yet, with its row, within a transaction."""
        async with self._work.write() as unit:
            club = await clubs_steps.organised(unit, actor, club_id)
            session = club.session_on(original)
            if session.starts + club.length <= unit.now:
                raise SessionOver(original)
            yield _Begun(unit, club, session, await clubs_steps.session_row(unit, club, session))

    async def _view(self, begun: _Begun) -> ClubSession:
        return await clubs_steps.view_one(begun.unit.conn, begun.club, begun.session.original)

    async def _record(
        self, begun: _Begun, actor: Actor, action: str, *, member_id: int | None = None
    ) -> None:
        subject = session_steps.subject_of(begun.club.id, begun.session.original)
        await events_changed(begun.unit, begun.club.guild_id)
        await begun.unit.audit(actor, action, subject, member_id=member_id)


def _parts(
    catalogue: Catalogue, paper_id: str | None, section_ids: Iterable[str]
) -> tuple[SessionPart, ...]:
    if paper_id is None:
        return ()
    theory = catalogue.theory_of(paper_id)
    paper = None if theory is None else theory.paper(paper_id)
    if paper is None:
        raise NotFound
    known = [section.id for section in paper.sections]
    wanted = set(section_ids)
    if not wanted <= set(known):
        raise NotFound
    return tuple(SessionPart(paper_id, one) for one in known if one in wanted)
