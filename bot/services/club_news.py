"""Announces what changes about clubs, once it is stored; what is in the way is flagged."""

from __future__ import annotations

from asyncio import Lock
from datetime import datetime
from weakref import WeakValueDictionary

from bot.domain.club_news import Announced, Announcement, Change, News, club_of, is_news, topic_of
from bot.domain.clubs import Club, ClubTrouble
from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.errors import NotFound
from bot.domain.living import Shown
from bot.domain.schedule import Occurrence
from bot.domain.schedule.errors import SessionUnknown
from bot.services import clubs_steps
from bot.services.announcer import Announcer
from bot.services.living import Steps, keep
from bot.services.reminder_steps import channel_works
from bot.services.work import Work
from bot.storage import club_news, clubs


class ClubNews:
    """One announcement a change. That it fails never undoes the change.

    Each is written down with its change, and is due a moment later; whoever made the change need
    not wait for that.
    """

    def __init__(self, work: Work, announcer: Announcer) -> None:
        self._work = work
        self._announcer = announcer
        # Who made the change and the alarm must not post one announcement at once.
        self._locks: WeakValueDictionary[int, Lock] = WeakValueDictionary()

    async def tell(self, change: Change) -> Announced:
        """Announces a change now; what became of it, for who made the change."""
        if not is_news(change):
            return Announced.NOTHING
        club = club_of(change)
        async with self._work.read() as conn:
            found = await club_news.latest_news(
                conn, club.guild_id, club.id, topic_of(change), club.channel_id
            )
        if found is None:
            return Announced.NOTHING
        shown, again = await self._show(club.guild_id, found.id)
        if shown is None:
            return Announced.NOTHING
        if again is not None:
            async with self._work.write() as unit:
                await unit.set_deadline(club.guild_id, DeadlineKind.CLUB_NEWS, found.id, again)
        if shown.uncertain:
            return Announced.UNSURE
        return Announced.SAID if shown.trouble is None else Announced(shown.trouble.value)

    async def refresh(self, deadline: Deadline) -> datetime | None:
        """Meets a deadline of kind CLUB_NEWS; when to look again, or None."""
        return (await self._show(deadline.guild_id, deadline.subject_id))[1]

    async def _show(self, guild_id: int, news_id: int) -> tuple[Shown | None, datetime | None]:
        """What became of the announcement; None where there is nothing to tell any more."""
        lock = self._locks.setdefault(news_id, Lock())
        async with lock:
            news = await self._news(guild_id, news_id)
            if news is None:
                return None, None
            told = news.announcement

            steps = Steps(
                lambda unit: club_news.record_posting(unit.conn, guild_id, news_id, unit.now),
                lambda nonce: self._announcer.announce(news, nonce),
                lambda unit, shown: club_news.settle(unit.conn, guild_id, news_id, shown, unit.now),
            )
            shown, again = await keep(self._work, "club-news", news_id, told.message, steps)
        if not shown.uncertain:
            await self._flag(news.club, told, shown)
        return shown, again

    async def _news(self, guild_id: int, news_id: int) -> News | None:
        async with self._work.read() as conn:
            found = await club_news.news_with(conn, guild_id, news_id)
            if found is None:
                return None
            try:
                club = await clubs_steps.club_of(conn, guild_id, found.club_id)
            except NotFound:
                return None
        sessions: list[Occurrence] = []
        for planned in found.was.sessions:
            try:
                sessions.append(club.session_on(planned.original))
            except SessionUnknown:
                continue
        if found.was.sessions and not sessions:
            # The rule they came from holds no more, and that was announced.
            return None
        return News(found, club, tuple(sessions), self._work.now())

    async def _flag(self, club: Club, told: Announcement, shown: Shown) -> None:
        trouble = None if shown.trouble is None else ClubTrouble(shown.trouble.value)
        if trouble is not club.trouble and told.channel_id == club.channel_id:
            async with self._work.write() as unit:
                await clubs.set_trouble(unit.conn, club.guild_id, club.id, trouble, unit.now)
                if trouble is None:
                    await channel_works(unit, club)
