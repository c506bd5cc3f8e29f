"""What members decide about themselves, and when they are away."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.members import (
    Absence,
    AbsenceIncomplete,
    Actor,
    DateUnclear,
    DmConsent,
    MemberSettings,
    SettingsChange,
    TagUnknown,
)
from bot.domain.zones import ZoneOffer, Zones
from bot.exchange.dates import ReadDate, read_date
from bot.services import member_steps, reminder_steps, signup_steps
from bot.services.card_steps import cards_changed
from bot.services.work import Unit, Work
from bot.storage import members

_CHOICES = 25
_NO_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class PlannedAbsence:
    """An absence as it was understood, before it is confirmed. ``zone`` is None until one is set:
    then the dates were read in UTC. ``replaces`` is another absence it would take the place of.
    """

    absence: Absence
    zone: str | None
    replaces: Absence | None = None


class Members:
    """Settings and absence of one member at a time, in one server."""

    def __init__(self, work: Work, catalogue: Catalogue, zones: Zones) -> None:
        self._work = work
        self._catalogue = catalogue
        self._zones = zones

    async def settings(self, actor: Actor) -> MemberSettings:
        """What the member has decided here; looking stores nothing."""
        async with self._work.read() as conn:
            return await members.settings_of(conn, actor.guild_id, actor.user_id)

    async def change(self, actor: Actor, change: SettingsChange) -> MemberSettings:
        """Changes what is given, and returns all of it. Raises ZoneUnknown, TagUnknown."""
        if change.zone is not None:
            self._zones.require(change.zone, self._work.now())
        if change.tags and not change.tags <= set(self._catalogue.vocabulary.prerequisites):
            raise TagUnknown
        async with self._work.write() as unit:
            await unit.arrive(actor)
            await members.change_settings(unit.conn, actor.guild_id, actor.user_id, change)
            if change.dm is DmConsent.YES:
                await reminder_steps.dms_allowed(unit, actor.guild_id, actor.user_id)
            return await members.settings_of(unit.conn, actor.guild_id, actor.user_id)

    async def change_tags(
        self, actor: Actor, among: frozenset[str], chosen: frozenset[str]
    ) -> MemberSettings:
        """Of the tags ``among`` the member knows the ``chosen``; the others stay as they are.

        Raises TagUnknown for a tag that the catalogue does not have.
        """
        if not chosen <= among & set(self._catalogue.vocabulary.prerequisites):
            raise TagUnknown
        async with self._work.write() as unit:
            await unit.arrive(actor)
            before = await members.settings_of(unit.conn, actor.guild_id, actor.user_id)
            change = SettingsChange(tags=before.tags - among | chosen)
            await members.change_settings(unit.conn, actor.guild_id, actor.user_id, change)
            return await members.settings_of(unit.conn, actor.guild_id, actor.user_id)

    def zone_offers(self, typed: str) -> tuple[ZoneOffer, ...]:
        """Time zones for what is typed so far, at most 25."""
        return self._zones.offers(typed, self._work.now(), _CHOICES)

    async def plan_absence(self, actor: Actor, begins: str, ends: str) -> PlannedAbsence:
        """What two dates mean in the member's zone; nothing is stored.

        Raises AbsenceIncomplete, DateUnclear, or what ``Absence.planned`` raises.
        """
        if not begins.strip() or not ends.strip():
            raise AbsenceIncomplete
        settings = await self.settings(actor)
        zone, set_before = settings.zone, settings.absence
        now = self._work.now()
        # A zone may be gone from a newer list of zones.
        reading_in = zone if zone and zone in self._zones else _NO_ZONE
        first = await _read("from", begins, now, reading_in)
        last = await _read("to", ends, now, reading_in)
        absence = Absence.planned(first.beginning(reading_in), last.end(reading_in), now)
        is_over = set_before is None or set_before.ends <= now or set_before == absence
        return PlannedAbsence(absence, zone, None if is_over else set_before)

    async def go_away(self, actor: Actor, begins: datetime, ends: datetime) -> Absence:
        """The member will be away, in place of any other absence; at once if it has begun.

        Raises what ``Absence.planned`` raises.
        """
        guild_id, user_id = actor.guild_id, actor.user_id
        async with self._work.write() as unit:
            absence = Absence.planned(begins, ends, unit.now)
            await unit.arrive(actor)
            await members.set_absence(unit.conn, guild_id, user_id, absence)
            await cards_changed(unit, guild_id)
            await unit.set_deadline(guild_id, DeadlineKind.AWAY_ENDS, user_id, absence.ends)
            if absence.covers(unit.now):
                await unit.clear_deadlines(guild_id, user_id, DeadlineKind.AWAY_BEGINS)
                await signup_steps.pause(unit, guild_id, user_id)
            else:
                await unit.set_deadline(guild_id, DeadlineKind.AWAY_BEGINS, user_id, absence.begins)
                # The absence before may have begun already.
                await member_steps.resume_if_here(unit, guild_id, user_id)
        return absence

    async def come_back(self, actor: Actor) -> bool:
        """The member is not away, or not any more; whether an absence was taken back."""
        async with self._work.write() as unit:
            await unit.arrive(actor)
            presence = await members.presence_of(unit.conn, actor.guild_id, actor.user_id)
            if presence.absence is None:
                return False
            await self._end_absence(unit, actor.guild_id, actor.user_id)
        return True

    async def on_deadline(self, unit: Unit, deadline: Deadline) -> None:
        """An absence begins or ends."""
        guild_id, user_id = deadline.guild_id, deadline.subject_id
        absence = (await members.presence_of(unit.conn, guild_id, user_id)).absence
        if absence is None:
            return
        if absence.ends <= unit.now:
            await self._end_absence(unit, guild_id, user_id)
        elif absence.covers(unit.now):
            await signup_steps.pause(unit, guild_id, user_id)

    async def _end_absence(self, unit: Unit, guild_id: int, user_id: int) -> None:
        await members.set_absence(unit.conn, guild_id, user_id, None)
        await cards_changed(unit, guild_id)
        await unit.clear_deadlines(
            guild_id, user_id, DeadlineKind.AWAY_BEGINS, DeadlineKind.AWAY_ENDS
        )
        await member_steps.resume_if_here(unit, guild_id, user_id)


async def _read(option: str, text: str, now: datetime, zone: str) -> ReadDate:
    # In a thread: the first date loads tables for a tenth of a second.
    found = await asyncio.to_thread(read_date, text, now, zone)
    if found is None:
        raise DateUnclear(option)
    return found
