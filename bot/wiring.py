"""Which service is given what: all of them, over one database."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from bot.domain.deadlines import DeadlineKind
from bot.domain.health import DatabaseState
from bot.domain.zones import Zones
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
from bot.services.club_calendars import Told
from bot.services.undoing import Reversal
from bot.storage.engine import Database
from bot.storage.remains import Remains
from bot.ui.reminder_sender import DiscordSender


def wired(
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
    """All services over one database, each with those it needs.

    What must do something of itself (deadlines, the sender, *Undo*) is told here who does it.
    """
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
