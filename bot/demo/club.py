"""The reading club of the example server: it has met for four weeks, and meets again in two days.

Its weekday is chosen for that, so the story is the same on whatever day the demo is started.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.demo.world import ORGANISERS, READING_CLUB, READING_ROOM, World
from bot.domain.catalogue import Catalogue
from bot.domain.clubs import DEFAULT_LENGTH, Club, Place
from bot.domain.members import Actor
from bot.domain.schedule import Recurrence, Series
from bot.domain.sessions import Answer
from bot.services import Catalogues, ClubPlans, clubs_steps
from bot.services.work import Unit, Work
from bot.storage import (
    clubs,
    clubs_members,
    clubs_series,
    sessions,
    sessions_answers,
)
from bot.storage.engine import Database
from bot.zone_database import pin_zones

ZONE = "Europe/Berlin"
_NAME = "Reading club"
_AT = time(18)
_FIRST_IN, _HAS_MET = timedelta(days=2), timedelta(days=28)
# The story of the clocks begins so long before they change: one session before, the others after.
_BEFORE_CHANGE, _HOUR = timedelta(days=4), 15
_FARTHEST_CHANGE = 400

_MEMBERS = ("Amara", "Ingrid", "Kofi", "Mei")
_ANSWERS = (("Diego", Answer.GOING), ("Fatima", Answer.MAYBE), ("Tomás", Answer.CANT))
_PLANNED, _HOURS, _PRESENTS = "framework-2021", 2.0, "Ingrid"
_AGENDA = (
    "15 min: the idea in pictures\n30 min: questions, hardest first\n15 min: what to read next"
)

_LAST_READ, _LAST_PRESENTED = "spline-icml2018", "Mei"
_WERE_THERE = ("Amara", "Kofi", "Mei", "Priya")
_RECAP = "A ReLU network is one affine map per region; nobody knows yet what the regions say."


def before_clock_change(today: datetime) -> datetime:
    """A few days before the clocks of the club's zone change next; today if they never do."""
    zone = ZoneInfo(ZONE)
    start = today.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    for days in range(1, _FARTHEST_CHANGE):
        noon = start + timedelta(days=days)
        before = noon - timedelta(days=1)
        if noon.astimezone(zone).utcoffset() != before.astimezone(zone).utcoffset():
            begins = noon - _BEFORE_CHANGE
            return begins if begins > today else before_clock_change(noon)
    return today


async def found_club(conn: AsyncConnection, catalogue: Catalogue, world: World) -> Club:
    """Make the club, with who belongs to it, its last session and its next one."""
    guild_id = world.guild.id
    unit = Unit(conn, world.env.now())
    for name in (*_MEMBERS, *dict(_ANSWERS), *_WERE_THERE):
        await unit.arrive(_actor(world, name))
    club_id = await clubs.add_club(
        conn,
        guild_id,
        _NAME,
        world.guild.channels[READING_CLUB].id,
        Place(voice_channel_id=world.guild.channels[READING_ROOM].id),
        DEFAULT_LENGTH,
        world.member(ORGANISERS[0]).id,
        pin_zones(),
        unit.now,
    )
    assert club_id is not None
    await clubs_series.set_series(conn, guild_id, club_id, [_series(unit.now)])
    for name in _MEMBERS:
        await clubs_members.join(conn, guild_id, club_id, world.member(name).id, unit.now)
    club = await clubs_steps.planned(unit, guild_id, club_id)
    await _hold_last(unit, catalogue, world, club)
    await _prepare_next(unit, world, club)
    return club


async def plan_reading(
    database: Database, catalogues: Catalogues, world: World, club: Club
) -> None:
    """Lay a paper over the coming sessions, as ``/schedule plan`` does."""
    if catalogues.shipped.theory_of(_PLANNED) is None:
        return  # the catalogue is the operator's to change; the demo need not end over it
    now = world.env.now()
    work = Work(database, lambda: now, lambda _due: None)
    actor = _actor(world, ORGANISERS[0])
    await ClubPlans(work, catalogues).lay(actor, club.id, [_PLANNED], _HOURS)


def _series(now: datetime) -> Series:
    first = (now.astimezone(ZoneInfo(ZONE)) + _FIRST_IN).date()
    return Series(Recurrence((first.weekday(),), _AT), ZONE, first - _HAS_MET)


async def _hold_last(unit: Unit, catalogue: Catalogue, world: World, club: Club) -> None:
    conn, guild_id = unit.conn, world.guild.id
    last = club.last_session(unit.now, _HAS_MET)
    assert last is not None
    row_id = await sessions.ensure_session(conn, guild_id, club.id, last.original, last.starts)
    if catalogue.theory_of(_LAST_READ) is not None:
        await sessions.set_paper(conn, guild_id, row_id, _LAST_READ, ())
    presenter_id = world.member(_LAST_PRESENTED).id
    before, after = last.starts - timedelta(days=3), last.starts + timedelta(hours=2)
    await sessions.set_presenter(conn, guild_id, row_id, presenter_id, before)
    for name in _WERE_THERE:
        user_id = world.member(name).id
        await sessions_answers.set_answer(conn, guild_id, row_id, user_id, Answer.GOING, before)
        await sessions_answers.note_attendance(conn, guild_id, row_id, user_id, after)
    await sessions.set_held(conn, guild_id, row_id, _RECAP)


async def _prepare_next(unit: Unit, world: World, club: Club) -> None:
    conn, guild_id = unit.conn, world.guild.id
    coming = club.next_session(unit.now)
    assert coming is not None
    row_id = await clubs_steps.session_row(unit, club, coming)
    await sessions.set_agenda(conn, guild_id, row_id, _AGENDA)
    await sessions.set_presenter(
        conn, guild_id, row_id, world.member(_PRESENTS).id, unit.now - timedelta(days=1)
    )
    for name, answer in _ANSWERS:
        await sessions_answers.set_answer(
            conn, guild_id, row_id, world.member(name).id, answer, unit.now - timedelta(hours=20)
        )


def _actor(world: World, name: str) -> Actor:
    return Actor(world.guild.id, world.member(name).id, name, manages=name in ORGANISERS)
