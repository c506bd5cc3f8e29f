"""The reading club of the example server, over the change of the clocks of its zone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import discord
import pytest
from ical.calendar_stream import IcsCalendarStream

from bot.app import open_bot
from bot.client import ClubBot
from bot.demo.club import ZONE, before_clock_change
from bot.demo.serving import world_started
from bot.demo.stories import Story, begin, tell
from bot.demo.world import READING_CLUB, World
from bot.domain.members import Actor
from bot.settings import Settings
from bot.storage import deadlines, deliveries

BERLIN = ZoneInfo(ZONE)
TODAY = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "begins"),
    [
        (TODAY, datetime(2027, 3, 24, 15, tzinfo=UTC)),
        (datetime(2027, 3, 23, tzinfo=UTC), datetime(2027, 3, 24, 15, tzinfo=UTC)),
        (datetime(2027, 3, 26, tzinfo=UTC), datetime(2027, 10, 27, 15, tzinfo=UTC)),
        (datetime(2027, 9, 1, 23, tzinfo=UTC), datetime(2027, 10, 27, 15, tzinfo=UTC)),
    ],
)
def test_the_story_begins_four_days_before_the_next_change(
    today: datetime, begins: datetime
) -> None:
    assert before_clock_change(today) == begins
    assert begin(Story.CLUB, today) == begins
    assert begin(Story.LIVED_IN, today) == today


@asynccontextmanager
async def group(file: Path) -> AsyncIterator[tuple[ClubBot, World]]:
    """The group of the story, and the bot in it."""
    url = f"sqlite+aiosqlite:///{file}"
    async with open_bot(Settings(database_url=url, nap=3600)) as bot:
        furnish = partial(tell, Story.CLUB, bot, url)
        async with world_started(bot, begin(Story.CLUB, TODAY), furnish) as world:
            yield bot, world


async def agreed(bot: ClubBot, world: World) -> list[datetime]:
    """When the next four sessions are: the same by the cards, the events and the calendar."""
    guild_id, now = world.guild.id, world.env.now()
    (club,) = await bot.services.clubs.clubs(guild_id)
    with world.env.time_context():
        cards = [
            s.occurrence.starts
            for s in await bot.services.sessions.coming(guild_id, club.id, 9)
            if not s.occurrence.is_skipped
        ][:4]
    guild = bot.get_guild(guild_id)
    assert guild is not None
    open_ = [e for e in guild.scheduled_events if e.status is discord.EventStatus.scheduled]
    events = sorted(event.start_time for event in open_)
    _, file = await bot.services.club_calendars.file(guild_id, club.id, "soon")
    calendar = IcsCalendarStream.calendar_from_ics(file.decode())
    through = calendar.timeline_tz(BERLIN).overlapping(now, now + 60 * DAY)
    dates = [event.start_datetime.astimezone(UTC) for event in through]
    assert events == cards == dates[:4]
    return cards


async def test_cards_events_and_calendar_agree_over_the_change(tmp_path: Path) -> None:
    async with group(tmp_path / "demo.db") as (bot, world):
        guild_id = world.guild.id
        (club,) = await bot.services.clubs.clubs(guild_id)
        amara = Actor(guild_id, world.member("Amara").id, "Amara", manages=True)
        with world.env.time_context():
            await bot.services.session_organising.skip(amara, club.id, date(2027, 4, 9))
            await bot.services.session_organising.move(
                amara, club.id, date(2027, 4, 2), datetime.fromisoformat("2027-04-03T11:00")
            )
        await world.env.advance_time(1)
        walls = ["2027-03-26T18:00", "2027-04-03T11:00", "2027-04-16T18:00", "2027-04-23T18:00"]
        expected = [datetime.fromisoformat(one).replace(tzinfo=BERLIN) for one in walls]
        assert await agreed(bot, world) == expected
        while world.env.now() < datetime(2027, 3, 29, tzinfo=UTC):
            await world.env.advance_time(DAY.total_seconds())
        assert (await agreed(bot, world))[:3] == expected[1:]
        said = world.guild.channels[READING_CLUB].history()
        at = int(expected[0].timestamp())
        reminded = [m for m in said if m.author.bot and f"<t:{at}:F>" in m.content]
        assert len(reminded) == 2  # a day before, and an hour
        elsewhere = world.guild.channels["general"].history()
        assert not [m for m in elsewhere if m.author.bot]


async def test_what_is_due_next_is_something_that_can_be_seen(tmp_path: Path) -> None:
    async with group(tmp_path / "demo.db") as (bot, world):
        await world.env.settle()
        due, alarm = bot.next_due(), bot.alarm.due
        assert due is not None
        assert alarm is not None
        assert bot.services.deliveries.is_plan(alarm), "reminders are planned again before"
        async with bot.services.deliveries._work.read() as conn:
            found = [await deliveries.next_due(conn), await deadlines.next_due(conn)]
        assert due == min(at for at in found if at is not None)
