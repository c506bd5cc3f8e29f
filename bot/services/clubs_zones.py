"""A newer time-zone database: which sessions start at another instant than was planned."""

from __future__ import annotations

from bot.domain.club_sessions import ZoneShift
from bot.domain.schedule import shifted
from bot.services import clubs_steps, reminder_steps
from bot.services.event_steps import events_changed
from bot.services.work import Unit, Work
from bot.storage import clubs, sessions, sessions_changes


class ClubZones:
    """Call it once at every start, before anything is told about sessions."""

    def __init__(self, work: Work, zone_version: str) -> None:
        self._work = work
        self._zone_version = zone_version

    async def replan(self) -> tuple[ZoneShift, ...]:
        """Plans all clubs with the time-zone database in use, each in one transaction.

        Returns the sessions of which members were told another instant; each comes once.
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
        views = await clubs_steps.view(unit.conn, club, [shift.session for shift in found])
        return [
            ZoneShift(view, shift.planned)
            for view, shift in zip(views, found, strict=True)
            if club.held.takes_place(shift.session)
        ]
