"""Use cases: one transaction each; they raise, the front door translates."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.boards import Boards
from bot.services.catalogues import Catalogues
from bot.services.club_calendars import ClubCalendars
from bot.services.club_news import ClubNews
from bot.services.club_plans import ClubPlans
from bot.services.club_reminders import ClubReminders
from bot.services.clubs import Clubs
from bot.services.clubs_organising import ClubOrganising
from bot.services.clubs_zones import ClubZones
from bot.services.coverage import Coverage
from bot.services.curating import Curating
from bot.services.deadlines import Deadlines
from bot.services.delivery import Deliveries
from bot.services.exporting import Exporting
from bot.services.guild_settings import GuildSettings
from bot.services.guilds import Guilds
from bot.services.health import Health
from bot.services.importing import Importing
from bot.services.introductions import Introductions
from bot.services.logbook import Logbook
from bot.services.lookup import Lookup
from bot.services.members import Members
from bot.services.native_events import NativeEvents
from bot.services.newcomers import Newcomers
from bot.services.notes import Notes
from bot.services.notices import Notices
from bot.services.organising import Organising
from bot.services.own_reading import OwnReadings
from bot.services.own_reminders import OwnReminding
from bot.services.paper_polls import PaperPolls
from bot.services.papers import Papers
from bot.services.presenters import Presenters
from bot.services.privacy import Privacy
from bot.services.progress import Progress
from bot.services.proposals import Proposals
from bot.services.registration import CommandRegistration
from bot.services.round_answers import RoundAnswers
from bot.services.rounds import Rounds
from bot.services.schedule_reading import ScheduleReading
from bot.services.session_cards import SessionCards
from bot.services.sessions import Sessions
from bot.services.sessions_organising import SessionOrganising
from bot.services.shared_notes import SharedNotes
from bot.services.signups import Signups
from bot.services.split_worker import SplitWorker
from bot.services.splitting import Splitting
from bot.services.suggesting import Suggesting
from bot.services.teaching import Teaching
from bot.services.trail import Trail
from bot.services.undoing import Undoing
from bot.services.work import Work

__all__ = [
    "Boards",
    "Catalogues",
    "ClubCalendars",
    "ClubNews",
    "ClubOrganising",
    "ClubPlans",
    "ClubReminders",
    "ClubZones",
    "Clubs",
    "CommandRegistration",
    "Coverage",
    "Curating",
    "Deadlines",
    "Deliveries",
    "Exporting",
    "GuildSettings",
    "Guilds",
    "Health",
    "Importing",
    "Introductions",
    "Logbook",
    "Lookup",
    "Members",
    "NativeEvents",
    "Newcomers",
    "Notes",
    "Notices",
    "Organising",
    "OwnReadings",
    "OwnReminding",
    "PaperPolls",
    "Papers",
    "Presenters",
    "Privacy",
    "Progress",
    "Proposals",
    "RoundAnswers",
    "Rounds",
    "ScheduleReading",
    "Services",
    "SessionCards",
    "SessionOrganising",
    "Sessions",
    "SharedNotes",
    "Signups",
    "SplitWorker",
    "Splitting",
    "Suggesting",
    "Teaching",
    "Trail",
    "Undoing",
    "Work",
]


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case of the program, wired once."""

    catalogues: Catalogues
    curating: Curating
    proposals: Proposals
    lookup: Lookup
    papers: Papers
    paper_polls: PaperPolls
    signups: Signups
    suggesting: Suggesting
    newcomers: Newcomers
    organising: Organising
    boards: Boards
    progress: Progress
    logbook: Logbook
    notes: Notes
    shared_notes: SharedNotes
    teaching: Teaching
    trail: Trail
    undoing: Undoing
    exporting: Exporting
    importing: Importing
    coverage: Coverage
    introductions: Introductions
    rounds: Rounds
    round_answers: RoundAnswers
    splitting: Splitting
    own_readings: OwnReadings
    own_reminders: OwnReminding
    members: Members
    privacy: Privacy
    deadlines: Deadlines
    deliveries: Deliveries
    notices: Notices
    guilds: Guilds
    health: Health
    guild_settings: GuildSettings
    clubs: Clubs
    club_organising: ClubOrganising
    club_news: ClubNews
    schedule_reading: ScheduleReading
    club_plans: ClubPlans
    club_calendars: ClubCalendars
    club_zones: ClubZones
    club_reminders: ClubReminders
    sessions: Sessions
    session_cards: SessionCards
    session_organising: SessionOrganising
    native_events: NativeEvents
    presenters: Presenters
    registration: CommandRegistration
