"""What a member chooses about their own reminders in one server."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import time
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import NotFound
from bot.domain.members import Actor, DmConsent, SettingsChange
from bot.domain.reminders import BUDGETS, BudgetImpossible, OwnReminders, QuietHours
from bot.domain.zones import Zones
from bot.services import clubs_steps, reminder_steps
from bot.services.work import Unit, Work
from bot.storage import clubs, deliveries_members, members, reminder_choices

# What asks for direct messages, so that choosing it is a yes to them.
_ASKS_FOR_DMS = ("by_dm", "reads_by")


class OwnReminding:
    """Everything here is about whoever acts."""

    def __init__(self, work: Work, zones: Zones) -> None:
        self._work = work
        self._zones = zones

    async def own(self, actor: Actor) -> OwnReminders:
        """What the member has chosen here; looking stores nothing."""
        async with self._work.read() as conn:
            return await _own(conn, actor)

    async def choose(self, actor: Actor, **chosen: bool | int) -> OwnReminders:
        """Changes these fields of ``ReminderChoices``. Raises BudgetImpossible.

        Whoever wants something by direct message has agreed to those by that.
        """
        if chosen.get("budget", BUDGETS[0]) not in BUDGETS:
            raise BudgetImpossible
        async with self._work.write() as unit:
            await unit.arrive(actor)
            if any(chosen.get(name) for name in _ASKS_FOR_DMS):
                await _allow(unit, actor, DmConsent.YES)
            return await _chosen(unit, actor, **chosen)

    async def set_quiet(
        self, actor: Actor, quiet: tuple[time, time] | None, zone: str | None, budget: int
    ) -> OwnReminders:
        """Quiet hours (None: none), the zone they are in (None: as it was), and a budget.

        Raises ZoneUnknown, QuietHoursTooLong, BudgetImpossible.
        """
        if budget not in BUDGETS:
            raise BudgetImpossible
        if quiet is not None:
            QuietHours(*quiet, zone or "UTC")
        if zone is not None:
            self._zones.require(zone, self._work.now())
        async with self._work.write() as unit:
            await unit.arrive(actor)
            change = SettingsChange(zone=zone)
            await members.change_settings(unit.conn, actor.guild_id, actor.user_id, change)
            return await _chosen(unit, actor, quiet=quiet, budget=budget)

    async def allow_dms(self, actor: Actor, consent: DmConsent) -> OwnReminders:
        """Whether the bot may write to the member; a yes tries what failed because of it again."""
        async with self._work.write() as unit:
            await unit.arrive(actor)
            await _allow(unit, actor, consent)
            return await _own(unit.conn, actor)

    async def mute(self, actor: Actor, club_id: int, *, muted: bool) -> str:
        """The member is told nothing of a club by itself, or is again; the club's name.

        Raises NotFound.
        """
        async with self._work.write() as unit:
            await unit.arrive(actor)
            club = await clubs_steps.club_of(unit.conn, actor.guild_id, club_id)
            await _mute(unit, actor, club_id, muted=muted)
        return club.name

    async def mute_only(self, actor: Actor, club_ids: Collection[int]) -> OwnReminders:
        """Of these clubs and of no others the member is told nothing. Raises NotFound."""
        async with self._work.write() as unit:
            await unit.arrive(actor)
            there = {club.id for club in await clubs.live_clubs(unit.conn, actor.guild_id)}
            if not there >= set(club_ids):
                raise NotFound
            before = await reminder_choices.muted_clubs(unit.conn, actor.guild_id, actor.user_id)
            for club_id in sorted(there & (before ^ set(club_ids))):
                await _mute(unit, actor, club_id, muted=club_id in club_ids)
            return await _own(unit.conn, actor)

    async def told_in(self, actor: Actor, message_id: int) -> dict[int, str]:
        """The clubs that a direct message told of, by id; 0 stands for what is of no club.

        Empty when it is not known, or is somebody else's message.
        """
        async with self._work.read() as conn:
            found = await deliveries_members.clubs_told_of(
                conn, actor.guild_id, actor.user_id, message_id
            )
            names = {club.id: club.name for club in await clubs.live_clubs(conn, actor.guild_id)}
        return {one: names.get(one, "") for one in sorted(found) if one in names or not one}


async def _own(conn: AsyncConnection, actor: Actor) -> OwnReminders:
    guild_id, user_id = actor.guild_id, actor.user_id
    settings = await members.settings_of(conn, guild_id, user_id)
    return OwnReminders(
        await reminder_choices.choices_of(conn, guild_id, user_id),
        settings.dm,
        settings.zone,
        await members.dm_closed_at(conn, guild_id, user_id),
        tuple((club.id, club.name) for club in await clubs.live_clubs(conn, guild_id)),
        await reminder_choices.muted_clubs(conn, guild_id, user_id),
    )


async def _chosen(unit: Unit, actor: Actor, **values: Any) -> OwnReminders:
    guild_id, user_id = actor.guild_id, actor.user_id
    before = await reminder_choices.choices_of(unit.conn, guild_id, user_id)
    chosen = replace(before, **values)
    if chosen != before:
        await reminder_choices.choose(unit.conn, guild_id, user_id, chosen, unit.now)
        await reminder_steps.member_changed(unit, guild_id, user_id)
    return await _own(unit.conn, actor)


async def _allow(unit: Unit, actor: Actor, consent: DmConsent) -> None:
    guild_id, user_id = actor.guild_id, actor.user_id
    change = SettingsChange(dm=consent)
    await members.change_settings(unit.conn, guild_id, user_id, change)
    if consent is DmConsent.YES:
        await reminder_steps.dms_allowed(unit, guild_id, user_id)


async def _mute(unit: Unit, actor: Actor, club_id: int, *, muted: bool) -> None:
    guild_id, user_id = actor.guild_id, actor.user_id
    if muted:
        await reminder_choices.mute(unit.conn, guild_id, club_id, user_id, unit.now)
        return
    await reminder_choices.unmute(unit.conn, guild_id, club_id, user_id)
    club = await clubs_steps.club_of(unit.conn, guild_id, club_id)
    await reminder_steps.member_changed(unit, guild_id, user_id, club)
