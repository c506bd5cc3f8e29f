"""Sessions as members have them: found, answered, and attended."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club
from bot.domain.members import Actor
from bot.domain.schedule import Occurrence
from bot.domain.sessions import Answer
from bot.services import clubs_steps, presenting_steps, reminder_steps
from bot.services.card_steps import cards_changed
from bot.services.work import Work
from bot.storage import clubs, sessions_answers, sessions_threads

# Sessions of longer ago are not offered any more.
_LATELY = timedelta(days=14)


class Sessions:
    """A session is named by its club and its original local day, which never change."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def next_session(self, guild_id: int, club_id: int) -> ClubSession | None:
        """The club's next session that takes place and is not over; None without one.

        Raises NotFound.
        """
        async with self._work.read() as conn:
            club = await clubs_steps.club_of(conn, guild_id, club_id)
            found = club.next_session(self._work.now())
            return None if found is None else await clubs_steps.view_one(conn, club, found.original)

    async def session(self, guild_id: int, club_id: int, original: date) -> ClubSession:
        """One session, past or to come, skipped or not. Raises NotFound, SessionUnknown."""
        async with self._work.read() as conn:
            club = await clubs_steps.club_of(conn, guild_id, club_id)
            return await clubs_steps.view_one(conn, club, original)

    async def coming(self, guild_id: int, club_id: int, limit: int) -> tuple[ClubSession, ...]:
        """The club's sessions that are not over, the skipped ones too, at most ``limit``.

        Raises NotFound.
        """
        now = self._work.now()
        async with self._work.read() as conn:
            club = await clubs_steps.club_of(conn, guild_id, club_id)
            found = club.sessions(now - club.length, limit=limit + 1)
            left = [session for session in found if session.starts + club.length > now]
            return await clubs_steps.view(conn, club, left[:limit])

    async def upcoming(self, guild_id: int, until: datetime, limit: int) -> tuple[ClubSession, ...]:
        """The sessions of all clubs of the server that start from now to ``until``, in order."""
        now = self._work.now()
        async with self._work.read() as conn:
            found: list[ClubSession] = []
            for club in await clubs.live_clubs(conn, guild_id):
                found += await clubs_steps.view(conn, club, club.sessions(now, until, limit))
        return tuple(sorted(found, key=_start)[:limit])

    async def choices(self, guild_id: int, limit: int) -> tuple[tuple[Club, Occurrence], ...]:
        """Sessions of all clubs to choose from, without what is known about each: those to come,
        the skipped ones too, the next first.
        """
        now = self._work.now()
        async with self._work.read() as conn:
            live = await clubs.live_clubs(conn, guild_id)
        found = [(club, session) for club in live for session in club.sessions(now, limit=limit)]
        return tuple(sorted(found, key=lambda pair: (pair[1].starts, pair[0].id))[:limit])

    async def lately(self, guild_id: int, limit: int) -> tuple[ClubSession, ...]:
        """The sessions of the last two weeks that took place, of all clubs, the latest first."""
        now = self._work.now()
        async with self._work.read() as conn:
            found: list[ClubSession] = []
            for club in await clubs.live_clubs(conn, guild_id):
                held = [s for s in club.sessions(now - _LATELY, now) if not s.is_skipped]
                found += await clubs_steps.view(conn, club, held)
        return tuple(sorted(found, key=_start, reverse=True)[:limit])

    async def answer(
        self, actor: Actor, club_id: int, original: date, answer: Answer | None
    ) -> ClubSession:
        """Whether the member comes; None takes an answer back. The session as it is then.

        Who was to present and cannot come makes room for the next. Raises NotFound,
        SessionUnknown, and what ``Session.require_answerable`` does; a session in a pause, or of
        a club that has ended, is skipped as well.
        """
        async with self._work.write() as unit:
            found = await clubs_steps.held(unit, actor, club_id, original)
            found.session.require_answerable(unit.now)
            await unit.arrive(actor)
            session_id = await clubs_steps.session_row(unit, found.club, found.occurrence)
            await sessions_answers.set_answer(
                unit.conn, actor.guild_id, session_id, actor.user_id, answer, unit.now
            )
            await reminder_steps.member_changed(unit, actor.guild_id, actor.user_id, found.club)
            await cards_changed(unit, actor.guild_id, session_id)
            if answer is Answer.CANT:
                await presenting_steps.pass_on(unit, found.club, original, actor.user_id)
            return await clubs_steps.view_one(unit.conn, found.club, original)

    async def attend(self, actor: Actor, club_id: int, original: date) -> bool:
        """The member was there; whether that was news.

        Raises NotFound, SessionUnknown, and what ``Session.require_attendable`` does.
        """
        async with self._work.write() as unit:
            found = await clubs_steps.held(unit, actor, club_id, original)
            found.session.require_attendable(unit.now)
            await unit.arrive(actor)
            session_id = await clubs_steps.session_row(unit, found.club, found.occurrence)
            is_news = await sessions_answers.note_attendance(
                unit.conn, actor.guild_id, session_id, actor.user_id, unit.now
            )
            if is_news:
                await cards_changed(unit, actor.guild_id, session_id)
            return is_news

    async def attendance(self, guild_id: int, club_id: int, original: date) -> tuple[int, ...]:
        """Who said that they were there (user ids), the first first.

        Raises NotFound, SessionUnknown.
        """
        async with self._work.read() as conn:
            club = await clubs_steps.club_of(conn, guild_id, club_id)
            session = await clubs_steps.view_one(conn, club, original)
            if session.facts is None:
                return ()
            return await sessions_answers.attendance(conn, guild_id, session.facts.id)

    async def set_thread(
        self, guild_id: int, club_id: int, original: date, thread_id: int
    ) -> ClubSession:
        """Where the session is discussed, unless that is known already; the session then.

        Raises NotFound, SessionUnknown.
        """
        async with self._work.write() as unit:
            club = await clubs_steps.club_of(unit.conn, guild_id, club_id)
            row_id = await clubs_steps.session_row(unit, club, club.session_on(original))
            found = await clubs_steps.view_one(unit.conn, club, original)
            if found.session.thread_id is None:
                await sessions_threads.set_thread(unit.conn, guild_id, row_id, thread_id)
                await cards_changed(unit, guild_id, row_id)
            return await clubs_steps.view_one(unit.conn, club, original)

    async def forget_thread(self, guild_id: int, thread_id: int) -> None:
        """The thread is gone: another one may take its place."""
        async with self._work.write() as unit:
            await sessions_threads.forget_thread(unit.conn, guild_id, thread_id)
            await cards_changed(unit, guild_id)


def _start(session: ClubSession) -> tuple[datetime, int]:
    return (session.occurrence.starts, session.club.id)
