"""Another rule for a club from one session on, and what goes along with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.clubs import Club, ClubEdit, ClubOver
from bot.domain.schedule import Following, Series, Timetable, continued, following, next_original
from bot.services.work import Unit
from bot.storage import sessions, sessions_changes


def changed_rule(club: Club, edit: ClubEdit, original: date | None, now: datetime) -> Following:
    """The club's timetable as ``edit`` changes it from a session on. Raises ClubOver."""
    timetable = replace(club.timetable, length=edit.length or club.length)
    first = original or next_original(timetable, now)
    if first is None:
        raise ClubOver
    return following(timetable, first, _series(timetable, first, edit, now), now)


def _series(timetable: Timetable, original: date, edit: ClubEdit, now: datetime) -> Series:
    last = timetable.segments[-1]
    series = continued(
        timetable, original, edit.recurrence or last.recurrence, edit.zone or last.zone, now
    )
    if edit.until is not None:
        series = replace(series, until=edit.until, count=None)
    return series if edit.breaks is None else replace(series, breaks=edit.breaks)


async def carry_along(unit: Unit, club: Club, change: Following) -> None:
    """What is known about the sessions from the change on goes to those in their place."""
    days = await sessions.days_with_facts(unit.conn, club.guild_id, club.id, change.original)
    carried = change.carried(days)
    await sessions_changes.carry(unit.conn, club.guild_id, club.id, carried)
    for day in carried.values():
        if day is None:
            continue
        session = change.after.session_on(day)
        session_id = await sessions.ensure_session(
            unit.conn, club.guild_id, club.id, day, session.starts
        )
        await sessions_changes.record_change(
            unit.conn, club.guild_id, session_id, change.after.changes.get(day), session.starts
        )
