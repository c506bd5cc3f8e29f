"""The reminders of a club, planned within the transaction that changes when it meets."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_digests import plan_digests
from bot.domain.club_reminders import club_plan
from bot.domain.clubs import Club
from bot.domain.reminders import HORIZON, Planned
from bot.services import delivery_steps
from bot.services.work import Unit
from bot.storage import clubs, deliveries_plan, reminder_choices, sessions


async def planned_for(
    conn: AsyncConnection, club: Club, now: datetime, horizon: timedelta = HORIZON
) -> tuple[Planned, ...]:
    """What the club's channel is to be told of its sessions and of each week, and what members
    who wish so are to be told of its sessions.
    """
    coming = club.sessions(now, now + horizon + HORIZON)
    days = [session.original for session in coming]
    facts = await sessions.session_facts(conn, club.guild_id, club.id, days)
    versions = {day: one.version for day, one in facts.items()}
    wishes = await reminder_choices.wishes(conn, club.guild_id, club.id, now)
    of_sessions = club_plan(club, versions, now, horizon, wishes)
    return *plan_digests(club, now, horizon), *of_sessions


async def club_changed(unit: Unit, club: Club) -> None:
    """The club meets at other times now, or elsewhere, or no more: its reminders follow.

    What its channel refused is tried again, in another one if it was given another: whoever
    changes a club has looked after it.
    """
    await deliveries_plan.reopen(
        unit.conn, club.guild_id, club.channel_id, unit.now, club_id=club.id
    )
    planned = await planned_for(unit.conn, club, unit.now)
    await delivery_steps.sessions_changed(unit, club.guild_id, club.id, None, planned)


async def member_changed(unit: Unit, guild_id: int, user_id: int, *of: Club) -> None:
    """What a member wishes to be told, or comes to, is another: beside what is planned already.

    ``of`` are the clubs this is about; none: all of the server.
    """
    if not (await reminder_choices.choices_of(unit.conn, guild_id, user_id)).kinds:
        return
    for club in of or await clubs.live_clubs(unit.conn, guild_id):
        planned = await planned_for(unit.conn, club, unit.now)
        await delivery_steps.remind(unit, [one for one in planned if one.reader == user_id])


async def dms_allowed(unit: Unit, guild_id: int, user_id: int) -> None:
    """The member can be written to (again): what could not be sent and is of use still is."""
    if await deliveries_plan.reopen(unit.conn, guild_id, user_id, unit.now):
        unit.wake_at(unit.now)


async def channel_works(unit: Unit, club: Club) -> None:
    """What could not be posted in the club's channel and is of use still is posted after all."""
    if await deliveries_plan.reopen(unit.conn, club.guild_id, club.channel_id, unit.now):
        unit.wake_at(unit.now)


async def guild_left(unit: Unit, guild_id: int) -> None:
    """The bot is not in the server any more: nothing is sent there."""
    await deliveries_plan.cancel_guild(unit.conn, guild_id, unit.now)


async def guild_joined(unit: Unit, guild_id: int) -> None:
    """The bot is in the server (again): the clubs it had there are reminded again."""
    for club in await clubs.live_clubs(unit.conn, guild_id):
        await club_changed(unit, club)
