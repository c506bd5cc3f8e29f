"""Steps of single sessions that several use cases take within their own transaction."""

from __future__ import annotations

import json
from datetime import date, datetime

from bot.domain.club_sessions import SessionChange
from bot.domain.clubs import Club
from bot.domain.errors import StaleControl
from bot.domain.members import Actor
from bot.domain.schedule import Change, Moved, Skipped, Timetable
from bot.domain.session_choice import session_meant
from bot.domain.undo import UndoOvertaken, UndoStep
from bot.services import clubs_steps
from bot.services.club_news_steps import announce
from bot.services.work import Unit
from bot.storage import audit, clubs, sessions_changes, undo

_OF_SESSION = ("session-skipped", "session-unskipped", "session-moved")
_OF_CLUB = ("club-edited", "club-ended", "club-paused", "club-resumed")


def subject_of(club_id: int, original: date) -> str:
    """A session as the trail names it."""
    return f"session:{club_id}:{original.isoformat()}"


async def apply_change(
    unit: Unit,
    actor: Actor,
    club: Club,
    original: date,
    changed: Timetable,
    action: str,
    *,
    can_be_undone: bool = False,
) -> SessionChange:
    """Stores and records that the club meets by ``changed``, in which one session differs."""
    view = await clubs_steps.view_one(unit.conn, club, original)
    if changed == club.timetable:
        return SessionChange(view, view)
    session = changed.session_on(original)
    row_id = await clubs_steps.session_row(unit, club, session)
    await sessions_changes.record_change(
        unit.conn, club.guild_id, row_id, changed.changes.get(original), session.starts
    )
    await clubs.change_club(unit.conn, club.guild_id, club.id, unit.now)
    before = _kept(club.timetable.changes.get(original)) if can_be_undone else None
    line = await unit.audit(actor, action, subject_of(club.id, original), before=before)
    after = await clubs_steps.planned(unit, club.guild_id, club.id)
    now = await clubs_steps.view_one(unit.conn, after, original)
    change = SessionChange(view, now, line if can_be_undone else None)
    await announce(unit, change)
    return change


async def take_back(unit: Unit, actor: Actor, step: UndoStep) -> SessionChange:
    """A session that was skipped or moved is as it was before.

    Raises UndoOvertaken when it, or when its club meets, was changed since, and else what
    ``Timetable.put_back`` raises.
    """
    meant = session_meant(step.subject.removeprefix("session:"))
    if meant is None:
        raise StaleControl
    club_id, original = meant
    steps = _steps_of(club_id, original)
    later = await audit.first_after(unit.conn, actor.guild_id, step.line_id, steps)
    if later is not None:
        raise UndoOvertaken(later)
    club = await clubs_steps.organised(unit, actor, club_id)
    changed = club.timetable.put_back(original, _given(step.before), unit.now)
    action = "session-unskipped" if step.action == "session-skipped" else "session-moved"
    return await apply_change(unit, actor, club, original, changed, action)


async def last_move(unit: Unit, club: Club, original: date) -> int | None:
    """The line of the trail by which the session was moved, if that can still be undone."""
    last = await audit.last_line(unit.conn, club.guild_id, _steps_of(club.id, original))
    if last is None or last[1] != "session-moved":
        return None
    still_open = await undo.open_steps(unit.conn, club.guild_id, [last[0]], unit.now)
    return next(iter(still_open), None)


def _steps_of(club_id: int, original: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What changes when a session takes place, as the trail records it."""
    return ((subject_of(club_id, original), _OF_SESSION), (f"club:{club_id}", _OF_CLUB))


def _kept(change: Change | None) -> str:
    match change:
        case Moved(to):
            return json.dumps({"moved": to.isoformat()})
        case Skipped():
            return json.dumps({"skipped": True})
        case None:
            return json.dumps({})


def _given(kept: str) -> Change | None:
    given = json.loads(kept)
    if "moved" in given:
        return Moved(datetime.fromisoformat(given["moved"]))
    return Skipped() if given.get("skipped") else None
