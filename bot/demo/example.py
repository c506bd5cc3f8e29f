"""What the eight did before the demo begins, so that cards and boards show a lived-in server."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.client import ClubBot
from bot.demo.club import found_club, plan_reading
from bot.demo.world import World
from bot.domain.catalogue import Catalogue
from bot.domain.members import Actor, SettingsChange, Visibility
from bot.domain.notes import NoteKind
from bot.domain.progress import Depth
from bot.domain.signups import OPEN_LIMITS, SEAT_LIMITS, TIME_TO_READ
from bot.services import signup_steps
from bot.services.work import Unit
from bot.storage import guilds, members, notes, readings, seats, standings
from bot.storage.engine import open_database

# theory, member, depth in its first primary paper, days before the start
_READ = (
    ("circuits", "Amara", Depth.UNDERSTOOD, 40),
    ("circuits", "Diego", Depth.UNDERSTOOD, 38),
    ("circuits", "Fatima", Depth.READ, 30),
    ("circuits", "Ingrid", Depth.ALMOST, 27),
    ("circuits", "Kofi", Depth.READ, 21),
    ("circuits", "Priya", Depth.READ, 9),
    ("circuits", "Tomás", Depth.READING, 2),
    ("transformer-circuits", "Amara", Depth.ALMOST, 25),
    ("transformer-circuits", "Diego", Depth.READ, 24),
    ("transformer-circuits", "Ingrid", Depth.UNDERSTOOD, 20),
    ("transformer-circuits", "Kofi", Depth.READ, 12),
    ("transformer-circuits", "Mei", Depth.READ, 8),
    ("spline", "Kofi", Depth.READ, 5),
    ("spline", "Mei", Depth.ALMOST, 4),
    ("pdlt", "Fatima", Depth.READ, 14),
)


# paper, member, days before the start; those who hold a seat of it now
_SIGNED_UP = (
    ("framework-2021", "Priya", 3),
    ("spline-icml2018", "Ingrid", 1),
    ("alfarra-tpami", "Tomás", 5),
)
# One paper has a single seat, so that waiting for one can be tried.
_SINGLE_SEAT = "alfarra-tpami"

# paper, member, kind, words, days before the start; all shared
_NOTES = (
    (
        "spline-icml2018",
        "Mei",
        NoteKind.CLAIM,
        (
            "A ReLU network is one max-affine spline after another: the input decides the piece, "
            "and on each piece the whole network is a single affine map."
        ),
        4,
    ),
    (
        "spline-icml2018",
        "Kofi",
        NoteKind.DOUBT,
        "Do the pieces say anything about generalisation, or only about what can be expressed?",
        3,
    ),
    (
        "zoom-in-2020",
        "Ingrid",
        NoteKind.EVIDENCE,
        (
            "Curve detectors turn up in every vision model we looked at, with the same weights up "
            "to rotation."
        ),
        20,
    ),
)

_EXPLAINERS = ("Ingrid", "Mei")


async def prepare_example(bot: ClubBot, url: str, world: World) -> None:
    """Make the bot's database fit the example server, before the bot sees either.

    A new database gets the example's readings; one kept from an earlier demo stays as it is. The
    simulated Discord begins empty each time, so the bot must register its commands again.
    """
    catalogues = bot.services.catalogues
    catalogue = catalogues.shipped
    async with open_database(url) as database:
        async with database.write() as conn:
            is_new = world.guild.id not in await guilds.present_guilds(conn)
            if is_new:
                await _store_readings(conn, catalogue, world)
                club = await found_club(conn, catalogue, world)
        if is_new:
            await plan_reading(database, catalogues, world, club)
    await bot.services.registration.record(None)


async def _store_readings(conn: AsyncConnection, catalogue: Catalogue, world: World) -> None:
    now = world.env.now()
    guild_id = world.guild.id
    await guilds.record_joined(conn, guild_id, now - timedelta(days=60))
    for slug, name, depth, days_ago in _READ:
        theory = catalogue.get(slug)
        if theory is None or not theory.primary_papers:
            continue  # the catalogue is the operator's to change; the demo need not end over it
        await readings.record_depth(
            conn,
            guild_id,
            world.member(name).id,
            name,
            theory.primary_papers[0].id,
            depth,
            now - timedelta(days=days_ago),
        )
    await _store_signups(conn, catalogue, world)
    await _store_notes(conn, catalogue, world)


async def _store_signups(conn: AsyncConnection, catalogue: Catalogue, world: World) -> None:
    now, guild_id = world.env.now(), world.guild.id
    if catalogue.theory_of(_SINGLE_SEAT) is not None:
        await standings.set_seats(conn, guild_id, _SINGLE_SEAT, 1)
    for paper_id, name, days_ago in _SIGNED_UP:
        if catalogue.theory_of(paper_id) is None:
            continue
        # As if signed up then: the same steps at that moment, with all that is due later.
        unit = Unit(conn, now - timedelta(days=days_ago))
        user_id = world.member(name).id
        await unit.arrive(Actor(guild_id, user_id, name))
        opened = await seats.open_signup(
            conn,
            guild_id,
            user_id,
            paper_id,
            unit.now,
            unit.now + TIME_TO_READ,
            seats=SEAT_LIMITS[-1],
            slots=OPEN_LIMITS[-1],
        )
        if opened is not None:
            await signup_steps.begin(unit, opened)


async def _store_notes(conn: AsyncConnection, catalogue: Catalogue, world: World) -> None:
    now, guild_id = world.env.now(), world.guild.id
    for paper_id, name, kind, words, days_ago in _NOTES:
        if catalogue.theory_of(paper_id) is None:
            continue
        await notes.add_note(
            conn,
            guild_id,
            world.member(name).id,
            paper_id,
            kind,
            words,
            now - timedelta(days=days_ago),
            shared=True,
            interaction_id=None,
        )
    for name in _EXPLAINERS:
        change = SettingsChange(explains=True, visibility=Visibility.SERVER)
        await members.change_settings(conn, guild_id, world.member(name).id, change)
