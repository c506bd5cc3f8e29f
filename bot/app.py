"""The composition root: the one place that knows every room and wires them together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import discord

from bot.alarm import Alarm
from bot.catalogue import read_catalogue, read_zones
from bot.client import ClubBot
from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.search import SearchIndex
from bot.messages import read_words
from bot.render.session_words import calendar_description, calendar_place, calendar_title
from bot.render.suggestions import topic_titles
from bot.render.words import Words
from bot.services import Catalogues, NativeEvents, Work
from bot.services.club_calendars import CalendarWords, calendar_link
from bot.services.native_events import EVERY as EVENTS_EVERY
from bot.settings import Settings
from bot.storage.engine import open_database
from bot.storage.health import database_state
from bot.storage.remains import Remains
from bot.storage.schema import prepare_database
from bot.storage.sqlite import database_path
from bot.ui.announcer import DiscordAnnouncer
from bot.ui.native_events import DiscordEvents
from bot.ui.reminder_messages import ReminderMessages
from bot.ui.reminder_sender import DiscordSender
from bot.wiring import wired
from bot.zone_database import pin_zones


@asynccontextmanager
async def open_bot(settings: Settings) -> AsyncIterator[ClubBot]:
    """A bot ready to be started, with its database open; leaving closes both.

    The yielded bot can be given to ``bot.start(token)`` or to a simulated Discord. The time is
    read through ``discord.utils.utcnow`` alone. Raises CatalogueError for a bad data file and
    DatabaseRefused for a database that cannot be used.
    """
    clock = discord.utils.utcnow
    zone_version = pin_zones()
    catalogue = read_catalogue(settings.data_dir)
    zones = read_zones(settings.data_dir)
    words = read_words(settings.data_dir, settings.bot_language)
    index = SearchIndex.build(catalogue, catalogue.vocabulary)
    await asyncio.to_thread(prepare_database, settings.database_url, clock())
    alarm = Alarm(clock, timedelta(seconds=settings.nap))
    # Without a token Discord is simulated, and its clock is this one.
    simulated = clock if settings.discord_token is None else None
    async with open_database(settings.database_url) as database:
        path = database_path(settings.database_url)
        remains = Remains(database, path)
        # The program alone makes backups by itself, and it has a token.
        backs_up = settings.discord_token is not None
        look = partial(database_state, path, clock(), is_backed_up=backs_up)
        work = Work(database, clock, alarm.wake)
        catalogues = Catalogues(database, catalogue, index)
        told = partial(_calendar_words, words=words)
        announcer = DiscordAnnouncer(
            catalogues.of,
            topic_titles(catalogue.vocabulary),
            lambda found, here, url: calendar_link(found, told(found, here), url),
            words,
        )
        events = DiscordEvents(catalogues.of, words)
        messages = ReminderMessages(catalogues.of, words)
        sender = DiscordSender(messages.compose, words, simulated)
        services = wired(
            database,
            catalogues,
            work,
            announcer,
            NativeEvents(work, events, _look_every(settings)),
            sender,
            remains,
            zones,
            zone_version,
            look,
            told,
        )
        await services.privacy.settle()
        bot = ClubBot(
            services,
            words,
            alarm,
            shard_count=settings.shard_count,
            dev_guild_id=settings.dev_guild_id,
            source_url=settings.source_url,
        )
        announcer.client = events.client = sender.client = bot
        messages.server_name = bot.server_name
        try:
            yield bot
        finally:
            await bot.close()


def _look_every(settings: Settings) -> timedelta:
    """How often scheduled events are looked at: less where time flies, as naps are longer there."""
    return max(EVENTS_EVERY, 24 * timedelta(seconds=settings.nap))


def _calendar_words(found: ClubSession, catalogue: Catalogue, words: Words) -> CalendarWords:
    """What a session says of itself in calendars."""
    return CalendarWords(
        calendar_title(found, catalogue, words),
        calendar_description(found, catalogue, words),
        calendar_place(found, words),
    )
