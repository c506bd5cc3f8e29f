"""Who presents a session: members say that they would, that they will, and that they cannot."""

from __future__ import annotations

from datetime import date

from bot.domain.club_sessions import ClubSession
from bot.domain.deadlines import Deadline
from bot.domain.members import Actor
from bot.domain.presenting import Offer
from bot.services import clubs_steps, presenting_steps
from bot.services.work import Unit, Work
from bot.storage import clubs, clubs_members, sessions


class Presenters:
    """Every use case raises NotFound, SessionUnknown, and what ``Session.require_answerable`` does.

    Who is asked, and who declined, is told to nobody else.
    """

    def __init__(self, work: Work) -> None:
        self._work = work

    async def offer(self, actor: Actor, club_id: int, original: date) -> tuple[ClubSession, Offer]:
        """The member would present this session, and others of the club; what comes of it."""
        async with self._work.write() as unit:
            found = await self._coming(unit, actor, club_id, original)
            await clubs_members.volunteer(
                unit.conn, actor.guild_id, club_id, actor.user_id, unit.now
            )
            before = await presenting_steps.standing(unit.conn, found)
            able = await presenting_steps.candidates(unit.conn, found)
            after, offer = before.offered(actor.user_id, able)
            await presenting_steps.keep(unit, found, before, after)
            return await clubs_steps.view_one(unit.conn, found.club, original), offer

    async def accept(self, actor: Actor, club_id: int, original: date) -> ClubSession:
        """The member who is asked will present. Raises NotAsked; saying so twice is fine."""
        async with self._work.write() as unit:
            found = await self._coming(unit, actor, club_id, original)
            before = await presenting_steps.standing(unit.conn, found)
            await presenting_steps.keep(unit, found, before, before.agree(actor.user_id))
            return await clubs_steps.view_one(unit.conn, found.club, original)

    async def decline(self, actor: Actor, club_id: int, original: date) -> ClubSession:
        """The member who is asked, or was to present, cannot; the next one is asked.

        Raises NotAsked, NobodyPresents.
        """
        async with self._work.write() as unit:
            found = await self._coming(unit, actor, club_id, original)
            before = await presenting_steps.standing(unit.conn, found)
            able = await presenting_steps.candidates(unit.conn, found)
            after = before.pass_on(actor.user_id, able)
            await presenting_steps.keep(unit, found, before, after)
            return await clubs_steps.view_one(unit.conn, found.club, original)

    async def on_deadline(self, unit: Unit, deadline: Deadline) -> None:
        """Who was asked has let the time go by: the next one is asked."""
        facts = await sessions.session_with(unit.conn, deadline.guild_id, deadline.subject_id)
        if facts is None or facts.original is None:
            return
        club = await clubs.club_with(unit.conn, deadline.guild_id, facts.club_id)
        if club is None:
            return
        session = club.session_on(facts.original)
        if not club.held.takes_place(session) or session.starts <= unit.now:
            return
        found = await clubs_steps.view_one(unit.conn, club, facts.original)
        standing = await presenting_steps.standing(unit.conn, found)
        if standing.asked is not None and not standing.agreed:
            await presenting_steps.pass_on(unit, club, facts.original, standing.asked)

    async def _coming(self, unit: Unit, actor: Actor, club_id: int, original: date) -> ClubSession:
        """A session that is not over yet, with its row."""
        found = await clubs_steps.held(unit, actor, club_id, original)
        found.session.require_answerable(unit.now)
        await unit.arrive(actor)
        await clubs_steps.session_row(unit, found.club, found.occurrence)
        return await clubs_steps.view_one(unit.conn, found.club, original)
