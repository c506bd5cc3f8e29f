"""Announces what changes about clubs, once it is stored; what is in the way is flagged."""

from __future__ import annotations

from bot.domain.club_news import Announced, Change, club_of, is_news, topic_of
from bot.domain.clubs import Club, ClubTrouble
from bot.domain.living import Shown
from bot.services.announcer import Announcer
from bot.services.notices import nonce
from bot.services.reminder_steps import channel_works
from bot.services.work import Work
from bot.storage import clubs, deployment


class ClubNews:
    """One announcement a change. That it fails never undoes the change."""

    def __init__(self, work: Work, announcer: Announcer) -> None:
        self._work = work
        self._announcer = announcer

    async def tell(self, change: Change) -> Announced:
        """Announces a change in the club's channel; what became of it, for who made the change."""
        if not is_news(change):
            return Announced.NOTHING
        club = club_of(change)
        async with self._work.read() as conn:
            installation = await deployment.installation(conn)
        told = nonce(installation, "club-news", club.id, topic_of(change), club.version)
        shown = await self._announcer.announce(change, self._work.now(), told)
        if shown.uncertain:
            return Announced.UNSURE
        await self._flag(club, shown)
        return Announced.SAID if shown.trouble is None else Announced(shown.trouble.value)

    async def _flag(self, club: Club, shown: Shown) -> None:
        trouble = None if shown.trouble is None else ClubTrouble(shown.trouble.value)
        if trouble is not club.trouble:
            async with self._work.write() as unit:
                await clubs.set_trouble(unit.conn, club.guild_id, club.id, trouble, unit.now)
                if trouble is None:
                    await channel_works(unit, club)
