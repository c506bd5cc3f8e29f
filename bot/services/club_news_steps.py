"""Announcements, written down within the transaction of the change that they tell of."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.club_news import EDITED_FOR, Change, Was, club_of, is_news, topic_of, was_of
from bot.domain.clubs import Club
from bot.domain.deadlines import DeadlineKind
from bot.services.work import Unit
from bot.storage import club_news

# Who made the change announces it right away; whatever comes between, it is announced by now.
_AT_THE_LATEST = timedelta(seconds=15)
_REMEMBERED_FOR = timedelta(days=30)


async def announce(unit: Unit, change: Change) -> None:
    """The change is announced in the club's channel; soon after another one of the same thing,
    by bringing that announcement up to date.
    """
    if is_news(change):
        await tell(unit, club_of(change), topic_of(change), was_of(change), _AT_THE_LATEST)


async def tell(
    unit: Unit, club: Club, topic: str, was: Was, after: timedelta = timedelta()
) -> None:
    """As ``announce``, for what nobody has changed by hand."""
    earlier = await club_news.latest_news(unit.conn, club.guild_id, club.id, topic, club.channel_id)
    if earlier is not None and unit.now - earlier.made_at < EDITED_FOR:
        news_id = earlier.id
    else:
        await club_news.forget_news(unit.conn, club.guild_id, club.id, unit.now - _REMEMBERED_FOR)
        news_id = await club_news.add_news(
            unit.conn, club.guild_id, club.id, club.channel_id, topic, was, unit.now
        )
    await unit.set_deadline(club.guild_id, DeadlineKind.CLUB_NEWS, news_id, unit.now + after)
