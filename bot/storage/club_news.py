"""What clubs announce of themselves: what was before, and where the message stands."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_news import Announcement, Planned, Terms, Was
from bot.domain.clubs import Place
from bot.domain.living import Shown
from bot.domain.schedule import Recurrence
from bot.storage import living
from bot.storage.tables import club_news
from bot.storage.types import instant_text

_COLUMNS = (
    club_news.c.id,
    club_news.c.guild_id,
    club_news.c.club_id,
    club_news.c.channel_id,
    club_news.c.topic,
    club_news.c.was,
    club_news.c.made_at,
    club_news.c.message_id,
    club_news.c.posted_at,
    club_news.c.shown,
    club_news.c.trouble,
)
# The place of something within minutes.
_MINUTE = timedelta(minutes=1)


async def add_news(
    conn: AsyncConnection,
    guild_id: int,
    club_id: int,
    channel_id: int,
    topic: str,
    was: Was,
    now: datetime,
) -> int:
    """Adds an announcement that is not posted yet, and returns its id."""
    new = sa.insert(club_news).values(
        guild_id=guild_id,
        club_id=club_id,
        channel_id=channel_id,
        topic=topic,
        was=_text(was),
        made_at=now,
    )
    added: int = (await conn.execute(new.returning(club_news.c.id))).scalar_one()
    return added


async def news_with(conn: AsyncConnection, guild_id: int, news_id: int) -> Announcement | None:
    """One announcement of this server; None when there is none."""
    found = sa.select(*_COLUMNS).where(club_news.c.guild_id == guild_id, club_news.c.id == news_id)
    row = (await conn.execute(found)).mappings().one_or_none()
    return None if row is None else _announcement(row)


async def latest_news(
    conn: AsyncConnection, guild_id: int, club_id: int, topic: str, channel_id: int
) -> Announcement | None:
    """The newest announcement about this topic of a club in that channel; None without one."""
    found = (
        sa.select(*_COLUMNS)
        .where(
            club_news.c.guild_id == guild_id,
            club_news.c.club_id == club_id,
            club_news.c.topic == topic,
            club_news.c.channel_id == channel_id,
        )
        .order_by(club_news.c.id.desc())
        .limit(1)
    )
    row = (await conn.execute(found)).mappings().one_or_none()
    return None if row is None else _announcement(row)


async def forget_news(conn: AsyncConnection, guild_id: int, club_id: int, before: datetime) -> None:
    """Forgets what the club announced before that moment."""
    await conn.execute(
        sa.delete(club_news).where(
            club_news.c.guild_id == guild_id,
            club_news.c.club_id == club_id,
            club_news.c.made_at < before,
        )
    )


async def record_posting(conn: AsyncConnection, guild_id: int, news_id: int, now: datetime) -> None:
    """It is about to be posted: whether it was, is known when it is settled."""
    await living.record_posting(conn, club_news, guild_id, news_id, now)


async def settle(
    conn: AsyncConnection, guild_id: int, news_id: int, shown: Shown, now: datetime
) -> None:
    """Records where the message stands and what it shows, or what is in the way."""
    await living.settle(conn, club_news, guild_id, news_id, shown, now)


def _announcement(row: sa.RowMapping) -> Announcement:
    return Announcement(**{**row, "was": _was(json.loads(row["was"]))})


def _text(was: Was) -> str:
    terms: dict[str, Any] | None = None
    if was.terms is not None:
        rule = was.terms.recurrence
        terms = {
            "name": was.terms.name,
            "weekdays": rule.weekdays,
            "at": rule.at.isoformat(timespec="minutes"),
            "every": rule.every,
            "ordinals": rule.ordinals,
            "zone": was.terms.zone,
            "minutes": was.terms.length // _MINUTE,
            "voice": was.terms.place.voice_channel_id,
            "link": was.terms.place.link,
            "channel": was.terms.channel_id,
        }
    sessions = [
        [one.original.isoformat(), instant_text(one.starts), one.is_skipped] for one in was.sessions
    ]
    return json.dumps({"terms": terms, "sessions": sessions})


def _was(kept: dict[str, Any]) -> Was:
    sessions = tuple(
        Planned(date.fromisoformat(day), datetime.fromisoformat(starts), is_skipped)
        for day, starts, is_skipped in kept["sessions"]
    )
    terms = kept["terms"]
    if terms is None:
        return Was(sessions=sessions)
    rule = Recurrence(
        tuple(terms["weekdays"]),
        time.fromisoformat(terms["at"]),
        terms["every"],
        tuple(terms["ordinals"]),
    )
    return Was(
        Terms(
            terms["name"],
            rule,
            terms["zone"],
            terms["minutes"] * _MINUTE,
            Place(terms["voice"], terms["link"]),
            terms["channel"],
        ),
        sessions,
    )
