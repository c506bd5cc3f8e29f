"""What a delivery says to one member, or about a round of splitting, at the moment it goes out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_reminders import SessionReminder
from bot.domain.club_sessions import ClubSession
from bot.domain.notices import NoticeKind
from bot.domain.personal_reminders import (
    OwnProgress,
    ReadBy,
    SplitEnding,
    notice_of,
    split_of,
)
from bot.domain.reminders import Planned, ReminderKind, Said
from bot.domain.rounds import RoundState
from bot.services.work import Unit
from bot.storage import (
    members,
    notices,
    progress,
    reminder_choices,
    round_answers,
    rounds,
)


async def says_of_session(
    conn: AsyncConnection, planned: Planned, view: ClubSession, *, is_out: bool
) -> Said | None:
    """What a member is told of a session that concerns them; None when they need not be told."""
    guild_id, user_id = planned.guild_id, planned.reader
    if not is_out and not await _is_wanted(conn, planned):
        return None
    session, guests = view.session, view.guests
    presents = session.presenter_id == user_id
    if not (is_out or presents or user_id in guests.going or user_id in guests.maybe):
        return None
    depths = await progress.own_readings(conn, guild_id, user_id)
    own = OwnProgress(
        {paper_id: depth for paper_id, (depth, _) in depths.items()},
        await progress.all_sections_done(conn, guild_id, user_id),
    )
    named = [] if session.presenter_id is None else [session.presenter_id]
    names = await members.display_names(conn, guild_id, named)
    read = frozenset(one.paper_id for one in session.readings if own.has_read(one))
    reminder = SessionReminder(view, names, read)
    if planned.kind is not ReminderKind.READ_BY:
        return Said(reminder)
    state = own.state(session.readings, presents=presents)
    return None if state is None else Said(ReadBy(reminder, own.left_of(session.readings), state))


async def says_of_own(conn: AsyncConnection, planned: Planned, now: datetime) -> Said | None:
    """A notice that still stands, or that a round's time to answer is over soon."""
    notice_id, round_id = notice_of(planned), split_of(planned)
    if notice_id is not None:
        found = await notices.addressed(conn, planned.guild_id, notice_id)
        return None if found is None or found.is_over(now) else Said(found)
    if round_id is not None:
        of = await rounds.round_with(conn, planned.guild_id, round_id)
        if of is None or of.state is not RoundState.COLLECTING or of.deadline_at <= now:
            return None
        names = await round_answers.names_in(conn, planned.guild_id, round_id)
        return Said(SplitEnding(of, len(names)))
    return None


async def told(unit: Unit, planned: Planned) -> None:
    """A member has got this: what it told need not be told again."""
    notice_id = notice_of(planned)
    if notice_id is not None:
        await notices.remove_notice(unit.conn, planned.guild_id, notice_id)


async def closed(unit: Unit, planned: Planned) -> None:
    """A member takes no direct messages: they are told so, once, when they are next here."""
    guild_id, user_id = planned.guild_id, planned.reader
    if await members.note_dm_closed(unit.conn, guild_id, user_id, unit.now):
        await unit.tell(guild_id, user_id, NoticeKind.DM_CLOSED)


async def _is_wanted(conn: AsyncConnection, planned: Planned) -> bool:
    guild_id, user_id = planned.guild_id, planned.reader
    chosen = await reminder_choices.choices_of(conn, guild_id, user_id)
    muted = await reminder_choices.muted_clubs(conn, guild_id, user_id)
    return planned.kind in chosen.kinds and planned.club_id not in muted
