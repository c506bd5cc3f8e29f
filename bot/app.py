"""The composition root: the one place that knows every room and wires them together."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import discord

from bot.alarm import Alarm
from bot.catalogue import read_catalogue, read_zones
from bot.client import ClubBot
from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.deadlines import DeadlineKind
from bot.domain.health import DatabaseState
from bot.domain.search import SearchIndex
from bot.domain.zones import Zones
from bot.messages import read_words
from bot.render.session_words import calendar_description, calendar_place, calendar_title
from bot.render.suggestions import topic_titles
from bot.render.words import Words
from bot.services import (
    Boards,
    Catalogues,
    ClubCalendars,
    ClubNews,
    ClubOrganising,
    ClubPlans,
    ClubReminders,
    Clubs,
    ClubZones,
    CommandRegistration,
    Coverage,
    Curating,
    Deadlines,
    Deliveries,
    Exporting,
    Guilds,
    GuildSettings,
    Health,
    Importing,
    Introductions,
    Logbook,
    Lookup,
    Members,
    NativeEvents,
    Newcomers,
    Notes,
    Notices,
    Organising,
    OwnReadings,
    OwnReminding,
    PaperPolls,
    Papers,
    Presenters,
    Privacy,
    Progress,
    Proposals,
    RoundAnswers,
    Rounds,
    ScheduleReading,
    Services,
    SessionCards,
    SessionOrganising,
    Sessions,
    SharedNotes,
    Signups,
    Splitting,
    SplitWorker,
    Suggesting,
    Teaching,
    Trail,
    Undoing,
    Work,
    catalogue_steps,
    session_steps,
    signup_deadlines,
)
from bot.services.announcer import Announcer
from bot.services.club_calendars import CalendarWords, Told, calendar_link
from bot.services.native_events import EVERY as EVENTS_EVERY
from bot.services.undoing import Reversal
from bot.settings import Settings
from bot.storage.engine import Database, open_database
from bot.storage.health import database_state
from bot.storage.remains import Remains
from bot.storage.schema import prepare_database
from bot.storage.sqlite import database_path
from bot.ui.announcer import DiscordAnnouncer
from bot.ui.native_events import DiscordEvents
from bot.ui.reminder_messages import ReminderMessages
from bot.ui.reminder_sender import DiscordSender
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
        services = _services(
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


def _services(
    database: Database,
    catalogues: Catalogues,
    work: Work,
    announcer: Announcer,
    native_events: NativeEvents,
    sender: DiscordSender,
    remains: Remains,
    zones: Zones,
    zone_version: str,
    look: Callable[[], DatabaseState],
    told: Told,
) -> Services:
    curating = Curating(work, catalogues)
    members = Members(work, catalogues.shipped, zones)
    privacy = Privacy(work, remains, announcer.take_down)
    guilds = Guilds(work, remains, catalogues.forget)
    notices = Notices(work, announcer)
    boards = Boards(work, catalogues, announcer)
    rounds = Rounds(work, catalogues, announcer)
    club_news = ClubNews(work, announcer)
    session_cards = SessionCards(work, announcer)
    paper_polls = PaperPolls(work, announcer)
    presenters = Presenters(work)
    proposals = Proposals(work, catalogues, curating, announcer)
    importing = Importing(work, catalogues)
    effects = {
        DeadlineKind.NOTICE: notices.deliver,
        DeadlineKind.BOARD: boards.refresh,
        DeadlineKind.PROPOSAL: proposals.refresh,
        DeadlineKind.SPLIT_PANEL: rounds.refresh,
        DeadlineKind.CLUB_NEWS: club_news.refresh,
        DeadlineKind.PAPER_POLL: paper_polls.refresh,
        DeadlineKind.SESSION_CARDS: session_cards.refresh,
        DeadlineKind.NATIVE_EVENTS: native_events.refresh,
    }
    papers = Papers(catalogues)
    suggesting = Suggesting(work, catalogues)
    reminders = ClubReminders(work, catalogues)
    deliveries = Deliveries(
        work, reminders, sender, owner=secrets.token_hex(8), unauthorised=sender.end
    )
    handlers = {
        **dict.fromkeys(signup_deadlines.KINDS, signup_deadlines.meet),
        DeadlineKind.AWAY_BEGINS: members.on_deadline,
        DeadlineKind.AWAY_ENDS: members.on_deadline,
        DeadlineKind.SPLIT_DEADLINE: rounds.on_deadline,
        DeadlineKind.PRESENTER_ASKED: presenters.on_deadline,
        DeadlineKind.IMPORT_EXPIRES: importing.on_deadline,
        DeadlineKind.ERASURE: privacy.on_deadline,
        DeadlineKind.BACKUPS_GONE: privacy.on_deadline,
        DeadlineKind.GUILD_ERASURE: guilds.on_deadline,
    }
    return Services(
        catalogues=catalogues,
        curating=curating,
        proposals=proposals,
        lookup=Lookup(database, catalogues),
        papers=papers,
        paper_polls=paper_polls,
        signups=Signups(work, catalogues),
        suggesting=suggesting,
        newcomers=Newcomers(work, catalogues, suggesting, zones),
        organising=Organising(work, catalogues),
        boards=boards,
        progress=Progress(work, catalogues),
        logbook=Logbook(work, catalogues, papers),
        notes=Notes(work, catalogues),
        shared_notes=SharedNotes(work, catalogues),
        teaching=Teaching(work, catalogues),
        trail=Trail(work),
        undoing=Undoing(work, _reversals(curating)),
        exporting=Exporting(work, catalogues),
        importing=importing,
        coverage=Coverage(work, catalogues),
        introductions=Introductions(work),
        rounds=rounds,
        round_answers=RoundAnswers(work, catalogues),
        splitting=Splitting(work, catalogues, SplitWorker()),
        own_readings=OwnReadings(work, catalogues),
        own_reminders=OwnReminding(work, zones),
        members=members,
        privacy=privacy,
        deadlines=Deadlines(work, handlers, effects),
        deliveries=deliveries,
        health=Health(work, deliveries, look),
        notices=notices,
        guilds=guilds,
        guild_settings=GuildSettings(work, zones),
        clubs=Clubs(work),
        club_organising=ClubOrganising(work, zones, zone_version),
        club_news=club_news,
        schedule_reading=ScheduleReading(work, zones),
        club_plans=ClubPlans(work, catalogues),
        club_calendars=ClubCalendars(work, catalogues, told),
        club_zones=ClubZones(work, zone_version),
        club_reminders=reminders,
        sessions=Sessions(work),
        session_cards=session_cards,
        session_organising=SessionOrganising(work, catalogues),
        native_events=native_events,
        presenters=presenters,
        registration=CommandRegistration(database),
    )


def _reversals(curating: Curating) -> dict[str, Reversal]:
    """Who takes back what, by the action that the trail records."""
    return {
        "session-skipped": session_steps.take_back,
        "session-moved": session_steps.take_back,
        **dict.fromkeys(catalogue_steps.UNDOABLE, curating.take_back),
    }
