"""A club's plan: the sections of papers laid over its sessions to come, and laid anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import planned_parts, sittings
from bot.domain.clubs import Club
from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.plan import Plan, Reading, Shift, Sitting, budget, difference, lay, replan
from bot.services import clubs_steps
from bot.services.catalogues import Catalogues
from bot.services.event_steps import events_changed
from bot.services.work import Unit, Work
from bot.storage import clubs, clubs_plans, guilds, sessions

# So many sessions ahead a plan reaches at most.
FARTHEST = 60


@dataclass(frozen=True, slots=True)
class LaidPlan:
    """A club's plan, and what is read in other sessions than in the plan before."""

    club: Club
    plan: Plan
    shifts: tuple[Shift, ...]


class ClubPlans:
    """Every use case raises OrganisersOnly for anybody else, NotFound and ClubEnded for a club that
    is not there (any more), NothingToPlan, NoSessionToPlan and PlanTooLong.
    """

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def preview(
        self, actor: Actor, club_id: int, paper_ids: Sequence[str], hours_a_week: float
    ) -> LaidPlan:
        """The plan as it would be laid; nothing is stored. Raises HoursOutOfRange."""
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            rules.require_organiser(actor)
            club = await clubs_steps.club_of(conn, actor.guild_id, club_id)
            club.require_live()
            return await self._laid(conn, catalogue, club, paper_ids, hours_a_week)

    async def lay(
        self, actor: Actor, club_id: int, paper_ids: Sequence[str], hours_a_week: float
    ) -> LaidPlan:
        """Lays the papers, one after the other, over the sessions to come, in place of what a plan
        before had laid there; what was chosen by hand for other sessions stays.

        Raises HoursOutOfRange, and NotFound for a paper that is gone.
        """
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.write() as unit:
            club = await clubs_steps.organised(unit, actor, club_id)
            laid = await self._laid(unit.conn, catalogue, club, paper_ids, hours_a_week)
            await clubs_plans.set_plan(
                unit.conn, actor.guild_id, club_id, paper_ids, max(1, round(hours_a_week * 60))
            )
            await self._store(unit, laid)
            await unit.audit(actor, "club-planned", f"club:{club_id}")
            return laid

    async def preview_again(self, actor: Actor, club_id: int) -> LaidPlan:
        """The plan as it would be laid anew from now on. Raises NotFound without a plan."""
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            rules.require_organiser(actor)
            club = await clubs_steps.club_of(conn, actor.guild_id, club_id)
            club.require_live()
            return await self._laid_again(conn, catalogue, club)

    async def lay_again(self, actor: Actor, club_id: int) -> LaidPlan:
        """Lays what is left of the plan anew from now on. Raises NotFound without a plan."""
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.write() as unit:
            club = await clubs_steps.organised(unit, actor, club_id)
            laid = await self._laid_again(unit.conn, catalogue, club)
            await self._store(unit, laid)
            await unit.audit(actor, "club-planned", f"club:{club_id}")
            return laid

    async def _laid_again(
        self, conn: AsyncConnection, catalogue: Catalogue, club: Club
    ) -> LaidPlan:
        kept = await clubs_plans.plan_of(conn, club.guild_id, club.id)
        if kept is None:
            raise NotFound
        paper_ids, minutes = kept
        old = await self._old(conn, club)
        plan = replan(
            old,
            {sitting.session for sitting in old if self._has_been(club, sitting)},
            _readings(catalogue, paper_ids),
            self._days(club),
            budget(club.series.recurrence, minutes / 60),
        )
        return LaidPlan(club, plan, difference(old, plan.sittings))

    async def _laid(
        self,
        conn: AsyncConnection,
        catalogue: Catalogue,
        club: Club,
        paper_ids: Sequence[str],
        hours_a_week: float,
    ) -> LaidPlan:
        minutes = budget(club.series.recurrence, hours_a_week)
        plan = lay(_readings(catalogue, paper_ids), self._days(club), minutes)
        old = await self._old(conn, club)
        ahead = [sitting for sitting in old if not self._has_been(club, sitting)]
        return LaidPlan(club, plan, difference(ahead, plan.sittings))

    async def _store(self, unit: Unit, laid: LaidPlan) -> None:
        club = laid.club
        wanted = {sitting.session: sitting for sitting in laid.plan.sittings}
        for sitting in await self._old(unit.conn, club):
            if not self._has_been(club, sitting):
                wanted.setdefault(sitting.session, Sitting(sitting.session, ()))
        for day, sitting in sorted(wanted.items()):
            if self._has_been(club, sitting):
                continue
            row_id = await clubs_steps.session_row(unit, club, club.session_on(day))
            parts = planned_parts(sitting)
            paper_id = parts[0].paper_id if parts else None
            await sessions.set_paper(unit.conn, club.guild_id, row_id, paper_id, parts)
        await events_changed(unit, club.guild_id)
        # Calendars that were fetched before take only what bears a higher number.
        await clubs.change_club(unit.conn, club.guild_id, club.id, unit.now)

    async def _old(self, conn: AsyncConnection, club: Club) -> tuple[Sitting, ...]:
        days = await sessions.days_with_facts(conn, club.guild_id, club.id)
        facts = await sessions.session_facts(conn, club.guild_id, club.id, days)
        return sittings(facts.values())

    def _days(self, club: Club) -> list[date]:
        """The sessions that can still be read for, in their order."""
        coming = club.held.taking_place(self._work.now(), FARTHEST)
        return [session.original for session in coming]

    def _has_been(self, club: Club, sitting: Sitting) -> bool:
        session = club.session_on(sitting.session)
        return session.starts <= self._work.now() and club.held.takes_place(session)


def _readings(catalogue: Catalogue, paper_ids: Sequence[str]) -> list[Reading]:
    """Raises NotFound for a paper that the catalogue does not have."""
    readings = []
    for paper_id in paper_ids:
        theory = catalogue.theory_of(paper_id)
        paper = None if theory is None else theory.paper(paper_id)
        if theory is None or paper is None:
            raise NotFound
        hours = theory.hours.typical if paper.hours is None else paper.hours
        readings.append(Reading(paper_id, paper.sections, hours))
    return readings
