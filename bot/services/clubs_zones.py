"""A newer time-zone database: which sessions start at another instant than was planned."""

from __future__ import annotations

from bot.domain.club_news import Planned, Topic, Was
from bot.domain.club_sessions import ZoneShift
from bot.domain.schedule import shifted
from bot.services import club_news_steps, clubs_steps, reminder_steps
from bot.services.event_steps import events_changed
from bot.services.work import Unit, Work
from bot.storage import clubs, sessions, sessions_changes


class ClubZones:
    """Called once at every start, before anything is told about sessions."""

    def __init__(self, work: Work, zone_version: str) -> None:
        self._work = work
        self._zone_version = zone_version

    async def replan(self) -> tuple[ZoneShift, ...]:
        """Plans all clubs with the time-zone database in use, each in one transaction.

        Returns the sessions of which members were told another instant; each comes once, and one
        announcement a club tells of them.
        """
        async with self._work.read() as conn:
            waiting = await clubs.planned_otherwise(conn, self._zone_version)
        moved: list[ZoneShift] = []
        for guild_id, club_id in waiting:
            async with self._work.write() as unit:
                moved += await self._replan(unit, guild_id, club_id)
        return tuple(moved)

    async def _replan(self, unit: Unit, guild_id: int, club_id: int) -> list[ZoneShift]:
        club = await clubs_steps.club_of(unit.conn, guild_id, club_id)
        kept = await sessions.planned_sessions(unit.conn, guild_id, club_id, unit.now)
        found = shifted((club.session_on(day) for day in sorted(kept)), kept, unit.now)
        for shift in found:
            session = shift.session
            await sessions_changes.record_shift(
                unit.conn, guild_id, club_id, session.original, session.starts
            )
        if found:
            await events_changed(unit, guild_id)
            await clubs.change_club(unit.conn, guild_id, club_id, unit.now)
        await clubs.set_zones(unit.conn, guild_id, club_id, self._zone_version)
        await reminder_steps.club_changed(unit, club)
        told = [shift for shift in found if club.held.takes_place(shift.session)]
        if told:
            was = tuple(Planned(one.session.original, one.planned) for one in told)
            await club_news_steps.tell(unit, club, Topic.CLOCKS.value, Was(sessions=was))
        views = await clubs_steps.view(unit.conn, club, [shift.session for shift in told])
        return [ZoneShift(view, shift.planned) for view, shift in zip(views, told, strict=True)]
